import {
  EXPECT_OPTIONS,
  HTTP_EXPECTATIONS,
  HTTP_STEPS,
  TCP_EXPECTATIONS,
  TCP_STEPS,
} from '../../schema/health-checks';
import type { Word } from '../../syntax/word';
import { matchAll } from '../match';
import type { Matching } from '../matching';
import { behind, type Scope } from '../scope';
import { compileSignature, type Part } from '../signature';
import { checkValue } from '../values/value-types';
import { checkExpectedHeader } from './expected-header';
import { checkVariableStep } from './variable-step';

type Steps = ReadonlyMap<string, readonly Part[]>;

function compileAll(steps: Readonly<Record<string, string>>): Steps {
  return new Map(Object.entries(steps).map(([name, text]) => [name, compileSignature(text)]));
}

const TCP = compileAll(TCP_STEPS);
const HTTP = compileAll(HTTP_STEPS);

/** `http-check connect|send|expect …`. */
export function checkHttpCheck(scope: Scope, words: readonly Word[]): void {
  if (words.length === 0) return reportNoStep(scope, words);
  checkStep(scope, words, HTTP, HTTP_EXPECTATIONS);
}

function reportNoStep(scope: Scope, words: readonly Word[]): void {
  const span = behind(words, 0, scope.statement);
  const message = `"${scope.statement.keyword.value}" needs a command.`;
  scope.report('missing-argument', span, message, 'Add connect, send or expect.');
}

/** `tcp-check connect|send|expect …`. */
export function checkTcpCheck(scope: Scope, words: readonly Word[]): void {
  if (words.length === 0) return reportNoStep(scope, words);
  checkStep(scope, words, TCP, TCP_EXPECTATIONS);
}

function checkStep(
  scope: Scope,
  words: readonly Word[],
  steps: Steps,
  expectations: Readonly<Record<string, string>>,
): void {
  const [which] = words;
  if (which === undefined || which.dynamic) return;
  const keyword = scope.statement.keyword.value;
  const matching: Matching = {
    scope,
    words,
    place: 'health-check',
    subject: `${keyword} ${which.value}`,
  };
  const parts = steps.get(which.value);
  if (parts !== undefined) return void matchAll(matching, parts, 1);
  if (which.value === 'expect') return checkExpect(matching, expectations);
  if (checkVariableStep(matching, which)) return;
  const remedy = scope.suggest(which.value, ['expect', ...steps.keys(), 'set-var', 'unset-var']);
  scope.report('enumeration', which, `"${keyword}" does not know "${which.value}".`, remedy);
}

/** Options and one way to match with its pattern, in any order; `!` before the way turns it round. */
function checkExpect(matching: Matching, expectations: Readonly<Record<string, string>>): void {
  const { scope, words } = matching;
  if (words.some((word) => word.dynamic)) return;
  let found = false;
  for (let at = 1; at < words.length;) {
    const word = words[at];
    const bangs = /^!*/.exec(word?.value ?? '')?.[0].length ?? 0;
    const name = word?.value.slice(bangs) ?? '';
    if (word === undefined) return;
    if (name === '') at += 1;
    else if (EXPECT_OPTIONS[name] !== undefined && bangs === 0) {
      const next = checkOption(matching, at, name);
      if (next === undefined) return;
      at = next;
    } else {
      const next = checkMatch(matching, at, name, found, expectations);
      if (next === undefined) return;
      found = true;
      at = next;
    }
  }
  if (found) return;
  const message = '"expect" needs a way to match.';
  const remedy = `Add one of: ${Object.keys(expectations).join(', ')}.`;
  if (words.length === 1)
    scope.report('missing-argument', behind(words, 1, scope.statement), message, remedy);
}

/** Returns where the next word stands, undefined after a fault. */
function checkOption(matching: Matching, at: number, name: string): number | undefined {
  const { scope, words } = matching;
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
  const allowed = EXPECT_OPTIONS[name];
  if (typeof allowed === 'string') {
    checkValue(matching, allowed, at + 1);
    return at + 2;
  }
  if (allowed?.includes(value.value.toUpperCase()) === true) return at + 2;
  const message = `"${name}" does not know "${value.value}".`;
  scope.report('enumeration', value, message, `Use one of: ${allowed?.join(', ') ?? ''}.`);
  return undefined;
}

function checkMatch(
  matching: Matching,
  at: number,
  name: string,
  second: boolean,
  expectations: Readonly<Record<string, string>>,
): number | undefined {
  const { scope, words } = matching;
  const word = words[at] ?? scope.statement.keyword;
  const type = expectations[name];
  if (type === undefined) {
    const message = `"expect" does not know "${word.value}".`;
    scope.report(
      'enumeration',
      word,
      message,
      scope.suggest(name, [...Object.keys(expectations), ...Object.keys(EXPECT_OPTIONS)]),
    );
    return undefined;
  }
  if (second) {
    scope.report('extra-argument', word, '"expect" takes one way to match.', 'Write another "expect" line.');
    return undefined;
  }
  if (type === '') return at + 1;
  if (type === 'header') return checkExpectedHeader(matching, at);
  if (words[at + 1] === undefined) {
    scope.report('missing-argument', word, `"expect ${name}" needs a pattern.`, 'Write what is expected.');
    return undefined;
  }
  return checkValue(matching, type, at + 1);
}
