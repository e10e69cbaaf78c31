import type { Word } from '../../syntax/word';
import { matchAll } from '../match';
import { behind, within, type Scope } from '../scope';
import { compileSignature } from '../signature';

const LINE = compileSignature('[ <algorithm> * ]');
/** Words behind `uri` that stand alone, and those with a number. */
const ALONE = new Set(['whole', 'path-only']);
const COUNTED = new Set(['len', 'depth']);

/** `balance <algorithm> [<arguments>]`. */
export function checkBalance(scope: Scope, words: readonly Word[]): void {
  const matching = { scope, words, place: undefined, subject: 'balance' };
  if (matchAll(matching, LINE, 0) === undefined) return;
  const [algorithm, ...rest] = words;
  if (algorithm === undefined || words.some(({ dynamic }) => dynamic)) return;
  const [, name = '', inner] = /^([\w-]+)\(([^)]*)\)?$/.exec(algorithm.value) ?? [];
  if (name === 'hdr' && inner === '') {
    scope.report(
      'missing-argument',
      algorithm,
      '"balance hdr" needs the name of a header.',
      'Write hdr(<name>).',
    );
  } else if (name === 'random' && inner !== undefined && inner !== '' && !(parseInt(inner, 10) >= 1)) {
    const span = within(algorithm, 'random('.length, 'random('.length + inner.length);
    scope.report(
      'number',
      span,
      `"${inner}" is not a number of draws.`,
      'Write a whole number of at least 1.',
    );
  } else if (algorithm.value === 'uri') checkUri(scope, rest);
  else if (algorithm.value === 'url_param' && rest.length === 0) {
    const span = behind(words, 1, scope.statement);
    scope.report('missing-argument', span, '"balance url_param" needs the name of a parameter.', 'Add it.');
  }
}

function checkUri(scope: Scope, words: readonly Word[]): void {
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined || ALONE.has(word.value)) continue;
    if (!COUNTED.has(word.value)) {
      const remedy = scope.suggest(word.value, [...COUNTED, ...ALONE]);
      return scope.report('enumeration', word, `"balance uri" does not know "${word.value}".`, remedy);
    }
    at += 1;
    const number = words[at];
    if (number !== undefined && parseInt(number.value, 10) > 0) continue;
    const message = `"${word.value}" needs a number above 0.`;
    return scope.report('number', number ?? word, message, `Write ${word.value} <number>.`);
  }
}
