import type { IncomingMessage } from 'node:http';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import type { ByteBudget } from './limits.ts';

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

export type MultipartFailure = 'not-multipart' | 'broken' | 'too-large' | 'too-many' | 'aborted' | 'too-slow';
export class MultipartError extends Error {
  readonly reason: MultipartFailure;
  constructor(reason: MultipartFailure) {
    super(`The request body could not be read: ${reason}.`);
    this.reason = reason;
  }
}

const slow = 120_000;

/**
 * Reads a multipart body into memory, within limits and within the process-wide budget of bytes. Call `done` when the bytes
 * are no longer needed. Throws MultipartError.
 */
export async function readMultipart(
  request: IncomingMessage,
  limits: MultipartLimits,
  budget: ByteBudget,
): Promise<Multipart & { readonly done: () => void }> {
  const declared = Number(request.headers['content-length'] ?? limits.requestBytes);
  if (!/^multipart\/form-data/i.test(request.headers['content-type'] ?? '')) throw new MultipartError('not-multipart');
  if (declared > limits.requestBytes) throw new MultipartError('too-large');
  const done = await budget.take(declared);
  try {
    return { ...(await parse(request, limits)), done };
  } catch (error) {
    done();
    throw error;
  }
}

function parse(request: IncomingMessage, limits: MultipartLimits): Promise<Multipart> {
  return new Promise((resolve, reject) => {
    const fields = new Map<string, string[]>();
    const files: UploadedFile[] = [];
    let total = 0;
    const parser = startParser(request, limits);
    const fail = (reason: MultipartFailure): void => {
      clearTimeout(timer);
      request.unpipe(parser);
      request.resume();
      reject(new MultipartError(reason));
    };
    const timer = setTimeout(() => fail('too-slow'), slow);
    request.on('data', (chunk: Buffer) => {
      total += chunk.length;
      if (total > limits.requestBytes) fail('too-large');
    });
    request.once('aborted', () => fail('aborted'));
    request.once('close', () => {
      if (!request.complete) fail('aborted');
    });
    parser.on('field', (name: string, value: string) => {
      fields.set(name, [...(fields.get(name) ?? []), value]);
    });
    parser.on(
      'file',
      (field: string, stream: NodeJS.ReadableStream & { truncated?: boolean }, name: string | undefined) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('error', () => fail('broken'));
        stream.on('end', () =>
          files.push({ field, name: name ?? '', bytes: Buffer.concat(chunks), tooLarge: stream.truncated === true }),
        );
      },
    );
    for (const event of ['partsLimit', 'filesLimit', 'fieldsLimit']) parser.on(event, () => fail('too-many'));
    parser.on('error', () => fail('broken'));
    parser.on('finish', () => {
      clearTimeout(timer);
      resolve({ fields, files });
    });
    request.pipe(parser);
  });
}

function startParser(request: IncomingMessage, limits: MultipartLimits): BusboyInstance {
  try {
    return new Busboy({
      headers: request.headers as { 'content-type': string },
      limits: {
        fileSize: limits.fileBytes,
        files: limits.files,
        fieldSize: limits.fieldBytes,
        fields: 500,
        parts: limits.files + 500,
        fieldNameSize: 200,
        headerPairs: 50,
      },
    });
  } catch {
    throw new MultipartError('broken');
  }
}
