import type { Range } from '../../../finding/finding';
import { isGrowing, type GrowingHash } from './config-tree';
import { LIMITS } from './evaluation';
import { mergeInto, textOf } from './literals';
import { truthy, unknown, valueAt, type RubyValue } from './value';

/** A method of a known value, given its evaluated arguments; undefined when this evaluator does not know it. */
export function callMethod(
  receiver: RubyValue,
  name: string,
  args: readonly RubyValue[],
  range: Range,
): RubyValue | undefined {
  if (['freeze', 'dup', 'clone', 'itself'].includes(name) && args.length === 0) return receiver;
  if (name === 'nil?') return { kind: 'boolean', value: receiver.kind === 'nil', range };
  if (name === '!') return { kind: 'boolean', value: !truthy(receiver), range };
  switch (receiver.kind) {
    case 'string':
    case 'symbol':
      return textMethod(receiver.value, name, args, range);
    case 'integer':
    case 'float':
      return numberMethod(receiver, name, range);
    case 'array':
      return arrayMethod(receiver.items, name, args, range);
    case 'hash':
      return isGrowing(receiver) ? hashMethod(receiver, name, args, range) : undefined;
    case 'boolean':
    case 'nil':
      return name === 'to_s' ? { kind: 'string', value: textOf(receiver) ?? '', range } : undefined;
    case 'unknown':
      return receiver;
  }
}

function textMethod(
  text: string,
  name: string,
  args: readonly RubyValue[],
  range: Range,
): RubyValue | undefined {
  const string = (value: string): RubyValue => ({ kind: 'string', value, range });
  const boolean = (value: boolean): RubyValue => ({ kind: 'boolean', value, range });
  const given = args[0]?.kind === 'string' ? args[0].value : undefined;
  switch (name) {
    case 'to_s':
    case 'to_str':
      return string(text);
    case 'to_sym':
      return { kind: 'symbol', value: text, range };
    case 'to_i':
      return args.length === 0 ? leadingInteger(text, range) : undefined;
    case 'strip':
      return string(text.trim());
    case 'chomp':
      return args.length === 0 ? string(text.replace(/\r?\n$/, '')) : undefined;
    case 'upcase':
      return string(text.toUpperCase());
    case 'downcase':
      return string(text.toLowerCase());
    case 'length':
    case 'size':
      return { kind: 'integer', value: [...text].length, range };
    case 'empty?':
      return boolean(text === '');
    case 'include?':
      return given === undefined ? undefined : boolean(text.includes(given));
    case 'start_with?':
      return given === undefined ? undefined : boolean(text.startsWith(given));
    case 'end_with?':
      return given === undefined ? undefined : boolean(text.endsWith(given));
    case 'split':
      return splitText(text, given, args.length, range);
    default:
      return undefined;
  }
}

function splitText(text: string, by: string | undefined, count: number, range: Range): RubyValue | undefined {
  if (count > 1 || (count === 1 && by === undefined)) return undefined;
  const blank = by === undefined || by === ' ';
  const parts = blank ? text.trim().split(/\s+/) : text.split(by);
  // Ruby drops empty parts at the end.
  while (parts.at(-1) === '') parts.pop();
  if (parts.length > LIMITS.items) return unknown('it is too large', range);
  return { kind: 'array', items: parts.map((value) => ({ kind: 'string', value, range })), range };
}

function leadingInteger(text: string, range: Range): RubyValue {
  const digits = /^\s*([+-]?\d+(?:_\d+)*)/.exec(text)?.[1] ?? '0';
  const value = Number(digits.replaceAll('_', ''));
  return Number.isSafeInteger(value)
    ? { kind: 'integer', value, range }
    : unknown('the number is too large', range);
}

function numberMethod(
  receiver: RubyValue & { kind: 'integer' | 'float' },
  name: string,
  range: Range,
): RubyValue | undefined {
  const { value } = receiver;
  switch (name) {
    case 'to_s':
      return { kind: 'string', value: textOf(receiver) ?? '', range };
    case 'to_i':
      return { kind: 'integer', value: Math.trunc(value), range };
    case 'to_f':
      return { kind: 'float', value, range };
    case '-@':
      return { ...receiver, value: -value, range };
    case '+@':
      return receiver;
    default:
      return undefined;
  }
}

function arrayMethod(
  items: readonly RubyValue[],
  name: string,
  args: readonly RubyValue[],
  range: Range,
): RubyValue | undefined {
  const array = (values: readonly RubyValue[]): RubyValue => ({ kind: 'array', items: values, range });
  const nil: RubyValue = { kind: 'nil', range };
  const [first] = args;
  switch (name) {
    case 'first':
      return args.length === 0 ? (items[0] ?? nil) : undefined;
    case 'last':
      return args.length === 0 ? (items.at(-1) ?? nil) : undefined;
    case 'length':
    case 'size':
    case 'count':
      return args.length === 0 ? { kind: 'integer', value: items.length, range } : undefined;
    case 'empty?':
      return { kind: 'boolean', value: items.length === 0, range };
    case 'compact':
      return items.some((item) => item.kind === 'unknown')
        ? undefined
        : array(items.filter((item) => item.kind !== 'nil'));
    case 'reverse':
      return array([...items].reverse());
    case 'push':
    case 'append':
    case 'concat':
      return joinLists(items, name === 'concat' ? args : [array(args)], range);
    case 'join':
      return joinTexts(items, args.length === 0 ? { kind: 'string', value: '', range } : first, range);
    default:
      return undefined;
  }
}

function joinLists(
  items: readonly RubyValue[],
  others: readonly RubyValue[],
  range: Range,
): RubyValue | undefined {
  const all = [...items];
  for (const other of others) {
    if (other.kind !== 'array') return other.kind === 'unknown' ? other : undefined;
    if (all.length + other.items.length > LIMITS.items) return unknown('it is too large', range);
    all.push(...other.items);
  }
  return { kind: 'array', items: all, range };
}

function joinTexts(
  items: readonly RubyValue[],
  separator: RubyValue | undefined,
  range: Range,
): RubyValue | undefined {
  if (separator?.kind !== 'string') return undefined;
  const texts: string[] = [];
  let length = 0;
  for (const item of items) {
    if (item.kind === 'unknown') return item;
    const text = textOf(item);
    if (text === undefined) return undefined;
    texts.push(text);
    length += text.length + separator.value.length;
    if (length > LIMITS.text) return unknown('the text is too long', range);
  }
  return { kind: 'string', value: texts.join(separator.value), range };
}

function hashMethod(
  hash: GrowingHash,
  name: string,
  args: readonly RubyValue[],
  range: Range,
): RubyValue | undefined {
  const [first, second] = args;
  const keys = args.map(textOf);
  switch (name) {
    case 'merge':
      return merged(hash, args, range);
    case 'key?':
    case 'has_key?':
    case 'include?':
      if (hash.open !== undefined) return hash.open;
      return { kind: 'boolean', value: hash.entries.has(keys[0] ?? ''), range };
    case 'keys':
      if (hash.open !== undefined) return hash.open;
      return {
        kind: 'array',
        items: [...hash.entries.keys()].map((value) => ({ kind: 'string', value, range })),
        range,
      };
    case 'values':
      if (hash.open !== undefined) return hash.open;
      return { kind: 'array', items: [...hash.entries.values()].map((entry) => entry.value), range };
    case 'fetch':
      if (first === undefined || keys[0] === undefined) return undefined;
      return valueAt(hash, [keys[0]]) ?? second ?? unknown(`the key "${keys[0]}" is missing`, first.range);
    case 'dig': {
      const path = keys.filter((key) => key !== undefined);
      return path.length === keys.length ? (valueAt(hash, path) ?? { kind: 'nil', range }) : undefined;
    }
    case 'empty?':
      return hash.open ?? { kind: 'boolean', value: hash.entries.size === 0, range };
    case 'to_h':
      return hash;
    default:
      return undefined;
  }
}

function merged(hash: GrowingHash, others: readonly RubyValue[], range: Range): RubyValue | undefined {
  const result: GrowingHash = { ...hash, entries: new Map(hash.entries), range };
  for (const other of others) {
    if (other.kind === 'unknown') return other;
    if (!isGrowing(other)) return undefined;
    mergeInto(result, other);
  }
  delete result.fromReading;
  return result;
}
