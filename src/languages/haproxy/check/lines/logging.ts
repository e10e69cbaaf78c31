import type { Word } from '../../syntax/word';
import type { Matching } from '../matching';
import { behind, type Scope } from '../scope';
import { checkAddress, PLAIN } from '../values/addresses';
import { atLeast } from '../../schema/version';
import { checkValue } from '../values/value-types';

/** `log global`, `no log`, `log <address> [len n] [format f] [sample r:n] [profile p] <facility> [level [minimum]]`. */
export function checkLog(scope: Scope, words: readonly Word[]): void {
  const [first, second] = words;
  const matching: Matching = { scope, words, place: undefined, subject: 'log' };
  if (scope.statement.modifier !== undefined) {
    if (first !== undefined)
      scope.report('extra-argument', first, '"no log" takes no argument.', 'Remove it.');
    return;
  }
  if (first?.value === 'global' && second === undefined) {
    if (scope.kind === 'global') {
      scope.report(
        'enumeration',
        first,
        '"log global" is not for the global section.',
        'Write an address and a facility.',
      );
    }
    return;
  }
  if (first === undefined || second === undefined) {
    if (words.some((word) => word.dynamic)) return;
    const span = behind(words, words.length, scope.statement);
    return scope.report(
      'missing-argument',
      span,
      `"${scope.statement.keyword.value}" needs an address and a facility.`,
      `Write ${scope.statement.keyword.value} <address> <facility>.`,
    );
  }
  logAddress(scope, first);
  const at = logOptions(matching, 1);
  if (at !== undefined) facilityAndLevels(matching, at);
}

function logAddress(scope: Scope, word: Word): void {
  const { value } = word;
  if (value === 'stdout' || value === 'stderr' || value === 'global') return;
  if (value.startsWith('ring@')) {
    // A log-forward section may name a ring that is not there; its messages are lost.
    if (scope.kind === 'log-forward') return;
    return scope.refer({ kind: 'ring', name: value.slice(5), span: word, section: scope.section });
  }
  if (value.startsWith('backend@') && atLeast(scope.version, '3.0')) return;
  checkAddress(scope, word, PLAIN);
}

/** Options before the facility; returns where it stands. */
function logOptions(matching: Matching, start: number): number | undefined {
  const { scope, words } = matching;
  let at = start;
  for (const [name, type] of OPTIONS) {
    if (words[at]?.value !== name || (name === 'profile' && !atLeast(scope.version, '3.2'))) continue;
    const value = words[at + 1];
    if (value === undefined) {
      scope.report(
        'missing-argument',
        words[at] ?? scope.statement.keyword,
        `"${name}" needs a value.`,
        'Add it.',
      );
      return undefined;
    }
    checkValue({ ...matching, subject: `log ${name}` }, type, at + 1);
    at += 2;
  }
  return at;
}

const OPTIONS: readonly (readonly [string, string])[] = [
  ['len', 'atol'],
  ['format', 'log-format-name'],
  ['sample', 'text'],
  ['profile', 'log-profile'],
];

function facilityAndLevels(matching: Matching, start: number): void {
  const { scope, words } = matching;
  const facility = words[start];
  if (facility === undefined) {
    const span = behind(words, start, scope.statement);
    return scope.report('missing-argument', span, '"log" needs a facility.', 'Add one, e.g. local0.');
  }
  checkValue({ ...matching, subject: 'log' }, 'facility', start);
  let at = start + 1;
  for (; at < Math.min(words.length, start + 3); at += 1) checkValue(matching, 'level', at);
  const extra = words[at];
  if (extra !== undefined && !extra.dynamic) {
    scope.report('extra-argument', extra, `"log" does not take "${extra.value}" here.`, 'Remove it.');
  }
}
