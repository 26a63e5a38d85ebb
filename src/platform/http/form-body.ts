import type { IncomingMessage } from 'node:http';

const slow = 60_000;

/**
 * The text of a form body (`application/x-www-form-urlencoded`); undefined when it is something else, larger than `most` bytes,
 * too slow or broken off. What is too large is not kept while it is read.
 */
export function readFormBody(request: IncomingMessage, most: number): Promise<string | undefined> {
  const known = /^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '');
  const tooLarge = Number(request.headers['content-length'] ?? 0) > most;
  if (!known || tooLarge || request.destroyed) {
    request.on('error', () => undefined).resume();
    return Promise.resolve(undefined);
  }
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const end = (text?: string): void => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose);
      request.on('error', () => undefined).resume();
      resolve(text);
    };
    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      if (length > most) end();
      else chunks.push(chunk);
    };
    const onEnd = (): void => end(Buffer.concat(chunks).toString('utf8'));
    const onClose = (): void => end();
    const timer = setTimeout(onClose, slow);
    request.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose);
  });
}
