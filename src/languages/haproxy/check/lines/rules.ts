import { branchesWith, type KeywordTable } from '../../schema/keywords/tables';
import { checkVariable } from '../expressions/variables';
import type { Place } from '../expressions/uses';
import { actionParts, unlistedActions } from '../../schema/actions';
import type { Word } from '../../syntax/word';
import type { Span } from '../../../core/rules/rule';
import { checkExperimental } from '../experimental';
import { matchAll } from '../match';
import type { Matching } from '../matching';
import { behind, hasBackendSide, hasFrontendSide, within, type Scope } from '../scope';
import { compileSignature } from '../signature';
import { checkTime } from '../values/values';
import { checkCounter } from './counters';
import { checkReply } from './replies';

/** Checks `http-request`, `http-response`, `http-after-response`: an action, its arguments, a condition. */
export function checkHttpRules(scope: Scope, words: readonly Word[]): void {
  const ruleset = scope.statement.keyword.value;
  checkAction(scope, words, 0, ruleset, ruleset as Place);
}

/** Checks `tcp-request` and `tcp-response`: a rule set or inspect-delay first. */
export function checkTcpRules(scope: Scope, words: readonly Word[]): void {
  const keyword = scope.statement.keyword.value;
  const [which] = words;
  const sets = keyword === 'tcp-request' ? ['connection', 'session', 'content'] : ['content'];
  if (which === undefined) return missingWord(scope, words, `${sets.join(', ')} or inspect-delay`);
  if (which.dynamic) return;
  if (which.value === 'inspect-delay') {
    if (keyword === 'tcp-response' && !hasBackendSide(scope.kind)) return notInFrontend(scope, which);
    const delay = words[1];
    if (delay === undefined) return missingWord(scope, words, 'a duration');
    return checkTime(scope, delay);
  }
  if (!sets.includes(which.value)) {
    const message = `"${keyword}" does not know "${which.value}".`;
    return scope.report(
      'unknown-action',
      which,
      message,
      scope.suggest(which.value, [...sets, 'inspect-delay']),
    );
  }
  if (keyword === 'tcp-response' && !hasBackendSide(scope.kind)) {
    return notInFrontend(scope, which);
  }
  const front = which.value !== 'content';
  if (front && !hasFrontendSide(scope.kind)) {
    const message = `"${keyword} ${which.value}" is not allowed in a ${scope.kind}.`;
    return scope.report('not-in-section', which, message, 'Move it to a frontend or listen section.');
  }
  const ruleset = `${keyword} ${which.value}`;
  const action = words[1]?.value ?? '';
  if (action === 'switch-mode' && !hasFrontendSide(scope.kind)) {
    const message = `"${ruleset} switch-mode" is not allowed in a ${scope.kind}.`;
    return scope.report(
      'not-in-section',
      words[1] ?? which,
      message,
      'Move it to a frontend or listen section.',
    );
  }
  // HAProxy asks these only whether a request will have the data, whenever they run.
  const place = /^set-(src|dst)(-port)?$/.test(action) ? 'http-request' : (ruleset as Place);
  checkAction(scope, words, 1, ruleset, place);
}

function notInFrontend(scope: Scope, which: Word): void {
  const message = `"tcp-response ${which.value}" is not allowed in a ${scope.kind}.`;
  scope.report('not-in-section', which, message, 'Move it to a backend or listen section.');
}

function missingWord(scope: Scope, words: readonly Word[], what: string): void {
  const span = behind(words, words.length, scope.statement);
  scope.report('missing-argument', span, `"${scope.statement.keyword.value}" needs ${what}.`, `Add ${what}.`);
}

/** Name and parenthesis of an action: `set-var(txn.x)`. */
function splitAction(text: string): { name: string; inner: string | undefined; open: number } {
  const open = text.indexOf('(');
  if (open < 0) return { name: text, inner: undefined, open };
  return { name: text.slice(0, open), inner: text.slice(open + 1).replace(/\)[^)]*$/, ''), open };
}

function knows(table: KeywordTable, ruleset: string, name: string): boolean {
  const listed = table.actions.get(ruleset);
  const match = (known: string): boolean =>
    known.endsWith('*') ? name.replace(/^track-sc\d+$/, 'track-sc') === known.slice(0, -1) : known === name;
  if (listed?.has(name) === true || unlistedActions(ruleset).some(match)) return true;
  for (const known of listed ?? []) if (known.endsWith('*') && match(known)) return true;
  return false;
}

function checkAction(scope: Scope, words: readonly Word[], at: number, ruleset: string, place: Place): void {
  const word = words[at];
  if (word === undefined) return missingWord(scope, words, 'an action');
  if (word.dynamic) return;
  const { name, inner, open } = splitAction(word.value);
  if (!knows(scope.table, ruleset, word.value) && !knows(scope.table, ruleset, name)) {
    return reportUnknownAction(scope, word, ruleset, name);
  }
  if (!checkExperimental(scope, word, `action ${name}`)) return;
  if (inner !== undefined && !checkParenthesis(scope, word, name, inner, open)) return;
  if (inner === undefined && NEEDS_PARENTHESIS.has(name)) {
    return scope.report(
      'missing-argument',
      word,
      `"${name}" needs its argument in parentheses.`,
      `Write ${name}(…).`,
    );
  }
  const matching: Matching = { scope, words, place, subject: `${ruleset} ${name}` };
  if (name.startsWith('sc-') || name.startsWith('track-sc')) {
    if (!checkCounter(scope, word, name, inner, open)) return;
    if (/^sc-(set|add)-/.test(name)) return void matchAll(matching, COUNTER, at + 1);
  }
  if (matchAll(matching, actionParts(name), at + 1) === undefined) return;
  if (name === 'capture') checkCapture(scope, words, at + 1, ruleset);
  if (REPLIES.has(name)) checkReply(scope, words, at + 1);
  if (name === 'redirect') checkRedirect(scope, words, at + 1, word);
  if (name === 'use-service') checkService(scope, words[at + 1], ruleset);
  if (name === 'set-timeout') checkTimeoutSide(scope, words[at + 1]);
  if (name === 'set-retries' && scope.kind === 'defaults') {
    const message = '"set-retries" is not allowed in a defaults section.';
    scope.report('not-in-section', word, message, 'Move the rule to a backend or listen section.');
  }
}

const COUNTER = compileSignature('[ <expr-or-number> ] ?if');

/** Where a captured value is kept: http-response rules cannot make a place of their own. */
function checkCapture(scope: Scope, words: readonly Word[], start: number, ruleset: string): void {
  const places = ruleset === 'http-request' ? ['len', 'id'] : ruleset.startsWith('tcp') ? ['len'] : ['id'];
  if (words.some((word, at) => at >= start && (places.includes(word.value) || word.dynamic))) return;
  const span = words[start] ?? scope.statement.keyword;
  const message = `"capture" does not say where the value is kept.`;
  scope.report('missing-argument', span, message, `Add ${places.join(' or ')} and a number.`);
}

/** Exporters answer requests, which are not there yet in rules for bytes. */
function checkService(scope: Scope, service: Word | undefined, ruleset: string): void {
  if (service?.value !== 'prometheus-exporter' || ruleset === 'http-request') return;
  const message = `"${service.value}" cannot answer in "${ruleset}".`;
  scope.report('enumeration', service, message, 'Write "http-request use-service".');
}

/** Timeouts of servers are set where there are servers. */
function checkTimeoutSide(scope: Scope, timeout: Word | undefined): void {
  if (timeout === undefined || timeout.dynamic || scope.kind !== 'frontend') return;
  if (timeout.value !== 'server' && timeout.value !== 'tunnel') return;
  const message = `A frontend has no "timeout ${timeout.value}" to set.`;
  scope.report('not-in-section', timeout, message, 'Move the rule to a backend or listen section.');
}

/** Actions that answer the client. */
const REPLIES = new Set(['deny', 'return', 'tarpit']);

/** A redirect must say where to. */
export function checkRedirect(scope: Scope, words: readonly Word[], start: number, span: Span): void {
  const target = words.find((word, at) => at >= start && /^(location|prefix|scheme)$/.test(word.value));
  if (words.some(({ dynamic }) => dynamic)) return;
  if (target !== undefined) {
    if (target.value === 'location' || scope.statement.keyword.value === 'http-request') return;
    if (!scope.statement.keyword.value.startsWith('http-')) return;
    const message = `"${target.value}" is not for redirects in "${scope.statement.keyword.value}".`;
    return scope.report('enumeration', target, message, 'Write "location" and the whole address.');
  }
  const message = 'The redirect does not say where to.';
  scope.report('missing-argument', span, message, 'Add location, prefix or scheme and its value.');
}

const NEEDS_PARENTHESIS = new Set([
  'set-var',
  'set-var-fmt',
  'unset-var',
  'do-resolve',
  'set-map',
  'del-map',
  'add-acl',
  'del-acl',
]);

function checkParenthesis(scope: Scope, word: Word, name: string, inner: string, open: number): boolean {
  const span = within(word, open + 1, open + 1 + inner.length);
  if (!word.value.includes(')')) {
    scope.report(
      'expression',
      word,
      `The parenthesis of "${name}" is not closed.`,
      'Put ")" behind its argument.',
    );
    return false;
  }
  if (name === 'set-var' || name === 'set-var-fmt' || name === 'unset-var') {
    return checkVariable(scope, span, inner.split(',')[0] ?? '');
  }
  if (name === 'do-resolve') {
    const [variable = '', resolvers] = inner.split(',');
    if (!checkVariable(scope, span, variable)) return false;
    if (resolvers === undefined) {
      const message = '"do-resolve" needs the name of a resolvers section.';
      scope.report('missing-argument', span, message, 'Write do-resolve(<variable>,<resolvers>).');
      return false;
    }
    scope.refer({ kind: 'resolvers', name: resolvers, span, section: scope.section });
  }
  return true;
}

function reportUnknownAction(scope: Scope, word: Word, ruleset: string, name: string): void {
  if (scope.lua && name.startsWith('lua.')) return;
  const branches = branchesWith((table) => knows(table, ruleset, name));
  if (branches.length > 0) {
    const message = `HAProxy ${scope.version} does not know "${ruleset} ${name}".`;
    return scope.report('newer', word, message, `It exists in HAProxy ${branches.join(', ')}.`);
  }
  const remedy = scope.suggest(name, actionNames(scope.table, ruleset));
  scope.report(
    'unknown-action',
    word,
    name.startsWith('lua.')
      ? `"${name}" is known only after a lua-load.`
      : `"${ruleset}" has no action "${name}".`,
    remedy.startsWith('Use one') ? 'See its actions in the HAProxy manual.' : remedy,
  );
}

function* actionNames(table: KeywordTable, ruleset: string): Generator<string> {
  for (const action of table.actions.get(ruleset) ?? []) yield action.replace('*', '');
  for (const action of unlistedActions(ruleset)) yield action.replace('*', '');
}
