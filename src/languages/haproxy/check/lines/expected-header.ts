import type { Matching } from '../matching';
import { checkValue } from '../values/value-types';

const METHODS = ['str', 'beg', 'end', 'sub', 'reg'];

/**
 * `hdr name [ -m <method> ] <name> [ value [ -m <method> ] <value> ]` of an `expect` line, from `hdr` on.
 * @returns where the next word stands, undefined after a fault
 */
export function checkExpectedHeader(matching: Matching, start: number): number | undefined {
  const { scope, words } = matching;
  const header = words[start] ?? scope.statement.keyword;
  const keyword = words[start + 1]?.value;
  if (keyword !== 'name' && keyword !== 'name-lf') {
    const message = `"expect ${header.value}" needs "name" and the name of a header.`;
    scope.report('missing-argument', header, message, `Write ${header.value} name <header> value <text>.`);
    return undefined;
  }
  const next = pattern(matching, start + 2, keyword === 'name-lf');
  const value = next === undefined ? undefined : words[next]?.value;
  if (next === undefined || (value !== 'value' && value !== 'value-lf')) return next;
  return pattern(matching, next + 1, value === 'value-lf');
}

/** An optional `-m <method>` and a pattern. */
function pattern(matching: Matching, start: number, format: boolean): number | undefined {
  const { scope, words } = matching;
  let at = start;
  let method = 'str';
  if (words[at]?.value === '-m') {
    const named = words[at + 1];
    if (named === undefined || !METHODS.includes(named.value)) {
      const span = named ?? words[at] ?? scope.statement.keyword;
      scope.report(
        'enumeration',
        span,
        'This is no way to compare headers.',
        `Use one of: ${METHODS.join(', ')}.`,
      );
      return undefined;
    }
    method = named.value;
    at += 2;
  }
  if (words[at] === undefined) {
    const span = words[at - 1] ?? scope.statement.keyword;
    scope.report('missing-argument', span, 'A pattern is missing here.', 'Write what is expected.');
    return undefined;
  }
  return checkValue(matching, method === 'reg' ? 'regex' : format ? 'fmt' : 'text', at);
}
