import { checkAcl } from '../expressions/acl';
import type { Place } from '../expressions/uses';
import type { Word } from '../../syntax/word';
import { checkAddress, checkBindAddress, PEER } from '../values/addresses';
import { REDIRECT, REPLY } from '../../schema/actions';
import { GLOBAL_KEYWORDS } from '../../schema/global';
import { matchAll } from '../match';
import { behind, isProxy, type Scope } from '../scope';
import { compileSignature } from '../signature';
import { checkName } from '../values/values';
import { checkCertificateUse, checkLoad } from './crt-store';
import { checkBalance } from './balance';
import { checkBindTogether } from './together';
import { checkCookie, checkRetryOn } from './exclusive';
import { checkHttpCheck, checkTcpCheck } from './health-checks';
import { checkLogStep } from './log-profile';
import { checkTrace } from './traces';
import { checkLog } from './logging';
import { checkOption } from './options';
import { checkBindParameters, checkServer, checkServerParameters, checkServerTemplate } from './parameters';
import { checkReply } from './replies';
import { checkHttpRules, checkRedirect, checkTcpRules } from './rules';
import { checkFcgiOption, checkLogForwardOption, checkRingTimeout } from './small-sections';
import { checkSentName } from './sent-name';
import { checkTlsOptions } from './tls-options';
import { checkPeersTable, checkStickTable } from './stick-table';

type Check = (scope: Scope, words: readonly Word[]) => void;

/** Lines whose arguments need more than a signature. Keys of other sections begin with the section's kind. */
export const SPECIAL: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['acl', checkAclLine],
  ['balance', checkBalance],
  ['bind', checkBind],
  ['cookie', checkCookie],
  ['retry-on', checkRetryOn],
  ['server', (scope, words) => checkServer(matching(scope, words))],
  ['default-server', (scope, words) => checkServerParameters(matching(scope, words), 0)],
  ['server-template', (scope, words) => checkServerTemplate(matching(scope, words))],
  ['option', checkOption],
  ['log', checkLog],
  ['http-request', checkHttpRules],
  ['http-response', checkHttpRules],
  ['http-after-response', checkHttpRules],
  ['tcp-request', checkTcpRules],
  ['tcp-response', checkTcpRules],
  ['stick-table', checkStickTable],
  ['redirect', checkRedirectLine],
  ['http-error', checkHttpError],
  ['http-check', checkHttpCheck],
  ['http-send-name-header', checkSentName],
  ['tcp-check', checkTcpCheck],
  ['global log', checkLog],
  ['global stats', checkStatsSocket],
  ['global ssl-load-extra-files', checkExtraFiles],
  ['global ssl-default-bind-options', checkTlsOptions],
  ['global ssl-default-server-options', checkTlsOptions],
  ['peers peer', checkPeer],
  ['peers bind', checkBind],
  ['peers log', checkLog],
  ['peers table', checkPeersTable],
  ['peers server', checkPeer],
  ['peers default-server', (scope, words) => checkServerParameters(matching(scope, words), 0)],
  ['ring timeout', checkRingTimeout],
  ['ring server', (scope, words) => checkServer(matching(scope, words))],
  ['log-forward bind', checkBind],
  ['log-forward log', checkLog],
  ['log-forward option', checkLogForwardOption],
  ['fcgi-app log-stderr', checkLog],
  ['fcgi-app option', checkFcgiOption],
  ['ssl-f-use', checkCertificateUse],
  ['crt-store load', checkLoad],
  ['traces trace', checkTrace],
  ['log-profile on', checkLogStep],
]);

/** Where the expressions of a line are evaluated. */
export const PLACES: ReadonlyMap<string, Place> = new Map<string, Place>([
  ['use_backend', 'use_backend'],
  ['use-server', 'use-server'],
  ['stick match', 'use-server'],
  ['stick on', 'use-server'],
  ['stick store-request', 'use-server'],
  ['stick store-response', 'store-response'],
]);

const matching = (
  scope: Scope,
  words: readonly Word[],
): { scope: Scope; words: readonly Word[]; place: undefined; subject: string } => ({
  scope,
  words,
  place: undefined,
  subject: scope.statement.keyword.value,
});

function checkAclLine(scope: Scope, words: readonly Word[]): void {
  const [name, subject] = words;
  if (name === undefined || subject === undefined) {
    if (words.some((word) => word.dynamic)) return;
    const span = behind(words, words.length, scope.statement);
    return scope.report(
      'missing-argument',
      span,
      '"acl" needs a name and an expression.',
      'Write acl <name> <fetch> <pattern>.',
    );
  }
  if (!checkName(scope, name, 'an ACL')) return;
  if (name.value.toLowerCase() === 'or') {
    return scope.report(
      'name',
      name,
      '"or" joins conditions and cannot name an ACL.',
      'Choose another name.',
    );
  }
  const compared = words.slice(1);
  scope.unlessSilent(compared, 'acl', () => checkAcl(scope, compared));
}

function checkBind(scope: Scope, words: readonly Word[]): void {
  const [address] = words;
  if (address === undefined) {
    const span = behind(words, 0, scope.statement);
    // Elsewhere HAProxy takes it for a line that listens nowhere.
    const severity = isProxy(scope.kind) ? 'error' : 'warning';
    const remedy = 'Write bind <address>:<port>.';
    return scope.report('missing-argument', span, '"bind" needs an address.', remedy, { severity });
  }
  checkBindAddress(scope, address);
  checkBindParameters(matching(scope, words), 1);
  checkBindTogether(scope, words);
}

/** `stats socket <path or address:port> …` takes the parameters of a bind line. */
function checkStatsSocket(scope: Scope, words: readonly Word[]): void {
  const address = words[1];
  if (address === undefined) {
    const span = behind(words, 1, scope.statement);
    return scope.report(
      'missing-argument',
      span,
      '"stats socket" needs a path or an address.',
      'Write stats socket <path>.',
    );
  }
  checkBindAddress(scope, address);
  checkBindParameters(matching(scope, words), 2);
}

/** `ssl-load-extra-files`: kinds of files, or one word for all or none of them. */
function checkExtraFiles(scope: Scope, words: readonly Word[]): void {
  const parts = GLOBAL_KEYWORDS.get(scope.statement.keyword.value)?.parts ?? [];
  const single = words.find(({ value }) => value === 'none' || value === 'all');
  if (single === undefined || words.length === 1) return void matchAll(matching(scope, words), parts, 0);
  if (words.some(({ dynamic }) => dynamic)) return;
  const message = `"${single.value}" is allowed alone only: HAProxy refuses other words beside it.`;
  scope.report('extra-argument', single, message, 'Name the kinds of files, or write "all" or "none" alone.');
}

const REDIRECT_PARTS = compileSignature(`${REDIRECT} ?if`);
const ERROR_PARTS = compileSignature(REPLY.replace('status <status>', 'status <error-status>'));

function checkRedirectLine(scope: Scope, words: readonly Word[]): void {
  if (matchAll(matching(scope, words), REDIRECT_PARTS, 0) === undefined) return;
  checkRedirect(scope, words, 0, scope.statement.keyword);
}

/** `http-error status <code> …`: an answer of its own for one of HAProxy's errors. */
function checkHttpError(scope: Scope, words: readonly Word[]): void {
  if (matchAll(matching(scope, words), ERROR_PARTS, 0) === undefined) return;
  const status = words.some((word) => word.value === 'status' || word.dynamic);
  if (status) return checkReply(scope, words, 0);
  const span = behind(words, words.length, scope.statement);
  scope.report(
    'missing-argument',
    span,
    '"http-error" needs the status it answers for.',
    'Add status <code>.',
  );
}

function checkPeer(scope: Scope, words: readonly Word[]): void {
  const [name, address] = words;
  // HAProxy takes a line without a name for a name to come.
  if (name === undefined) return;
  checkName(scope, name, 'a peer');
  if (address === undefined || address.dynamic) return;
  checkAddress(scope, address, PEER);
  checkServerParameters(matching(scope, words), 2);
}
