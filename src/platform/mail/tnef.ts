import type { MailPart } from './parse-mail.ts';

const signature = 0x223e9f78;
const attribute = {
  body: 0x0002800c,
  begin: 0x00069002,
  title: 0x00018010,
  data: 0x0006800f,
  props: 0x00069005,
} as const;
const longName = 0x3707;
/** More files than this are in no winmail.dat that a person made. */
const most = 200;

/** True for the bytes of a `winmail.dat` (TNEF), in which Outlook wraps what it could have attached. */
export const isTnef = (bytes: Buffer): boolean => bytes.length > 6 && bytes.readUInt32LE(0) === signature;

/** Text and files of a `winmail.dat` (MS-OXTNEF). Never throws; `broken` when it ends before it should. */
export function readTnef(bytes: Buffer): { text: string; parts: MailPart[]; broken: boolean } {
  const files: { name: string; bytes: Buffer }[] = [];
  let text = '';
  let at = 6;
  for (; at + 9 <= bytes.length && files.length <= most; ) {
    const id = bytes.readUInt32LE(at + 1);
    const length = bytes.readUInt32LE(at + 5);
    const data = bytes.subarray(at + 9, at + 9 + length);
    if (data.length < length) break;
    const file = files.at(-1);
    if (id === attribute.body) text = zeroEnded(data.toString('latin1'));
    else if (id === attribute.begin) files.push({ name: '', bytes: Buffer.alloc(0) });
    else if (id === attribute.title && file !== undefined && file.name === '')
      file.name = zeroEnded(data.toString('latin1'));
    else if (id === attribute.data && file !== undefined) file.bytes = data;
    else if (id === attribute.props && file !== undefined) file.name = longNameIn(data) ?? file.name;
    at += 9 + length + 2;
  }
  const parts = files
    .filter((file) => file.bytes.length > 0)
    .map((file) => ({
      ...file,
      mediaType: 'application/octet-stream',
      tooLarge: false,
      shownAs: undefined,
    }));
  return { text, parts, broken: at < bytes.length };
}

const zeroEnded = (text: string): string => text.split('\0', 1)[0] ?? '';

/** The long file name among the properties of a file; undefined where there is none or a property of an unknown kind comes first. */
function longNameIn(data: Buffer): string | undefined {
  const count = data.length >= 4 ? data.readUInt32LE(0) : 0;
  let at = 4;
  const sizes: Readonly<Record<number, number>> = {
    2: 4,
    3: 4,
    4: 4,
    5: 8,
    6: 8,
    7: 8,
    10: 4,
    11: 4,
    20: 8,
    64: 8,
    72: 16,
  };
  for (let i = 0; i < Math.min(count, 500) && at + 4 <= data.length; i += 1) {
    const type = data.readUInt16LE(at);
    const id = data.readUInt16LE(at + 2);
    at += 4;
    if (id >= 0x8000) return undefined; // named properties do not stand before the name
    const fixed = sizes[type];
    if (fixed !== undefined) {
      at += fixed;
      continue;
    }
    if (![13, 30, 31, 258].includes(type) || at + 8 > data.length) return undefined;
    const length = data.readUInt32LE(at + 4);
    const value = data.subarray(at + 8, at + 8 + length);
    if (value.length < length) return undefined;
    if (id === longName && type === 31) return zeroEnded(value.toString('utf16le'));
    if (id === longName && type === 30) return zeroEnded(value.toString('latin1'));
    at += 8 + length + ((4 - (length % 4)) % 4);
  }
  return undefined;
}
