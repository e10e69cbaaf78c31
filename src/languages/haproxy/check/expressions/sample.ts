import { branchesWith, type Signature } from '../../schema/keywords/tables';
import { within, type Reference, type Scope } from '../scope';
import { checkRegex } from '../values';
import { UNKNOWN_TEXT, type Word } from '../../syntax/word';
import { canCast, typeName } from './casts';

/** What an expression yields, for whoever matches it. */
export interface Sample {
  readonly fetch: string;
  readonly output: string;
  readonly uses: string;
  /** True when converters follow the fetch. */
  readonly converted: boolean;
}

/** Where a sample expression stands, so that a fault can be shown at its place. */
export interface Source {
  readonly word: Word;
  readonly text: string;
  /** Where `text` begins in the word's value. */
  readonly offset: number;
}

const IDENTIFIER = /[A-Za-z0-9._+-]*/y;
/** HAProxy's identifier characters; plus belongs to names such as `base32+src`. */

export function wordSource(word: Word): Source {
  return { word, text: word.value, offset: 0 };
}

/**
 * Reads `fetch(arguments),converter(arguments),…` and reports what the branch would refuse.
 * @returns undefined when a fault was found or the environment completes the expression
 */
export function checkSample(scope: Scope, source: Source): Sample | undefined {
  const { text } = source;
  if (text.includes(UNKNOWN_TEXT) || (source.word.dynamic && !source.word.unset)) return undefined;
  const name = identifier(text, 0);
  if (name === '') {
    fail(
      scope,
      source,
      0,
      text.length,
      'A sample fetch is missing here.',
      'Begin with a fetch such as src or req.hdr(host).',
    );
    return undefined;
  }
  const alias = scope.table.acl.get(name);
  const fetch = scope.table.fetches.get(name) ?? scope.table.fetches.get(alias?.fetch ?? '');
  if (fetch === undefined || !scope.table.fetches.has(name)) {
    reportUnknownFetch(scope, source, name);
    return undefined;
  }
  const end = checkArguments(scope, source, name.length, name, fetch.signature);
  if (end === undefined) return undefined;
  const output = checkConverters(scope, source, end, fetch.output);
  const converted = end < text.length;
  return output === undefined ? undefined : { fetch: name, output, uses: fetch.uses, converted };
}

export function identifier(text: string, at: number): string {
  IDENTIFIER.lastIndex = at;
  return IDENTIFIER.exec(text)?.[0] ?? '';
}

function fail(scope: Scope, source: Source, from: number, to: number, message: string, remedy: string): void {
  scope.report('expression', within(source.word, source.offset + from, source.offset + to), message, remedy);
}

export function reportUnknownFetch(scope: Scope, source: Source, name: string): void {
  if (scope.lua && name.startsWith('lua.')) return;
  const span = within(source.word, source.offset, source.offset + name.length);
  const branches = branchesWith((table) => table.fetches.has(name));
  if (branches.length > 0) {
    const message = `HAProxy ${scope.version} does not know the sample fetch "${name}".`;
    return scope.report('newer', span, message, `It exists in HAProxy ${branches.join(', ')}.`);
  }
  const remedy = scope.suggest(name, scope.table.fetches.keys());
  scope.report(
    'unknown-fetch',
    span,
    `Unknown sample fetch "${name}".`,
    remedy.startsWith('Use one') ? SAMPLES : remedy,
  );
}

const SAMPLES = 'See "Fetching data samples" in the HAProxy configuration manual.';

/** Converters after the fetch. Returns the type that comes out, or undefined after a fault. */
export function checkConverters(
  scope: Scope,
  source: Source,
  start: number,
  input: string,
): string | undefined {
  const { text } = source;
  let type = input;
  let at = start;
  let previous = '';
  while (at < text.length) {
    if (text.charAt(at) !== ',') {
      const after = previous === '' ? 'the sample fetch' : `the converter "${previous}"`;
      const message = `A comma is missing after ${after}.`;
      fail(scope, source, at, text.length, message, 'Divide converters by commas.');
      return undefined;
    }
    while (text.charAt(at) === ',') at += 1;
    if (at >= text.length) break;
    const name = identifier(text, at);
    const converter = scope.table.converters.get(name);
    if (converter === undefined) {
      reportUnknownConverter(scope, source, at, name);
      return undefined;
    }
    if (!canCast(type, converter.input, scope.version)) {
      const message = `"${name}" needs ${typeName(converter.input)}, and gets ${typeName(type)}.`;
      const remedy = 'Convert the value first, or use another converter.';
      fail(scope, source, at, at + name.length, message, remedy);
      return undefined;
    }
    const next = checkArguments(scope, source, at + name.length, name, converter.signature);
    if (next === undefined) return undefined;
    if (converter.output !== 'same') type = converter.output;
    previous = name;
    at = next;
  }
  return type;
}

function reportUnknownConverter(scope: Scope, source: Source, at: number, name: string): void {
  if (scope.lua && name.startsWith('lua.')) return;
  const span = within(source.word, source.offset + at, source.offset + at + name.length);
  const branches = branchesWith((table) => table.converters.has(name));
  if (branches.length > 0) {
    const message = `HAProxy ${scope.version} does not know the converter "${name}".`;
    return scope.report('newer', span, message, `It exists in HAProxy ${branches.join(', ')}.`);
  }
  const remedy = scope.suggest(name, scope.table.converters.keys());
  const manual = 'See "Converters" in the HAProxy configuration manual.';
  scope.report(
    'unknown-converter',
    span,
    `Unknown converter "${name}".`,
    remedy.startsWith('Use one') ? manual : remedy,
  );
}

interface Argument {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** Splits `(a,b)` with quotes and escapes as HAProxy does. Undefined when the parenthesis is never closed. */
function splitArguments(
  text: string,
  open: number,
  most: number,
): { args: Argument[]; end: number; closed: boolean } {
  const args: Argument[] = [];
  let at = open + 1;
  for (;;) {
    const from = at;
    let value = '';
    let quote = '';
    for (; at < text.length; at += 1) {
      const char = text.charAt(at);
      if (quote === '' && (char === ',' || char === ')')) break;
      if ((char === '"' || char === "'") && (quote === '' || quote === char))
        quote = quote === '' ? char : '';
      else if (char === '\\' && quote !== "'" && at + 1 < text.length) {
        at += 1;
        value += /[\\ "'rnt]/.test(text.charAt(at)) ? text.charAt(at) : `\\${text.charAt(at)}`;
      } else value += char;
    }
    args.push({ text: value, from, to: at });
    if (text.charAt(at) !== ',' || args.length >= most) break;
    at += 1;
  }
  return { args, end: at, closed: text.charAt(at) === ')' };
}

/** Checks arguments against a signature. Returns the offset after them, undefined after a fault. */
export function checkArguments(
  scope: Scope,
  source: Source,
  open: number,
  name: string,
  signature: Signature,
): number | undefined {
  const { text } = source;
  const given = text.charAt(open) === '(';
  const { types, required } = signature;
  // An absent first argument of text counts as empty text.
  const silent = STRICT_TYPES.has(types[0] ?? '') || types.length === 0 ? 0 : 1;
  const form = `${name}(${types.join(',')})`;
  const tooFew = `"${name}" needs ${count(required)}.`;
  if (!given) {
    if (required <= silent) return open;
    fail(scope, source, 0, text.length, tooFew, `Write ${form}.`);
    return undefined;
  }
  if (types.length === 0) {
    if (text.charAt(open + 1) === ')') return open + 2;
    fail(scope, source, open, text.length, `"${name}" takes no argument.`, `Write ${name} alone.`);
    return undefined;
  }
  const { args, end, closed } = splitArguments(text, open, types.length);
  if (!closed) {
    const remedy = `It takes ${count(types.length)}: ${form}.`;
    fail(scope, source, open, text.length, `The arguments of "${name}" are not closed by ")".`, remedy);
    return undefined;
  }
  const list = args.length === 1 && args[0]?.text === '' ? [] : args;
  if (Math.max(list.length, silent) < required) {
    fail(scope, source, open, end + 1, tooFew, `Write ${form}.`);
    return undefined;
  }
  return list.every((argument, at) =>
    checkArgument(scope, source, { ...argument, name, first: at === 0 }, types[at] ?? '', at >= required),
  )
    ? end + 1
    : undefined;
}

/** Types whose text must be there and mean something. */
const STRICT_TYPES = new Set([
  'integer',
  'IPv4 address',
  'IPv4 mask',
  'IPv6 address',
  'IPv6 mask',
  'delay',
  'size',
]);

const count = (number: number): string => (number === 1 ? 'one argument' : `${number} arguments`);

const REFERENCES: Readonly<Record<string, Reference['kind']>> = {
  frontend: 'frontend',
  backend: 'backend',
  server: 'server',
  table: 'table',
  'user list': 'userlist',
};

function checkArgument(
  scope: Scope,
  source: Source,
  argument: Argument & { readonly name: string; readonly first: boolean },
  type: string,
  optional: boolean,
): boolean {
  const { text, from, to, name, first } = argument;
  const span = within(source.word, source.offset + from, source.offset + to);
  const kind = REFERENCES[type];
  if (kind !== undefined) {
    if (text !== '') scope.refer({ kind, name: text, span, section: scope.section });
    return true;
  }
  if (type === 'regex') {
    checkRegex(scope, source.word, text);
    return true;
  }
  const wrong = wrongArgument(type, text, optional);
  if (wrong === undefined) return first && name === 'var' ? checkVariable(scope, span, text) : true;
  fail(scope, source, from, to, `"${text}" in "${name}" is not ${wrong}.`, `Write ${wrong}.`);
  return false;
}

function wrongArgument(type: string, text: string, optional: boolean): string | undefined {
  if (text === '' && optional) return undefined;
  switch (type) {
    case 'integer':
      return /^[+-]?\d+$/.test(text) ? undefined : 'a whole number';
    case 'IPv4 address':
      return /^\d{1,3}(\.\d{1,3}){3}$/.test(text) ? undefined : 'an IPv4 address';
    case 'IPv4 mask':
      return /^(\d{1,2}|\d{1,3}(\.\d{1,3}){3})$/.test(text) ? undefined : 'an IPv4 mask';
    case 'IPv6 address':
      return /^[0-9A-Fa-f:.]+$/.test(text) && text.includes(':') ? undefined : 'an IPv6 address';
    default:
      return undefined;
  }
}

/** Variables begin with the scope they live in. */
export function checkVariable(scope: Scope, span: { start: number; end: number }, name: string): boolean {
  if (/^(proc|p?sess|p?txn|p?req|p?res|check)\.[A-Za-z0-9_.]+$/.test(name)) return true;
  const message = `"${name}" is no variable: the scope is missing or a character is not allowed.`;
  scope.report(
    'expression',
    span,
    message,
    'Write proc., sess., txn., req., res. or check. and letters, digits, "_", ".".',
  );
  return false;
}
