import { matchAll } from '../match';
import type { Matching } from '../matching';
import { behind, type Scope } from '../scope';
import { compileSignature } from '../signature';
import type { Word } from '../../syntax/word';
import { suggestion } from '../../../../cluster/did-you-mean';
import { checkRegex } from '../values';

const CONNECT = compileSignature(
  '{ default / port <text> / addr <plain> / send-proxy / via-socks4 / ssl / sni <text> / alpn <text> / proto <text> / linger / comment <text> }',
);
const SEND = compileSignature(
  '{ meth <text> / uri <text> / uri-lf <fmt> / ver <text> / hdr <text> <fmt> / body <text> / body-lf <fmt> / comment <text> }',
);
const COMMENT = compileSignature('<text> *');
const EXPECT_OPTIONS = new Set([
  'comment',
  'min-recv',
  'ok-status',
  'error-status',
  'tout-status',
  'on-success',
  'on-error',
  'status-code',
]);
const HTTP_MATCHES = ['status', 'rstatus', 'string', 'rstring', 'string-lf', 'hdr', 'fhdr'];
const TCP_MATCHES = ['string', 'rstring', 'string-lf', 'binary', 'rbinary', 'binary-lf'];
const TCP_COMMANDS: Readonly<Record<string, string>> = {
  comment: '<text>',
  send: '<text> [ comment <text> ]',
  'send-lf': '<fmt> [ comment <text> ]',
  'send-binary': '<text> [ comment <text> ]',
  'send-binary-lf': '<fmt> [ comment <text> ]',
};
const COMPILED = new Map(Object.entries(TCP_COMMANDS).map(([name, text]) => [name, compileSignature(text)]));

/** `http-check connect|send|expect …`; the name itself has been checked. */
export function checkHttpCheck(scope: Scope, words: readonly Word[]): void {
  const which = words[0]?.value;
  const matching: Matching = { scope, words, place: undefined, subject: `http-check ${which ?? ''}` };
  if (which === 'send') matchAll(matching, SEND, 1);
  else if (which === 'comment') matchAll(matching, COMMENT, 1);
  else if (which === 'connect') matchAll(matching, CONNECT, 1);
  else if (which === 'expect') checkExpect(scope, words, HTTP_MATCHES);
}

/** `tcp-check connect|send|expect …`. */
export function checkTcpCheck(scope: Scope, words: readonly Word[]): void {
  const [which] = words;
  if (which === undefined) {
    const span = behind(words, 0, scope.statement);
    return scope.report(
      'missing-argument',
      span,
      '"tcp-check" needs a command.',
      'Add connect, send or expect.',
    );
  }
  if (which.dynamic) return;
  const matching: Matching = { scope, words, place: undefined, subject: `tcp-check ${which.value}` };
  const parts = COMPILED.get(which.value);
  if (which.value === 'connect') matchAll(matching, CONNECT, 1);
  else if (which.value === 'expect') checkExpect(scope, words, TCP_MATCHES);
  else if (parts !== undefined) matchAll(matching, parts, 1);
  else if (!/^(un)?set-var(-fmt)?\(/.test(which.value)) {
    const known = ['connect', 'expect', ...COMPILED.keys()];
    const remedy = suggestion(which.value, known);
    scope.report('enumeration', which, `"tcp-check" does not know "${which.value}".`, remedy);
  }
}

/** Options, an optional `!`, a way to match, and its pattern. */
function checkExpect(scope: Scope, words: readonly Word[], matches: readonly string[]): void {
  let at = 1;
  while (EXPECT_OPTIONS.has(words[at]?.value ?? '')) at += 2;
  while (words[at]?.value === '!') at += 1;
  const match = words[at];
  const pattern = words[at + 1];
  if (words.some((word) => word.dynamic)) return;
  if (match === undefined) {
    const span = behind(words, at, scope.statement);
    return scope.report(
      'missing-argument',
      span,
      '"expect" needs a way to match.',
      `Add one of: ${matches.join(', ')}.`,
    );
  }
  const name = match.value.replace(/^!/, '');
  if (!matches.includes(name)) {
    return scope.report(
      'enumeration',
      match,
      `"expect" does not know "${match.value}".`,
      suggestion(name, matches),
    );
  }
  if (pattern === undefined) {
    return scope.report(
      'missing-argument',
      match,
      `"expect ${name}" needs a pattern.`,
      'Write what is expected.',
    );
  }
  if (name === 'rstring' || name === 'rstatus') checkRegex(scope, pattern);
}
