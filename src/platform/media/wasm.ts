const [TABLES, MEMORIES] = [4, 5];

/**
 * A WebAssembly program with a lower bound on its memory (in pages of 64 KiB), and with room for one more function in
 * its table. Both are numbers in its header, rewritten in place in a copy.
 */
export function boundWasm(program: Uint8Array, memoryPages: number): Uint8Array {
  const copy = program.slice();
  for (let at = 8; at < copy.length; ) {
    const id = copy[at];
    const size = readNumber(copy, at + 1);
    const body = size.end;
    // One table: count, kind of element, flag "has a maximum", minimum, maximum. One memory: the same without the kind.
    if (id === TABLES || id === MEMORIES) {
      const limits = body + (id === TABLES ? 2 : 1);
      if (copy[body] !== 1 || copy[limits] !== 1) throw new Error('This WebAssembly program has no bounds to change.');
      const maximum = readNumber(copy, readNumber(copy, limits + 1).end);
      const wanted = id === TABLES ? maximum.value + 1 : Math.min(memoryPages, maximum.value);
      writeNumber(copy, maximum.start, maximum.end, wanted);
    }
    at = body + size.value;
  }
  return copy;
}

function readNumber(bytes: Uint8Array, start: number): { value: number; start: number; end: number } {
  let value = 0;
  let end = start;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[end++] ?? 0;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return { value: value >>> 0, start, end };
  }
}

/** Writes a number in exactly the bytes from start to end (LEB128, padded). */
function writeNumber(bytes: Uint8Array, start: number, end: number, value: number): void {
  if (value >= 2 ** (7 * (end - start))) throw new Error('The number does not fit.');
  for (let at = start; at < end; at++)
    bytes[at] = ((value >>> (7 * (at - start))) & 0x7f) | (at === end - 1 ? 0 : 0x80);
}

/** `(module (import "e" "f" (func (param i32 i32 i32) (result i32))) (export "f" (func 0)))`, assembled. */
// biome-ignore format: bytes
const TRAMPOLINE = new Uint8Array([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 8, 1, 0x60, 3, 0x7f, 0x7f, 0x7f, 1, 0x7f,
  2, 7, 1, 1, 0x65, 1, 0x66, 0, 0, 7, 5, 1, 1, 0x66, 0, 0,
]);

/** Puts a function into a program's table, so that the program can call it; answers its number there. */
export function exportedCallback(
  table: WebAssembly.Table,
  callback: (a: number, b: number, c: number) => number,
): number {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(TRAMPOLINE), { e: { f: callback } });
  const slot = table.grow(1);
  table.set(slot, instance.exports['f']);
  return slot;
}
