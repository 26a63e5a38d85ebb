import { type AttachmentStream, MailParser } from 'mailparser';
import { plainLine, plainText } from '../../kernel/text.ts';
import type { Sender } from './headers.ts';
import { type Machine, machineOf, messageIds, type RawHeaders, rawHeaders, recipientsIn, senderOf } from './headers.ts';
import { isTnef, readTnef } from './tnef.ts';

/** What a mail may cost: whoever sends more is read as far as this goes, and told so. */
export const mailLimits = {
  /** Bytes of a whole message; larger ones are not fetched. */
  bytes: 60 * 1024 * 1024,
  parts: 200,
  /** Bytes of one attachment, decoded. */
  partBytes: 25 * 1024 * 1024,
  /** Characters of text that are kept. */
  text: 100_000,
  /** Time until a message counts as broken, in milliseconds. */
  patience: 30_000,
} as const;

export type MailPart = {
  readonly name: string;
  /** What the sender's program says it is; its bytes decide. */
  readonly mediaType: string;
  readonly bytes: Buffer;
  readonly tooLarge: boolean;
  /** The id under which the text shows it, in the line of the text: a logo, a signature, a pasted photo. */
  readonly shownAs: string | undefined;
};

/** Why not everything of a message was read. */
export type MailTrouble = 'broken' | 'too-many-parts' | 'text-too-long' | 'nested-too-deep' | 'html-unreadable';

/** One mail as plain values: whatever was in it, this is text without controls and parts within the limits. */
export type ParsedMail = {
  readonly headers: RawHeaders;
  readonly messageId: string | undefined;
  /** Ids of the mails it answers, the nearest last. */
  readonly answers: readonly string[];
  readonly from: Sender | undefined;
  readonly subject: string;
  readonly text: string;
  readonly parts: readonly MailPart[];
  readonly machine: Machine | undefined;
  readonly recipients: number;
  /** Ids named in what a bounce sends back. */
  readonly returned: readonly string[];
  readonly trouble: readonly MailTrouble[];
};

/** Reads one message. Never throws: what cannot be read is missing and named in `trouble`. No remote content is fetched. */
export async function parseMail(raw: Buffer): Promise<ParsedMail> {
  const outer = await readTree(raw);
  const parts: MailPart[] = [];
  const texts = [outer.text];
  const trouble = new Set(outer.trouble);
  const report = /^multipart\/report\b/i.test(outer.headers.get('content-type')?.[0] ?? '');
  const returned: string[] = [];
  for (const part of outer.parts) {
    const letter = part.mediaType === 'message/rfc822' || part.mediaType === 'text/rfc822-headers';
    if (letter && (report || part.mediaType === 'text/rfc822-headers')) {
      returned.push(...messageIds(rawHeaders(headLines(part.bytes)), 'message-id'));
    } else if (letter) {
      const inner = await readTree(part.bytes);
      texts.push(forwarded(inner));
      for (const each of inner.parts)
        if (each.mediaType === 'message/rfc822') trouble.add('nested-too-deep');
        else parts.push(each);
      for (const each of inner.trouble) trouble.add(each);
    } else if (isTnef(part.bytes)) {
      const inside = readTnef(part.bytes);
      if (outer.text.trim() === '') texts.push(inside.text);
      parts.push(...inside.parts);
      if (inside.broken) trouble.add('broken');
    } else parts.push(part);
  }
  if (parts.length > mailLimits.parts) trouble.add('too-many-parts');
  const text = plainText(texts.filter((each) => each.trim() !== '').join('\n\n')).trim();
  const characters = [...text];
  if (characters.length > mailLimits.text) trouble.add('text-too-long');
  const from = senderOf(outer.headers.get('from')?.[0]) ?? senderOf(outer.headers.get('sender')?.[0]);
  return {
    headers: outer.headers,
    messageId: messageIds(outer.headers, 'message-id')[0],
    answers: messageIds(outer.headers, 'references', 'in-reply-to'),
    from,
    subject: outer.subject,
    text: characters.length > mailLimits.text ? characters.slice(0, mailLimits.text).join('') : text,
    parts: parts.slice(0, mailLimits.parts),
    machine: machineOf(outer.headers, from),
    recipients: recipientsIn(outer.headers),
    returned,
    trouble: [...trouble],
  };
}

/** The lines of a header block that came as a part of its own. */
function headLines(bytes: Buffer): { key: string; line: string }[] {
  const [head = ''] = bytes.toString('latin1', 0, 200_000).split(/\r?\n\r?\n/, 1);
  return head.split(/\r?\n(?![ \t])/).map((line) => ({
    key: line
      .slice(0, Math.max(0, line.indexOf(':')))
      .trim()
      .toLowerCase(),
    line,
  }));
}

const forwarded = (inner: Tree): string =>
  [inner.subject, plainLine(inner.headers.get('from')?.[0] ?? '').slice(0, 300), '', inner.text].join('\n').trim();

type Tree = {
  readonly headers: RawHeaders;
  readonly subject: string;
  readonly text: string;
  readonly parts: readonly MailPart[];
  readonly trouble: readonly MailTrouble[];
};

/** The tree of a message, flattened; embedded messages stay parts. */
function readTree(raw: Buffer): Promise<Tree> {
  const parser = new MailParser({
    skipImageLinks: true,
    skipTextLinks: true,
    skipTextToHtml: true,
    checksumAlgo: false,
    maxHtmlLengthToParse: 2_000_000,
  });
  const trouble = new Set<MailTrouble>();
  const parts: MailPart[] = [];
  let headers: RawHeaders = new Map();
  let subject = '';
  let text = '';
  let html = '';
  let seen = 0;
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(patience);
      const kept = parts.map((part) =>
        part.shownAs !== undefined && html.includes(`cid:${part.shownAs}`) ? part : { ...part, shownAs: undefined },
      );
      resolve({ headers, subject, text, parts: kept, trouble: [...trouble] });
    };
    const fail = (why: MailTrouble): void => {
      trouble.add(why);
      finish();
      parser.destroy();
    };
    const patience = setTimeout(() => fail('broken'), mailLimits.patience);
    parser.on('headerLines', (lines) => {
      headers = rawHeaders(lines);
    });
    parser.on('headers', (map) => {
      const given = map.get('subject');
      subject =
        typeof given === 'string'
          ? plainLine(given.replace(/[\r\n\t]+/g, ' '))
              .trim()
              .slice(0, 300)
          : '';
    });
    parser.on('data', (data) => {
      if (data.type === 'text') {
        text = typeof data.text === 'string' ? data.text : '';
        html = typeof data.html === 'string' ? data.html : '';
        if (data.textConversionError !== undefined) trouble.add('html-unreadable');
        return;
      }
      seen += 1;
      if (seen > mailLimits.parts) {
        trouble.add('too-many-parts');
        data.content.resume();
        data.content.once('end', () => data.release?.());
      } else collect(data, (part) => parts.push(part));
    });
    parser.once('end', finish);
    parser.on('error', () => fail('broken'));
    parser.end(raw);
  });
}

/** Reads one attachment; of one that is too large, nothing is kept. */
function collect(data: AttachmentStream, done: (part: MailPart) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  data.content.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= mailLimits.partBytes) chunks.push(chunk);
    else chunks.length = 0;
  });
  data.content.once('end', () => {
    const tooLarge = size > mailLimits.partBytes;
    const picture = data.related === true || data.contentDisposition !== 'attachment';
    done({
      name: data.filename ?? '',
      mediaType: data.contentType.toLowerCase(),
      bytes: Buffer.concat(chunks),
      tooLarge,
      shownAs: picture && data.cid ? data.cid : undefined,
    });
    data.release?.();
  });
}
