// A HEIC photo for tests, written here because no encoder at hand makes one: one coding unit of 32 x 32 uncompressed
// samples (HEVC "PCM"), so that no transform is needed. Clause numbers are those of ITU-T H.265.

class Bits {
  private readonly bits: number[] = [];
  u(count: number, value: number): this {
    for (let i = count - 1; i >= 0; i--) this.bits.push(Math.floor(value / 2 ** i) % 2);
    return this;
  }
  /** Exponential Golomb (9.2), several values. */
  ue(...values: number[]): this {
    for (const value of values) {
      const length = Math.floor(Math.log2(value + 1));
      this.u(length, 0).u(length + 1, value + 1);
    }
    return this;
  }
  /** A stop bit and zeros up to the next byte. */
  stop(): this {
    this.u(1, 1);
    return this.align();
  }
  align(): this {
    while (this.bits.length % 8 !== 0) this.bits.push(0);
    return this;
  }
  bytes(): Buffer {
    return Buffer.from(
      Array.from({ length: this.bits.length / 8 }, (_, i) =>
        this.bits.slice(i * 8, i * 8 + 8).reduce((byte, bit) => byte * 2 + bit, 0),
      ),
    );
  }
}

/** The arithmetic coder's bits when it is ended (9.3.4.3.5) from the given range, nothing but likely bins before. */
function terminate(bits: Bits, range: number): void {
  let low = range - 2;
  let first = true;
  let outstanding = 0;
  const put = (bit: number): void => {
    if (!first) bits.u(1, bit);
    first = false;
    for (; outstanding > 0; outstanding--) bits.u(1, 1 - bit);
  };
  for (let i = 0; i < 7; i++) {
    if (low < 256) put(0);
    else if (low >= 512) {
      low -= 512;
      put(1);
    } else {
      low -= 256;
      outstanding++;
    }
    low *= 2;
  }
  put(Math.floor(low / 512) % 2);
  bits.u(2, (Math.floor(low / 128) % 4) | 1);
}

const level = (bits: Bits): Bits => bits.u(8, 3).u(32, 0x70000000).u(4, 9).u(32, 0).u(12, 0).u(8, 30);

/** A NAL unit, with the bytes that keep start codes out of it (7.3.1.1). */
function nal(type: number, payload: Buffer): Buffer {
  const out = [type << 1, 1];
  let zeros = 0;
  for (const byte of payload) {
    if (zeros >= 2 && byte <= 3) {
      out.push(3);
      zeros = 0;
    }
    out.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Buffer.from(out);
}

function parameterSets(): Buffer[] {
  const vps = level(new Bits().u(4, 0).u(2, 3).u(6, 0).u(3, 0).u(1, 1).u(16, 0xffff));
  vps.u(1, 1).ue(0, 0, 0).u(6, 0).ue(0).u(2, 0).stop();
  const sps = level(new Bits().u(4, 0).u(3, 0).u(1, 1)).ue(0, 1, 32, 32).u(1, 0).ue(0, 0, 0).u(1, 1).ue(0, 0, 0);
  sps.ue(0, 2, 0, 3, 0, 0).u(3, 0).u(1, 1).u(4, 7).u(4, 7).ue(0, 2).u(1, 1).ue(0).u(5, 0).stop();
  const pps = new Bits().ue(0, 0).u(2, 0).u(3, 0).u(2, 0).ue(0, 0, 0).u(3, 0).ue(0, 0).u(3, 0).u(4, 0);
  pps.u(1, 1).u(2, 1).u(2, 0).ue(0).u(2, 0).stop();
  return [nal(32, vps.bytes()), nal(33, sps.bytes()), nal(34, pps.bytes())];
}

function slice(luma: (x: number, y: number) => number): Buffer {
  const bits = new Bits().u(2, 2).ue(0, 2, 0).stop();
  terminate(bits, 270); // after "not split", the likely bin of a fresh context at QP 26: 510 - 240
  bits.align();
  for (let i = 0; i < 1024; i++) bits.u(8, luma(i % 32, Math.floor(i / 32)));
  for (let i = 0; i < 512; i++) bits.u(8, 128);
  terminate(bits, 510);
  return nal(19, bits.align().bytes());
}

function box(type: string, ...parts: (Buffer | readonly number[])[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

const u16 = (value: number): number[] => [value >> 8, value & 255];
const u32 = (value: number): number[] => [...u16(value >>> 16), ...u16(value & 0xffff)];
const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');

/** A gray HEIC photo of 32 x 32 pixels; brightness from 16 to 235. `turns` are quarter turns to the left on display. */
export function heicOf(luma: (x: number, y: number) => number, turns = 0): Buffer {
  const coded = slice(luma);
  const data = Buffer.concat([Buffer.from(u32(coded.length)), coded]);
  const sets = parameterSets().flatMap((set, i) => [0xa0 + i, ...u16(1), ...u16(set.length), ...set]);
  const hvcC = box(
    'hvcC',
    [1, 3, ...u32(0x70000000), 0x90, 0, 0, 0, 0, 0, 30, 0xf0, 0, 0xfc, 0xfd, 0xf8, 0xf8, 0, 0, 0x0f, 3],
    sets,
  );
  const ispe = box('ispe', u32(0), u32(32), u32(32));
  const ftyp = box('ftyp', ascii('heic\0\0\0\0mif1heic'));
  const meta = (offset: number): Buffer =>
    box(
      'meta',
      u32(0),
      box('hdlr', u32(0), u32(0), ascii('pict'), u32(0), u32(0), u32(0), [0]),
      box('pitm', u32(0), u16(1)),
      box('iinf', u32(0), u16(1), box('infe', [2, 0, 0, 0], u16(1), u16(0), ascii('hvc1'), [0])),
      box(
        'iprp',
        box('ipco', hvcC, ispe, box('irot', [turns])),
        box('ipma', u32(0), u32(1), u16(1), [3, 0x81, 2, 0x83]),
      ),
      box('iloc', u32(0), [0x44, 0], u16(1), u16(1), u16(0), u16(1), u32(offset), u32(data.length)),
    );
  const offset = ftyp.length + meta(0).length + 8;
  return Buffer.concat([ftyp, meta(offset), box('mdat', data)]);
}
