import { within, type Scope } from '../scope';
import { atLeast } from '../../schema/version';
import { UNKNOWN_TEXT, type Word } from '../../syntax/word';
import { checkSample } from './sample';
import { checkUse, type Place } from './uses';

/** Aliases of log formats: `%ci`, `%Tq`; the same in all branches but for `%OG`. */
export const LOG_ALIASES: readonly string[] = (
  'o B CC CS H ID ST T Ta Tc Th Ti Tl Tq Tr TR Td Ts Tt Tu Tw U ac b bc bi bp bq ci cp f fc fi fp ft hr hrl hs hsl ' +
  'HM HP HPO HQ HU HV lc ms pid r rc rt s sc si sp sq sslc sslv t tr trg trl ts tsc'
).split(' ');

const ALIASES = new Set(LOG_ALIASES);

/** Checks a log format: aliases, flags, and the sample expressions in `%[…]`. */
export function checkLogFormat(scope: Scope, word: Word, place: Place | undefined): void {
  const text = word.value;
  let at = text.indexOf('%');
  while (at >= 0 && at < text.length) {
    const next = item(scope, word, at, place);
    if (next === undefined) return;
    at = text.indexOf('%', next);
  }
}

/** One `%…`; returns the offset after it, or undefined after a fault. */
function item(scope: Scope, word: Word, start: number, place: Place | undefined): number | undefined {
  const text = word.value;
  let at = start + 1;
  if (text.charAt(at) === '%') return at + 1;
  const flags = flagsAt(text, at);
  if (flags === undefined) return fail(scope, word, start, text.length, '"%{" is not closed by "}".');
  at = flags;
  if (text.charAt(at) === '(' && atLeast(scope.version, '3.0')) {
    const close = text.indexOf(')', at);
    if (close < 0) return fail(scope, word, start, text.length, '"%(" is not closed by ")".');
    at = flagsAt(text, close + 1) ?? close + 1;
  }
  if (text.charAt(at) === '[') return expression(scope, word, at, place);
  const alias = /^[A-Za-z]*/.exec(text.slice(at))?.[0] ?? '';
  if (text.charAt(at) === UNKNOWN_TEXT) return at + 1;
  if (alias === '') {
    // HAProxy prints a lone percent sign as it is, with a warning.
    return at === start + 1
      ? at
      : fail(scope, word, start, at, 'Flags are followed by no alias and no expression.');
  }
  if (ALIASES.has(alias) || (alias === 'OG' && atLeast(scope.version, '3.2'))) return at + alias.length;
  const span = within(word, start, at + alias.length);
  const remedy = scope.suggest(alias, LOG_ALIASES);
  scope.report(
    'log-format',
    span,
    `"%${alias}" is no alias of log formats.`,
    remedy.startsWith('Use one')
      ? 'Write "%%" for a percent sign, or see "Custom log format" in the manual.'
      : remedy,
  );
  return undefined;
}

function flagsAt(text: string, at: number): number | undefined {
  if (text.charAt(at) !== '{') return at;
  const close = text.indexOf('}', at);
  return close < 0 ? undefined : close + 1;
}

function expression(scope: Scope, word: Word, open: number, place: Place | undefined): number | undefined {
  const text = word.value;
  const close = expressionEnd(text, open + 1);
  if (close < 0) return fail(scope, word, open, text.length, '"%[" is not closed by "]".');
  const inner = text.slice(open + 1, close);
  if (inner.includes(UNKNOWN_TEXT)) return close + 1;
  const sample = checkSample(scope, { word, text: inner, offset: open + 1 });
  checkUse(scope, sample, place, within(word, open + 1, close));
  return close + 1;
}

/** The bracket that ends an expression: not inside its parentheses or quotes. */
function expressionEnd(text: string, start: number): number {
  let depth = 0;
  let quote = '';
  for (let at = start; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (quote !== '') {
      if (char === quote) quote = '';
      else if (char === '\\' && quote === '"') at += 1;
    } else if (depth > 0 && (char === '"' || char === "'")) quote = char;
    else if (char === '\\') at += 1;
    else if (char === '(') depth += 1;
    else if (char === ')') depth = Math.max(depth - 1, 0);
    else if (char === ']' && depth === 0) return at;
  }
  // Brackets inside unclosed parentheses: the first one is the best guess.
  return depth > 0 ? text.indexOf(']', start) : -1;
}

function fail(scope: Scope, word: Word, from: number, to: number, message: string): undefined {
  scope.report('log-format', within(word, from, to), message, 'Close it, or write "%%" for a percent sign.');
  return undefined;
}
