import type { Scope } from '../scope';
import type { Word } from '../../syntax/word';
import { checkAcl, reportUnknownAcl } from './acl';
import { PREDEFINED_ACLS } from './predefined-acls';

/** True for the words a condition begins with. */
export function isConditionWord(word: Word | undefined): boolean {
  return word !== undefined && !word.quoted && (word.value === 'if' || word.value === 'unless');
}

/** Checks the terms after `if` or `unless`: names of ACLs, anonymous ones in braces, `!`, `or`, `||`. */
export function checkCondition(scope: Scope, words: readonly Word[], start: number): void {
  const terms = words.slice(start + 1);
  const opener = words[start];
  if (terms.length === 0 && opener !== undefined) {
    const outcome = opener.value === 'if' ? 'never' : 'always';
    return scope.report(
      'condition',
      opener,
      `"${opener.value}" is followed by no condition: HAProxy ${outcome} does what stands before it.`,
      'Name an ACL or write { … }.',
      { severity: 'warning' },
    );
  }
  for (let at = 0; at < terms.length; at += 1) {
    const word = terms[at];
    if (word === undefined) return;
    const glued = gluedEnd(terms, at);
    if (glued !== undefined) {
      reportGlued(scope, word, terms[glued] ?? word);
      at = glued;
      continue;
    }
    const bangs = /^!*/.exec(word.value)?.[0].length ?? 0;
    const name = word.value.slice(bangs);
    if (word.dynamic || name === '' || name === '||' || name.toLowerCase() === 'or') continue;
    if (name !== '{') {
      term(scope, word, bangs, name);
      continue;
    }
    const close = terms.findIndex((other, index) => index > at && other.value === '}');
    if (close < 0) {
      return scope.report(
        'condition',
        word,
        '"{" is not closed by "}".',
        'Put "}" as a word of its own behind the condition.',
      );
    }
    anonymous(scope, word, terms.slice(at + 1, close));
    at = close;
  }
}

/** The last word of a condition whose braces are written without spaces; undefined where they are not. */
function gluedEnd(terms: readonly Word[], at: number): number | undefined {
  const word = terms[at];
  if (word === undefined || word.dynamic || !/^!*\{./s.test(word.value)) return undefined;
  const end = terms.findIndex(({ value }, index) => index >= at && value.endsWith('}'));
  return end < 0 ? at : end;
}

function reportGlued(scope: Scope, first: Word, last: Word): void {
  const span = { start: first.start, end: last.end };
  const message = `"${first.value}" is no condition: the braces are words of their own.`;
  scope.report('unknown-acl', span, message, 'Put spaces inside the braces: { fetch pattern … }.');
}

function anonymous(scope: Scope, brace: Word, inner: readonly Word[]): void {
  if (inner.length === 0) {
    return scope.report('condition', brace, 'The condition in braces is empty.', 'Write { fetch pattern… }.');
  }
  checkAcl(scope, inner);
}

function term(scope: Scope, word: Word, bangs: number, name: string): void {
  if (scope.acls.has(name)) scope.useAcl(name);
  else if (!PREDEFINED_ACLS.has(name)) reportUnknownAcl(scope, word, bangs);
}
