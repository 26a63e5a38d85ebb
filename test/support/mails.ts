/** Raw messages as programs write them, for tests. */
export type Attached = {
  readonly name?: string;
  readonly type?: string;
  readonly bytes: Buffer;
  readonly inline?: string;
};

let count = 0;
export const freshId = (): string => `${++count}.${process.pid}@mail.example`;

export const head = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');

const wrapped = (bytes: Buffer): string => bytes.toString('base64').replace(/.{76}/g, '$&\r\n');

export function part(file: Attached): string {
  const name = file.name === undefined ? '' : `; name="${file.name}"`;
  const fields = {
    'Content-Type': `${file.type ?? 'application/octet-stream'}${name}`,
    'Content-Transfer-Encoding': 'base64',
    'Content-Disposition': `${file.inline === undefined ? 'attachment' : 'inline'}${name.replace('name', 'filename')}`,
    'Content-ID': file.inline === undefined ? '' : `<${file.inline}>`,
  };
  return `${head(fields)}\r\n${wrapped(file.bytes)}\r\n`;
}

export const textPart = (text: string, type = 'text/plain'): string =>
  `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${text.replace(/\r?\n/g, '\r\n')}\r\n`;

export function multipart(parts: readonly string[], kind = 'mixed', boundary = `b${++count}x`): string {
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${parts.map((each) => `--${boundary}\r\n${each}`).join('')}--${boundary}--\r\n`;
}

/** A whole message: sender, subject, text, attachments, and any further header. */
export function mail(input: {
  readonly from?: string;
  readonly subject?: string;
  readonly text?: string;
  readonly html?: string;
  readonly files?: readonly Attached[];
  readonly headers?: Readonly<Record<string, string>>;
}): string {
  const fields = {
    'Return-Path': '<mika@example.org>',
    From: input.from ?? 'Mika Muster <mika@example.org>',
    To: 'team@jobcenter.example',
    Subject: input.subject ?? 'Unterlagen',
    Date: 'Mon, 04 May 2026 09:00:00 +0200',
    'Message-ID': `<${freshId()}>`,
    'MIME-Version': '1.0',
    ...input.headers,
  };
  const body = [
    textPart(
      input.html ?? input.text ?? 'Guten Tag, anbei die Unterlagen.',
      input.html === undefined ? 'text/plain' : 'text/html',
    ),
    ...(input.files ?? []).map(part),
  ];
  return `${head(fields)}${body.length === 1 ? body[0] : multipart(body)}`;
}
