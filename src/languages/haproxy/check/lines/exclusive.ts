import type { Word } from '../../syntax/word';
import { matchAll } from '../match';
import type { Scope } from '../scope';
import { compileSignature } from '../signature';
import { PROXY_KEYWORDS } from '../../schema/proxy';

const ALONE = 'Keep one of them.';

/** Of each set of words a `cookie` line takes one. */
const COOKIE_MODES: readonly (readonly string[])[] = [
  ['rewrite', 'insert', 'prefix'],
  ['rewrite', 'indirect'],
];

/** `cookie <name> [options]`. */
export function checkCookie(scope: Scope, words: readonly Word[]): void {
  const parts = PROXY_KEYWORDS.get('cookie')?.parts ?? [];
  const matching = { scope, words, place: undefined, subject: 'cookie' };
  if (matchAll(matching, parts, 0) === undefined || words.some(({ dynamic }) => dynamic)) return;
  const options = words.slice(1);
  for (const modes of COOKIE_MODES) {
    const [first, second] = options.filter(
      ({ value }, at) => modes.includes(value) && options.findIndex((other) => other.value === value) === at,
    );
    if (second === undefined || first === undefined) continue;
    const message = `"${first.value}" and "${second.value}" exclude each other.`;
    const related = { span: first, message: 'the first one' };
    return scope.report('exclusive', second, message, ALONE, { related });
  }
  const preserve = options.find(({ value }) => value === 'preserve');
  if (preserve === undefined || options.some(({ value }) => value === 'insert' || value === 'indirect'))
    return;
  scope.report(
    'exclusive',
    preserve,
    '"preserve" needs "insert" or "indirect".',
    'Add "insert", or remove it.',
  );
}

const REASON = compileSignature('<retry>');

/** `retry-on <reason> …`, or `none` alone. */
export function checkRetryOn(scope: Scope, words: readonly Word[]): void {
  const matching = { scope, words, place: undefined, subject: 'retry-on' };
  if (words.length === 0) return void matchAll(matching, REASON, 0);
  for (const word of words) {
    if (matchAll({ ...matching, words: [word] }, REASON, 0) === undefined) return;
  }
  const none = words.find(({ value }) => value === 'none');
  const other = words.find((word) => word !== none);
  if (none === undefined || other === undefined || words.some(({ dynamic }) => dynamic)) return;
  const message = `"none" and "${other.value}" exclude each other.`;
  scope.report('exclusive', none, message, ALONE);
}
