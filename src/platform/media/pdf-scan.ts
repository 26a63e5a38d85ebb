import { inflateSync } from 'node:zlib';

/** What the objects of a PDF contain, without opening it. */
export interface PdfScan {
  /** Some object names code, a program to start, data to send or an active form. */
  readonly active: boolean;
  /** How many embedded files are described. */
  readonly attachments: number;
  /** Something was packed in a way that this scan does not look into: have it rewritten plainly and scan that. */
  readonly opaque: boolean;
}

/** Names (ISO 32000-2: 12.6.4 actions, 12.7.8 XFA, 13.7 rich media) that make a document more than something to read. */
const ACTIVE = new Set(['JavaScript', 'JS', 'Launch', 'ImportData', 'SubmitForm', 'RichMedia', 'XFA', 'GoToE']);
/** Inflated bytes of all object streams together. */
const MAX_INFLATED = 64 * 1024 * 1024;
/** Bytes read in all, as a multiple of the file: objects that seem to begin inside others are read again, but not for ever. */
const BUDGET_FACTOR = 3;

interface State {
  active: boolean;
  attachments: number;
  opaque: boolean;
  budget: number;
  inflated: number;
}

/**
 * Reads every object that any reader could find: whatever follows the word `obj` anywhere in the file, and whatever
 * is packed in object streams. Names are compared after their escapes (`/J#61vaScript`) are resolved; text in strings
 * and content streams does not count, so a CV about "HTML/JavaScript" is just a CV.
 */
export function scanPdf(bytes: Buffer): PdfScan {
  const state: State = {
    active: false,
    attachments: 0,
    opaque: false,
    budget: bytes.length * BUDGET_FACTOR + 100_000,
    inflated: 0,
  };
  for (const word of ['obj', 'trailer']) {
    for (let at = bytes.indexOf(word); at >= 0 && !state.active && !state.opaque; at = bytes.indexOf(word, at + 3)) {
      if (bytes[at - 1] === 0x64 && bytes.toString('latin1', Math.max(0, at - 3), at) === 'end') continue;
      readObject(bytes, at + word.length, state);
    }
  }
  return { active: state.active, attachments: state.attachments, opaque: state.opaque };
}

// Character classes of ISO 32000-2, 7.2.3.
const [REGULAR, SPACE, DELIMITER] = [0, 1, 2];
const CLASS = new Uint8Array(256);
for (const c of [0, 9, 10, 12, 13, 32]) CLASS[c] = SPACE;
for (const c of '()<>[]{}/%') CLASS[c.charCodeAt(0)] = DELIMITER;

/** First characters of the names that matter; most names are passed by without being read. */
const LEADING = new Uint8Array(256);
for (const c of '#JLISRXGENFO') LEADING[c.charCodeAt(0)] = 1;

/**
 * Reads one object from `at`, noting its names; follows it into its stream when that holds objects. Objects of an
 * object stream are given with `next`, where the following one begins: none ends before it, and none inside a token.
 */
function readObject(bytes: Buffer, at: number, state: State, next?: number): void {
  const end = bytes.length;
  let depth = 0;
  let packed = 0; // 1: /N seen, 2: /First seen, 4: /ObjStm seen
  let p = at;
  while (p < end && (next === undefined || p < next || depth > 0)) {
    const c = bytes[p]!;
    if (CLASS[c] === SPACE) p++;
    else if (c === 0x25) p = lineEnd(bytes, p, end);
    else if (c === 0x28) p = stringEnd(bytes, p, end);
    else if (c === 0x2f) {
      let stop = p + 1;
      while (stop < end && CLASS[bytes[stop]!] === REGULAR) stop++;
      if (LEADING[bytes[p + 1] ?? 0] === 1 && stop - p <= 60) packed |= note(nameAt(bytes, p + 1, stop), state);
      p = stop;
    } else if (c === 0x3c && bytes[p + 1] !== c) {
      const close = bytes.indexOf(0x3e, p);
      p = close < 0 ? end : close + 1;
    } else if (CLASS[c] === DELIMITER) {
      const double = (c === 0x3c || c === 0x3e) && bytes[p + 1] === c;
      if (double) depth = c === 0x3c ? depth + 1 : Math.max(0, depth - 1);
      p += double ? 2 : 1;
    } else {
      const start = p;
      while (p < end && CLASS[bytes[p]!] === REGULAR) p++;
      if (p - start === 3 && is(bytes, start, 'obj')) break;
      if (depth === 0 && is(bytes, start, 'endobj')) break;
      if (depth === 0 && is(bytes, start, 'stream')) {
        if (next === undefined && (packed === 3 || packed >= 4)) readPacked(bytes, at, start, state);
        break;
      }
    }
    if (p - at > state.budget) {
      state.opaque = true;
      break;
    }
  }
  state.budget = Math.max(0, state.budget - (p - at));
}

/** Notes a name; answers the bit that it means for an object stream. */
function note(name: string, state: State): number {
  if (ACTIVE.has(name)) state.active = true;
  if (name === 'EF') state.attachments++;
  return name === 'N' ? 1 : name === 'First' ? 2 : name === 'ObjStm' ? 4 : 0;
}

const FLATE = /\/Filter\s*(?:\/FlateDecode|\[\s*\/FlateDecode\s*\])\s*(?=[/>])/;

/** How an object stream is packed, when it is done as every writer does it; undefined for unusual ways. */
function packing(dictionary: string): { count: number; first: number; deflated: boolean } | undefined {
  if (dictionary.length > 2_000 || /[#%(]|\/DecodeParms|\/DP\b|\/F\b/.test(dictionary)) return undefined;
  const count = [...dictionary.matchAll(/\/N\s+(\d{1,6})(?=[\s/>])(?!\s+\d+\s+R)/g)];
  const first = [...dictionary.matchAll(/\/First\s+(\d{1,8})(?=[\s/>])(?!\s+\d+\s+R)/g)];
  const filters = dictionary.split('/Filter').length - 1;
  if (count.length !== 1 || first.length !== 1 || filters > 1 || (filters === 1 && !FLATE.test(dictionary)))
    return undefined;
  return { count: Number(count[0]?.[1]), first: Number(first[0]?.[1]), deflated: filters === 1 };
}

/** Reads the objects of an object stream (7.5.7). */
function readPacked(bytes: Buffer, dictionary: number, keyword: number, state: State): void {
  const how = packing(bytes.toString('latin1', dictionary, Math.min(keyword, dictionary + 2_001)));
  const content = how && unpack(bytes, keyword + 'stream'.length, how.deflated, state);
  if (!how || !content || how.first > content.length) {
    state.opaque = true;
    return;
  }
  const numbers = content.toString('latin1', 0, how.first).trim().split(/\s+/).map(Number);
  if (numbers.length < 2 * how.count || !numbers.every((n) => Number.isSafeInteger(n) && n >= 0)) {
    state.opaque = true;
    return;
  }
  const starts = [...new Set(numbers.filter((_, i) => i % 2 === 1))].sort((a, b) => a - b);
  for (const [i, start] of starts.entries()) {
    readObject(content, how.first + start, state, how.first + (starts[i + 1] ?? content.length));
    if (state.active || state.opaque) return;
  }
}

function unpack(bytes: Buffer, keywordEnd: number, deflated: boolean, state: State): Buffer | undefined {
  let start = keywordEnd;
  if (bytes[start] === 0x0d) start++;
  if (bytes[start] === 0x0a) start++;
  const end = bytes.indexOf('endstream', start);
  if (!deflated) return bytes.subarray(start, end < 0 ? bytes.length : end);
  const room = MAX_INFLATED - state.inflated;
  if (room <= 0) return undefined;
  try {
    const content = inflateSync(bytes.subarray(start), { maxOutputLength: room });
    state.inflated += content.length;
    state.budget += content.length * BUDGET_FACTOR;
    return content;
  } catch {
    return undefined;
  }
}

function nameAt(bytes: Buffer, from: number, to: number): string {
  const raw = bytes.toString('latin1', from, to);
  if (!raw.includes('#')) return raw;
  return raw.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function is(bytes: Buffer, at: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word.charCodeAt(i)) return false;
  return true;
}

function lineEnd(bytes: Buffer, from: number, end: number): number {
  let p = from;
  while (p < end && bytes[p] !== 10 && bytes[p] !== 13) p++;
  return p;
}

/** The place after a string in parentheses: they nest, and a backslash takes the next character's meaning. */
function stringEnd(bytes: Buffer, from: number, end: number): number {
  let open = 0;
  for (let p = from; p < end; p++) {
    const c = bytes[p];
    if (c === 0x5c) p++;
    else if (c === 0x28) open++;
    else if (c === 0x29 && --open === 0) return p + 1;
  }
  return end;
}
