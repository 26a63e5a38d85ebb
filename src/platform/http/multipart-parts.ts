/** One part of a multipart body; the content is a view on the body. */
export type Part = {
  readonly name: string;
  /** Undefined for a field; empty where a file input had no file. */
  readonly fileName: string | undefined;
  readonly content: Buffer;
};

const headerBytes = 8_192;
const nameBytes = 200;
const dashes = Buffer.from('--');
const lineEnd = Buffer.from('\r\n');
const headersEnd = Buffer.from('\r\n\r\n');

/** The boundary that a content type names (RFC 2046, 5.1.1); undefined when it names none. */
export function boundaryOf(contentType: string): string | undefined {
  const match = /;\s*boundary=(?:"([^"\\]{1,100})"|([^\s;"]{1,100}))/i.exec(contentType);
  return match?.[1] ?? match?.[2];
}

/**
 * Cuts a whole multipart body (RFC 7578) into its parts without copying. Gives `too-many` beyond `most` parts, and `broken` for
 * whatever is not exactly in form, a missing end included: half a body never looks like a whole one.
 */
export function splitMultipart(body: Buffer, boundary: string, most: number): readonly Part[] | 'broken' | 'too-many' {
  const first = Buffer.from(`--${boundary}`, 'latin1');
  const next = Buffer.from(`\r\n--${boundary}`, 'latin1');
  const parts: Part[] = [];
  const opening = body.subarray(0, first.length).equals(first) ? -2 : body.indexOf(next);
  let at = opening === -1 ? -1 : opening + next.length;
  while (at !== -1) {
    if (startsAt(body, dashes, at)) return parts;
    while (body[at] === 0x20 || body[at] === 0x09) at += 1; // padding that mail gateways add
    if (!startsAt(body, lineEnd, at)) return 'broken';
    const head = body.subarray(at, at + headerBytes);
    const headEnd = head.indexOf(headersEnd);
    if (headEnd === -1) return 'broken';
    const start = at + headEnd + headersEnd.length;
    // The line end before a boundary belongs to it; that of empty headers may be the same one.
    const end = body.indexOf(next, start - lineEnd.length);
    if (end === -1) return 'broken';
    const named = disposition(head.subarray(0, headEnd).toString('utf8'));
    if (named === undefined) return 'broken';
    if (parts.length === most) return 'too-many';
    parts.push({ ...named, content: body.subarray(start, Math.max(start, end)) });
    at = end + next.length;
  }
  return 'broken';
}

const startsAt = (body: Buffer, what: Buffer, at: number): boolean =>
  body.length >= at + what.length && body.compare(what, 0, what.length, at, at + what.length) === 0;

/** Name and file name of a part. Without a file name it is a field, unless it says that it is plain bytes. */
function disposition(headers: string): Pick<Part, 'name' | 'fileName'> | undefined {
  const value = /\r\ncontent-disposition:[ \t]*form-data((?:[ \t]*;.*)?)(?=\r\n|$)/i.exec(headers)?.[1];
  if (value === undefined) return undefined;
  const name = parameter(value, 'name') ?? '';
  if (Buffer.byteLength(name) > nameBytes) return undefined;
  const fileName = extended(value) ?? parameter(value, 'filename');
  const bytes = /\r\ncontent-type:[ \t]*application\/octet-stream/i.test(headers);
  return { name, fileName: fileName ?? (bytes ? '' : undefined) };
}

/** A parameter as browsers write it: `"`, CR and LF percent-encoded, everything else raw; older programs escape `"` by `\`. */
function parameter(value: string, name: string): string | undefined {
  const match = new RegExp(`;[ \\t]*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;"\\s]*))`, 'i').exec(value);
  const text = match?.[1]?.replace(/\\(["\\])/g, '$1') ?? match?.[2];
  return text?.replace(/%22/g, '"').replace(/%0d/gi, '\r').replace(/%0a/gi, '\n');
}

/** The extended form `filename*=UTF-8''…` (RFC 8187), which browsers do not send and some programs do. */
function extended(value: string): string | undefined {
  const encoded = /;[ \t]*filename\*=utf-8'[^']*'([^;\s]*)/i.exec(value)?.[1];
  if (encoded === undefined) return undefined;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
