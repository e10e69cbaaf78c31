import { branchesWith } from '../../schema/keywords/tables';
import { UNKNOWN_TEXT } from '../../syntax/word';
import { within, type Scope } from '../scope';
import { checkArguments } from './arguments';
import { canCast, typeName } from './casts';
import { fail, identifier, type Source } from './source';

/** What an expression yields, for whoever matches it. */
export interface Sample {
  readonly fetch: string;
  readonly output: string;
  readonly uses: string;
  /** True when converters follow the fetch. */
  readonly converted: boolean;
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
