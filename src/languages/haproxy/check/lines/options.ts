import { branchesWith, type KeywordTable } from '../../schema/keywords/tables';
import { DEPRECATED, REMOVED_OPTIONS } from '../../schema/removed';
import type { Word } from '../../syntax/word';
import { atLeast } from '../../schema/version';
import { matchAll } from '../match';
import { behind, hasBackendSide, hasFrontendSide, type Scope } from '../scope';
import { compileSignature, type Part } from '../signature';

export interface OptionRule {
  readonly side: 'front' | 'back' | 'both';
  readonly negatable: boolean;
  readonly parts: readonly Part[];
  /** True where HAProxy does not start with it on the other side. */
  readonly strict?: true;
  /** First branch that knows it, when not all do. */
  readonly since?: string;
}

const option = (side: OptionRule['side'], signature: string, negatable = false): OptionRule => ({
  side,
  negatable,
  parts: compileSignature(signature),
});

const FORWARDED =
  '{ proto / host / host-expr <expr> / by / by-expr <expr> / by_port / by_port-expr <expr> / for / for-expr <expr> / ' +
  'for_port / for_port-expr <expr> }';

/** Options with arguments or rules of their own; the others come from the listing. */
export const OPTIONS: ReadonlyMap<string, OptionRule> = new Map([
  ['external-check', option('back', '')],
  ['accept-invalid-http-request', { ...option('front', ''), since: '3.2' }],
  ['accept-invalid-http-response', { ...option('back', ''), since: '3.2' }],
  ['assume-rfc6587-ntf', { ...option('front', '*', true), since: '3.2', strict: true }],
  ['dont-parse-log', { ...option('front', '*', true), since: '3.2', strict: true }],
  ['forwarded', { ...option('both', FORWARDED, true), since: '3.0' }],
  ['forwardfor', option('both', '{ except <network> / header <text> / if-none }')],
  ['http-keep-alive', option('both', '', true)],
  ['http-restrict-req-hdr-names', option('both', 'preserve|reject|delete')],
  ['http-server-close', option('both', '', true)],
  ['httpchk', option('back', '*')],
  ['httpclose', option('both', '', true)],
  ['httplog', option('both', '[ clf ]')],
  ['httpslog', option('both', '*')],
  ['ldap-check', option('back', '')],
  ['mysql-check', option('back', '[ user <text> [ post-41|pre-41 ] ]')],
  ['originalto', option('both', '{ except <network> / header <text> }')],
  ['pgsql-check', option('back', 'user <text>')],
  ['redis-check', option('back', '')],
  ['redispatch', option('back', '[ <atol> ] *', true)],
  ['smtpchk', option('back', '[ <text> ] [ <text> ]')],
  ['spop-check', option('back', '')],
  ['ssl-hello-chk', option('back', '')],
  ['tcp-check', option('back', '')],
  ['tcpka', option('both', '')],
  ['tcplog', option('both', '[ clf ]')],
]);

/** Checks `option <name> …`. */
export function checkOption(scope: Scope, words: readonly Word[]): void {
  const [name] = words;
  if (name === undefined) {
    return scope.report(
      'missing-argument',
      behind(words, 0, scope.statement),
      '"option" needs a name.',
      'Name the option.',
    );
  }
  if (name.dynamic) return;
  const flags = scope.table.options.get(name.value);
  const special = OPTIONS.get(name.value);
  const usable = special?.since === undefined || atLeast(scope.version, special.since);
  const rule = (usable ? special : undefined) ?? listed(flags);
  if (rule === undefined) return reportUnknown(scope, name);
  if (scope.statement.modifier !== undefined && !rule.negatable) {
    const message = `"option ${name.value}" cannot be negated.`;
    return scope.report('modifier', scope.statement.modifier, message, 'Remove the line instead.');
  }
  reportDeprecated(scope, name);
  const { kind } = scope;
  if ((rule.side === 'front' && !hasFrontendSide(kind)) || (rule.side === 'back' && !hasBackendSide(kind))) {
    const remedy = `Move it to a ${kind === 'frontend' ? 'backend' : 'frontend'}.`;
    // Releases of 3.2 and 3.4 print the warning and then stop for an unknown option.
    const refused =
      rule.strict === true || (flags !== undefined && special === undefined && atLeast(scope.version, '3.2'));
    if (!refused) {
      const message = `"option ${name.value}" is ignored in a ${kind}.`;
      return scope.report('ignored-in-section', name, message, remedy);
    }
    const message = `"option ${name.value}" is not for a ${kind}, and HAProxy ${scope.version} does not start with it.`;
    return scope.report('not-in-section', name, message, remedy);
  }
  if (name.value === 'httpchk') checkHttpchk(scope, words);
  const parts = name.value === 'tcplog' && !atLeast(scope.version, '3.2') ? [] : rule.parts;
  matchAll({ scope, words, place: undefined, subject: `option ${name.value}` }, parts, 1);
}

function listed(flags: ReadonlySet<string> | undefined): OptionRule | undefined {
  if (flags === undefined) return undefined;
  const side = flags.has('FE') ? (flags.has('BE') ? 'both' : 'front') : 'back';
  return option(side, '', true);
}

function reportUnknown(scope: Scope, name: Word): void {
  const removed = REMOVED_OPTIONS.get(name.value);
  if (removed !== undefined) {
    const { replacement } = removed;
    const message = `"option ${name.value}" was removed in HAProxy ${removed.since}.`;
    const edits = [{ start: name.start, end: name.end, newText: replacement ?? '' }];
    const fix = replacement === undefined ? {} : { fix: { title: `Write ${replacement}`, edits } };
    return scope.report('removed', name, message, removed.remedy, fix);
  }
  const { since } = OPTIONS.get(name.value) ?? {};
  if (since !== undefined) {
    const message = `HAProxy ${scope.version} does not know "option ${name.value}".`;
    return scope.report('newer', name, message, `It exists since HAProxy ${since}.`);
  }
  const branches = branchesWith((table) => table.options.has(name.value));
  if (branches.length > 0) {
    const message = `HAProxy ${scope.version} does not know "option ${name.value}".`;
    return scope.report('newer', name, message, `It exists in HAProxy ${branches.join(', ')}.`);
  }
  const remedy = scope.suggest(name.value, namesOf(scope.table));
  const manual = 'See the options in the HAProxy manual.';
  scope.report(
    'unknown-option',
    name,
    `Unknown option "${name.value}".`,
    remedy.startsWith('Use one') ? manual : remedy,
  );
}

function* namesOf(table: KeywordTable): Generator<string> {
  yield* table.options.keys();
  yield* OPTIONS.keys();
}

function reportDeprecated(scope: Scope, name: Word): void {
  const entry = DEPRECATED.get(`option ${name.value}`);
  if (entry === undefined || !atLeast(scope.version, entry.since)) return;
  scope.report('deprecated', name, `"option ${name.value}" is deprecated.`, entry.remedy);
}

/** Headers hidden behind the version string: a warning in 2.6, refused from 3.0 on. */
function checkHttpchk(scope: Scope, words: readonly Word[]): void {
  const extra = words[atLeast(scope.version, '3.2') ? 5 : 4];
  if (extra !== undefined && !words.some(({ dynamic }) => dynamic)) {
    const message = `"option httpchk" does not take "${extra.value}" here.`;
    return scope.report('extra-argument', extra, message, 'Write option httpchk <method> <uri> <version>.');
  }
  const hidden = words[3];
  if (hidden === undefined || hidden.dynamic || !/[\r\n]/.test(hidden.value)) return;
  const message = 'Headers behind the version of "option httpchk" are not supported any more.';
  const remedy = 'Write "http-check send hdr Host <name>" on a line of its own.';
  const severity = atLeast(scope.version, '3.0') ? 'error' : 'warning';
  scope.report('removed', hidden, message, remedy, { severity });
}
