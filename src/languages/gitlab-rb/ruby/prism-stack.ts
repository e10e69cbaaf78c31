/**
 * The module gives its C code a stack of 64 KiB, right above its data: some fifty nested calls fill it, and what comes
 * then silently overwrites the parser's own memory. With a stack larger than the one of the JavaScript engine, the engine's
 * runs out first, and that is an exception like any other.
 */

/** Bytes the stack gets; the engine's own of about 1 MB is full when a fifth of these is. Untouched ones cost nothing. */
const STACK = 8 * 2 ** 20;
const PAGE = 65_536;

const MEMORY = 5;
const GLOBALS = 6;
/** Of a global: a 32 bit integer, which may change, begins with a constant. */
const MUTABLE_INTEGER = [0x7f, 0x01, 0x41] as const;

interface Section {
  readonly id: number;
  readonly body: Uint8Array;
}

/**
 * The same module with its stack above its first memory, where nothing else lies: its allocator only takes what lies below,
 * and pages added later. A module of another shape comes back as it is, and so does one that has such a stack already.
 */
export function withLargeStack(wasm: Uint8Array): Uint8Array {
  const sections = sectionsOf(wasm);
  const memory = sections?.find(({ id }) => id === MEMORY);
  const globals = sections?.find(({ id }) => id === GLOBALS);
  if (sections === undefined || memory === undefined || globals === undefined) return wasm;
  // One memory without an upper bound; the stack pointer is the first global.
  const [count, flags] = memory.body;
  if (count !== 1 || flags !== 0) return wasm;
  const head = readUnsigned(globals.body, 0).next;
  if (!MUTABLE_INTEGER.every((byte, at) => globals.body[head + at] === byte)) return wasm;
  const pointer = readUnsigned(globals.body, head + 3);
  if (pointer.value >= STACK) return wasm;
  const pages = readUnsigned(memory.body, 2).value + STACK / PAGE;
  const rest = pointer.next;
  const bodies = new Map<number, Uint8Array>([
    [MEMORY, Uint8Array.of(1, 0, ...unsigned(pages))],
    [
      GLOBALS,
      Uint8Array.of(
        ...globals.body.subarray(0, head + 3),
        ...signed(pages * PAGE - 16),
        ...globals.body.subarray(rest),
      ),
    ],
  ]);
  const parts = sections.map(({ id, body }) => {
    const put = bodies.get(id) ?? body;
    return [Uint8Array.of(id, ...unsigned(put.length)), put] as const;
  });
  return joined([wasm.subarray(0, 8), ...parts.flat()]);
}

function sectionsOf(wasm: Uint8Array): readonly Section[] | undefined {
  const sections: Section[] = [];
  for (let at = 8; at < wasm.length;) {
    const { value, next } = readUnsigned(wasm, at + 1);
    if (next + value > wasm.length) return undefined;
    sections.push({ id: wasm[at] ?? 0, body: wasm.subarray(next, next + value) });
    at = next + value;
  }
  return sections;
}

/** Reads a number in groups of seven bits (LEB128). */
function readUnsigned(bytes: Uint8Array, from: number): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let at = from, shift = 1; ; at += 1, shift *= 128) {
    const byte = bytes[at] ?? 0;
    value += (byte & 127) * shift;
    if (byte < 128) return { value, next: at + 1 };
  }
}

function unsigned(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ;) {
    const low = rest & 127;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 128);
    if (rest === 0) return bytes;
  }
}

/** A positive number where a signed one is expected: its highest bit written must not be one. */
function signed(value: number): number[] {
  const bytes = unsigned(value);
  const last = bytes.at(-1) ?? 0;
  return last < 64 ? bytes : [...bytes.slice(0, -1), last | 128, 0];
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
