import { parseAddressHeader } from 'mailparser';
import { plainLine } from '../../kernel/text.ts';

export type Sender = { readonly name: string; readonly address: string };

/** Headers as they came: unfolded lines by lower-case name, in order. */
export type RawHeaders = ReadonlyMap<string, readonly string[]>;

const longest = 998;

/** Lines come byte by byte; some programs write UTF-8 into them, others an older code. */
function decoded(line: string): string {
  const bytes = Buffer.from(line, 'latin1');
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? line : text;
}

/** The raw lines of a header block by name, unfolded, without what cannot be seen. */
export function rawHeaders(lines: readonly { readonly key: string; readonly line: string }[]): RawHeaders {
  const found = new Map<string, string[]>();
  for (const { key, line } of lines) {
    const value = plainLine(
      decoded(line)
        .slice(line.indexOf(':') + 1, 20_000)
        .replace(/\r?\n[ \t]*/g, ' '),
    ).trim();
    found.set(key, [...(found.get(key) ?? []), value]);
  }
  return found;
}

/** Ids in angle brackets of `Message-ID`, `In-Reply-To` and `References`; at most 50, none longer than a line may be. */
export function messageIds(headers: RawHeaders, ...names: readonly string[]): string[] {
  const text = names.flatMap((name) => headers.get(name) ?? []).join(' ');
  const ids = [...text.matchAll(/<([^<>\s]{1,998})>/g)].map((match) => match[1] ?? '');
  return [...new Set(ids)].slice(-50);
}

/** The address of a mailbox as it is compared and written to: lower-case, the domain in ASCII. Undefined: it is none. */
export function normalAddress(text: string): string | undefined {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  if (at < 1 || text.length > 254 || !/^[^\s<>"(),:;@[\]\\]+$/.test(local)) return undefined;
  const host = text.slice(at + 1);
  if (!/^[\p{L}\p{N}.-]+$/u.test(host) || !URL.canParse(`http://${host}`)) return undefined;
  const ascii = new URL(`http://${host}`).hostname;
  return /^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(ascii) ? `${local}@${ascii}`.toLowerCase() : undefined;
}

/** Who a header says it is from: the first mailbox in it. Names and addresses can be made up by anybody. */
export function senderOf(value: string | undefined): Sender | undefined {
  if (value === undefined) return undefined;
  const [first] = parseAddressHeader(value.slice(0, longest * 4), { flatten: true, decodePunycode: false }).value;
  const address = normalAddress(first?.address ?? '');
  return address === undefined
    ? undefined
    : {
        name: plainLine(first?.name ?? '')
          .trim()
          .slice(0, 200),
        address,
      };
}

/** How many recipients the headers name, counted up to 1,000. */
export const recipientsIn = (headers: RawHeaders): number =>
  ['to', 'cc', 'bcc'].reduce(
    (sum, name) => sum + (headers.get(name) ?? []).reduce((n, value) => n + value.split('@').length - 1, 0),
    0,
  );

/** `bounce`: a mail server tells that something was not delivered. `automatic`: a program wrote it. `list`: it went to many. */
export type Machine = 'bounce' | 'automatic' | 'list';

/** Whether a machine sent it (RFC 3834, RFC 3464, and what programs do instead); undefined where a person may have. */
export function machineOf(headers: RawHeaders, from: Sender | undefined): Machine | undefined {
  const first = (name: string): string => headers.get(name)?.[0]?.toLowerCase() ?? '';
  const report = /^multipart\/report\b/.test(first('content-type'));
  const empty = first('return-path').replace(/\s/g, '') === '<>';
  const daemon = /^(mailer-daemon|postmaster)@/.test(from?.address ?? '');
  if ((report && !/report-type="?disposition/.test(first('content-type'))) || daemon) return 'bounce';
  const submitted = first('auto-submitted');
  const subject = first('subject');
  if (
    empty ||
    report ||
    (submitted !== '' && !/^no\b/.test(submitted)) ||
    headers.has('x-autoreply') ||
    headers.has('x-autorespond') ||
    first('x-auto-response-suppress').includes('all') ||
    /auto_reply/.test(first('precedence')) ||
    /^(automatische antwort|abwesenheit|abwesend|out of office|automatic reply|autoreply)\b/.test(subject)
  )
    return 'automatic';
  const many = /^(bulk|list|junk)$/.test(first('precedence'));
  return many || headers.has('list-id') || headers.has('list-unsubscribe') ? 'list' : undefined;
}
