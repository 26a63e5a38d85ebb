import type { IncomingMessage } from 'node:http';
import type { ByteBudget, Share } from './limits.ts';
import { boundaryOf, splitMultipart } from './multipart-parts.ts';

export type UploadedFile = {
  readonly field: string;
  readonly name: string;
  readonly bytes: Buffer /** Cut off at the limit: refuse it by name. */;
  readonly tooLarge: boolean;
};
export type Multipart = {
  readonly fields: ReadonlyMap<string, readonly string[]>;
  readonly files: readonly UploadedFile[];
};
export type MultipartLimits = {
  readonly fileBytes: number;
  readonly requestBytes: number;
  readonly files: number;
  readonly fieldBytes: number;
};

export type MultipartFailure = 'not-multipart' | 'broken' | 'too-large' | 'too-many' | 'aborted' | 'too-slow' | 'busy';
export class MultipartError extends Error {
  readonly reason: MultipartFailure;
  constructor(reason: MultipartFailure) {
    super(`The request body could not be read: ${reason}.`);
    this.reason = reason;
  }
}

/** The longest a body may take, and the longest it may stand still: memory is held for it. */
const slow = 120_000;
const stalled = 10_000;
/** What a body is given before its first byte has come; the rest follows as it arrives. */
const firstShare = 256 * 1024;

/**
 * Reads a multipart body into memory, within limits and within the process-wide budget of bytes, which
 * counts what has arrived and not what was declared: idle connections hold nothing. Call `done` when the bytes
 * are no longer needed. Throws MultipartError.
 */
export async function readMultipart(
  request: IncomingMessage,
  limits: MultipartLimits,
  budget: ByteBudget,
): Promise<Multipart & { readonly done: () => void }> {
  const type = request.headers['content-type'] ?? '';
  if (!/^multipart\/form-data/i.test(type)) throw new MultipartError('not-multipart');
  const boundary = boundaryOf(type);
  if (boundary === undefined) throw new MultipartError('broken');
  const length = request.headers['content-length'];
  const most = length === undefined ? limits.requestBytes : Number(length);
  if (!(most <= limits.requestBytes)) throw new MultipartError('too-large');
  const share = budget.open();
  try {
    if (!share.grow(Math.min(most, firstShare))) throw new MultipartError('busy');
    return { ...sorted(await readWhole(request, most, share), boundary, limits), done: share.close };
  } catch (error) {
    share.close();
    throw error;
  }
}

/** The whole body in one piece, so that its parts need no copies. With a declared length it is written into place at once. */
function readWhole(request: IncomingMessage, most: number, share: Share): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const body = Buffer.allocUnsafeSlow(most); // pages that nothing is written to take no memory
    let length = 0;
    let seen = 0;
    const end = (reason?: MultipartFailure): void => {
      clearTimeout(whole);
      clearInterval(progress);
      request.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose);
      if (reason === undefined) {
        resolve(body.subarray(0, length));
        return;
      }
      request.on('error', () => undefined).resume(); // the rest is let go by, so that the answer can be read
      reject(new MultipartError(reason));
    };
    const onData = (chunk: Buffer): void => {
      if (length + chunk.length > most) end('too-large');
      else if (!share.grow(length + chunk.length)) end('busy');
      else length += chunk.copy(body, length);
    };
    const onEnd = (): void => end();
    const onClose = (): void => end('aborted');
    const whole = setTimeout(() => end('too-slow'), slow);
    const progress = setInterval(() => {
      if (seen === length) end('too-slow');
      seen = length;
    }, stalled);
    request.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose);
  });
}

const otherFields = 500;

function sorted(body: Buffer, boundary: string, limits: MultipartLimits): Multipart {
  const parts = splitMultipart(body, boundary, limits.files + otherFields);
  if (typeof parts === 'string') throw new MultipartError(parts);
  const fields = new Map<string, string[]>();
  const files: UploadedFile[] = [];
  for (const { name, fileName, content } of parts) {
    if (fileName !== undefined) {
      const tooLarge = content.length > limits.fileBytes;
      const bytes = tooLarge ? content.subarray(0, limits.fileBytes) : content;
      files.push({ field: name, name: fileName, bytes, tooLarge });
    } else {
      if (content.length > limits.fieldBytes) throw new MultipartError('too-large');
      const known = fields.get(name);
      if (known === undefined) fields.set(name, [content.toString('utf8')]);
      else known.push(content.toString('utf8'));
    }
  }
  if (files.length > limits.files || parts.length - files.length > otherFields) throw new MultipartError('too-many');
  return { fields, files };
}
