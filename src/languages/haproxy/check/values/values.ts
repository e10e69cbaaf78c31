import type { Severity } from '../../../../finding/finding';
import type { Word } from '../../syntax/word';
import type { Scope } from '../scope';

/** C's atol: leading spaces, a sign, digits, and whatever follows is ignored. */
export function leadingInteger(text: string): number | undefined {
  const match = /^\s*[+-]?\d+/.exec(text);
  return match === null ? undefined : Number(match[0]);
}

/** A whole number and nothing else. */
export function checkInteger(scope: Scope, word: Word, least?: number, most?: number): void {
  if (word.dynamic) return;
  const value = /^[+-]?\d+$/.test(word.value) ? Number(word.value) : undefined;
  const bounds =
    least === undefined ? '' : most === undefined ? ` of at least ${least}` : ` from ${least} to ${most}`;
  if (value === undefined || value < (least ?? -Infinity) || value > (most ?? Infinity)) {
    scope.report(
      'number',
      word,
      `"${word.value}" is not a whole number${bounds}.`,
      `Write a whole number${bounds}.`,
    );
  }
}

const TIME = /^(\d+)(us|ms|s|m|h|d)?(.*)$/s;
const UNIT_US: Readonly<Record<string, number>> = {
  us: 1,
  ms: 1_000,
  s: 1_000_000,
  m: 60_000_000,
  h: 3_600_000_000,
  d: 86_400_000_000,
};

/** A duration's milliseconds, without a unit in `unit`; undefined when it is none. */
export function timeMs(text: string, unit: 'us' | 'ms' | 's' = 'ms'): number | undefined {
  const match = TIME.exec(text);
  if (match === null || (match[3] !== '' && match[3] !== undefined && match[2] === undefined))
    return undefined;
  return (Number(match[1]) * (UNIT_US[match[2] ?? unit] ?? 0)) / 1_000;
}

/** A duration; text after the unit is only warned about, up to 3.4 at least. */
export function checkTime(scope: Scope, word: Word, unit: 'us' | 'ms' | 's' = 'ms'): void {
  if (word.dynamic) return;
  const match = TIME.exec(word.value);
  const remedy = 'Write a number and a unit: us, ms, s, m, h or d, e.g. 30s.';
  if (match === null) return scope.report('time', word, `"${word.value}" is not a duration.`, remedy);
  const [, digits = '', written, rest = ''] = match;
  if (rest !== '' && written === undefined) {
    return scope.report('time', word, `"${rest}" in "${word.value}" is no unit of time.`, remedy);
  }
  if (rest !== '') {
    const message = `"${rest}" after the unit in "${word.value}" is ignored, and will be refused one day.`;
    return scope.report('time', word, message, remedy, { severity: 'warning' });
  }
  const scale = unit === 's' ? 1_000_000 : unit === 'us' ? 1 : 1_000;
  const value = (Number(digits) * (UNIT_US[written ?? unit] ?? 0)) / scale;
  if (value >= 2 ** 31) {
    scope.report(
      'time',
      word,
      `"${word.value}" is longer than HAProxy can count.`,
      'The longest is about 24 days.',
    );
  }
}

/** Bytes with an optional k, m or g. */
export function checkSize(scope: Scope, word: Word): void {
  if (word.dynamic || /^\d+[kKmMgG]?$/.test(word.value)) return;
  const remedy = 'Write bytes as a number, or with k, m or g, e.g. 1m.';
  scope.report('size', word, `"${word.value}" is not a size.`, remedy);
}

const NAME = /^[A-Za-z0-9_:.-]*$/;

/** Names of proxies, servers, ACLs: letters, digits, dash, underscore, dot and colon. */
export function checkName(scope: Scope, word: Word, what: string, severity: Severity = 'error'): boolean {
  if (word.dynamic || NAME.test(word.value)) return true;
  const wrong = /[^A-Za-z0-9_:.-]/.exec(word.value)?.[0] ?? '';
  const message = `"${wrong}" is not allowed in the name of ${what}.`;
  scope.report('name', word, message, 'Use letters, digits, "-", "_", "." and ":" only.', { severity });
  return false;
}

/** What no regular expression library accepts: open brackets and parentheses, a repetition of nothing. */
export function checkRegex(scope: Scope, word: Word, text = word.value): void {
  if (word.dynamic) return;
  const fault = regexFault(text);
  if (fault === undefined) return;
  scope.report(
    'regex',
    word,
    `The regular expression "${text}" ${fault}.`,
    'Escape the character with "\\", or close the group.',
  );
}

/** Looks only for what is wrong in every dialect, so that nothing right is refused. */
export function regexFault(text: string): string | undefined {
  let depth = 0;
  let repeatable = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '\\') {
      if (text.charAt(at + 1) === 'Q') return undefined;
      if (at + 1 === text.length) return 'ends with a lone backslash';
      at += 1;
      repeatable = true;
    } else if (char === '[') {
      const close = classEnd(text, at);
      if (close < 0) return 'has an unclosed "["';
      at = close;
      repeatable = true;
    } else if (char === '(') {
      if (text.startsWith('(?', at) || text.startsWith('(*', at)) return unbalanced(text);
      depth += 1;
      repeatable = false;
    } else if (char === ')') {
      if (depth === 0) return 'has a ")" without "("';
      depth -= 1;
      repeatable = true;
    } else if ((char === '*' || char === '+' || char === '?') && !repeatable) {
      return `repeats nothing with "${char}"`;
    } else repeatable = char !== '|' && char !== '^';
  }
  return depth > 0 ? 'has an unclosed "("' : undefined;
}

/** With groups of special meaning only the number of parentheses is compared. */
function unbalanced(text: string): string | undefined {
  if (text.includes('(?#') || /\(\?[a-z]*x/.test(text)) return undefined;
  const plain = text.replace(/\\./gs, '').replace(/\[\^?\]?(?:\[:\w+:\]|[^\]])*\]/g, '');
  const opened = plain.split('(').length;
  const closed = plain.split(')').length;
  return opened > closed ? 'has an unclosed "("' : opened < closed ? 'has a ")" without "("' : undefined;
}

function classEnd(text: string, open: number): number {
  let at = open + 1;
  if (text.charAt(at) === '^') at += 1;
  if (text.charAt(at) === ']') at += 1;
  for (; at < text.length; at += 1) {
    if (text.charAt(at) === '\\') at += 1;
    else if (text.startsWith('[:', at)) {
      const end = text.indexOf(':]', at + 2);
      if (end > 0) at = end + 1;
    } else if (text.charAt(at) === ']') return at;
  }
  return -1;
}
