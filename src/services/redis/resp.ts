/** A value of the Redis protocol: versions 2 and 3 as far as Redis and Sentinel use them here. */
export type RespValue = string | number | boolean | null | RespError | RespPush | readonly RespValue[];

/** An error answer such as `-NOAUTH Authentication required.` */
export class RespError extends Error {
  override readonly name = 'RespError';
}

/** A message nobody asked for (protocol version 3), such as one of a subscription. */
export class RespPush {
  constructor(readonly items: readonly RespValue[]) {}
}

interface Parsed {
  readonly value: RespValue;
  readonly next: number;
}

/** Takes in bytes as they come and gives whole values. Throws a RespError on bytes that are no RESP. */
export class RespParser {
  private buffer: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): readonly RespValue[] {
    this.buffer = this.buffer.length === 0 ? chunk : Buffer.concat([this.buffer, chunk]);
    const values: RespValue[] = [];
    let at = 0;
    for (;;) {
      const parsed = parse(this.buffer, at);
      if (!parsed) break;
      values.push(parsed.value);
      at = parsed.next;
    }
    this.buffer = this.buffer.subarray(at);
    return values;
  }
}

function parse(buffer: Buffer, at: number): Parsed | undefined {
  const end = buffer.indexOf('\r\n', at);
  if (end < 0) return undefined;
  const text = buffer.toString('utf8', at + 1, end);
  const next = end + 2;
  switch (String.fromCharCode(buffer[at] ?? 0)) {
    case '+':
    case ',':
    case '(':
      return { value: text, next };
    case '-':
      return { value: new RespError(text), next };
    case ':':
      return { value: Number(text), next };
    case '#':
      return { value: text === 't', next };
    case '_':
      return { value: null, next };
    case '$':
    case '=':
      return parseBulk(buffer, next, Number(text));
    case '*':
    case '~':
      return parseArray(buffer, next, Number(text));
    case '%':
      return parseArray(buffer, next, Number(text) * 2);
    case '>': {
      const parsed = parseArray(buffer, next, Number(text));
      return parsed && { value: new RespPush(parsed.value as readonly RespValue[]), next: parsed.next };
    }
    default:
      throw new RespError(`not the Redis protocol: ${JSON.stringify(text.slice(0, 20))}`);
  }
}

function parseBulk(buffer: Buffer, at: number, length: number): Parsed | undefined {
  if (length < 0) return { value: null, next: at };
  const end = at + length;
  return buffer.length < end + 2 ? undefined : { value: buffer.toString('utf8', at, end), next: end + 2 };
}

function parseArray(buffer: Buffer, at: number, length: number): Parsed | undefined {
  if (length < 0) return { value: null, next: at };
  const values: RespValue[] = [];
  let next = at;
  for (let index = 0; index < length; index += 1) {
    const parsed = parse(buffer, next);
    if (!parsed) return undefined;
    values.push(parsed.value);
    next = parsed.next;
  }
  return { value: values, next };
}

/** A command as an array of bulk strings. */
export function encodeCommand(words: readonly string[]): Buffer {
  const pieces = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
  return Buffer.from(`*${words.length}\r\n${pieces.join('')}`);
}

/** Field and value pairs, as an array or a map gives them, as an object of texts. */
export function toRecord(value: RespValue): Readonly<Record<string, string>> {
  if (!Array.isArray(value)) return {};
  const items = value as readonly RespValue[];
  const entries: [string, string][] = [];
  for (let index = 0; index + 1 < items.length; index += 2) {
    const field = items[index];
    const content = items[index + 1];
    if (typeof field === 'string' && (typeof content === 'string' || typeof content === 'number'))
      entries.push([field, String(content)]);
  }
  return Object.fromEntries(entries);
}
