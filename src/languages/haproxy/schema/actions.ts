import { compileSignature, type Part } from '../check/signature';

export const REPLY =
  '{ deny_status <status-atol> / status <status> / content-type <text> / errorfiles <http-errors> / default-errorfiles / ' +
  'errorfile <text> / file <text> / string <text> / lf-file <text> / lf-string <fmt> / hdr <text> <fmt> }';

/** An older word for the status, before all others. */
const LEGACY_REPLY = `[ deny_status <status-atol> ] ${REPLY.replace('deny_status <status-atol> / ', '')}`;

export const REDIRECT =
  '{ location <fmt> / prefix <fmt> / scheme <fmt> / code <redirect-code> / drop-query / append-slash / ignore-empty / ' +
  'set-cookie <text> / set-cookie-fmt <fmt> / clear-cookie <text> / keep-query }';

/** Arguments of actions; what follows them in every rule is an optional condition. */
const SIGNATURES: Readonly<Record<string, string>> = {
  accept: '',
  'add-acl': '<fmt>',
  'add-header': '<text> <fmt>',
  allow: '',
  'attach-srv': '*',
  auth: '[ realm <text> ]',
  'cache-store': '<cache>',
  'cache-use': '<cache>',
  close: '',
  'del-acl': '<fmt>',
  'del-headers-bin': '<fmt> *',
  'del-header': '<text> [ -m str|beg|end|sub|reg ]',
  'del-map': '<fmt>',
  deny: LEGACY_REPLY,
  'disable-l7-retry': '',
  'do-log': '',
  'do-resolve': '<expr>',
  'early-hint': '<text> <fmt>',
  'expect-netscaler-cip': 'layer4',
  'expect-proxy': 'layer4',
  'normalize-uri':
    'path-merge-slashes|path-strip-dot|path-strip-dotdot|query-sort-by-name|percent-to-uppercase|percent-decode-unreserved|fragment-strip|fragment-encode [ full|strict ]',
  'ot-group': '<text> <text>',
  pause: '<expr-or-time>',
  redirect: REDIRECT,
  reject: '',
  'replace-header': '<text> <regex> <fmt>',
  'replace-path': '<regex> <fmt>',
  'replace-pathq': '<regex> <fmt>',
  'replace-uri': '<regex> <fmt>',
  'replace-value': '<text> <regex> <fmt>',
  return: REPLY,
  'sc-inc-gpc': '',
  'sc-inc-gpc0': '',
  'sc-inc-gpc1': '',
  'send-spoe-group': '<text> <text>',
  'set-bandwidth-limit': '<text> { limit <expr-or-size> / period <expr-or-time> }',
  'set-bc-mark': '<expr-or-mark>',
  'set-bc-tos': '<expr-or-mark>',
  'set-dst': '<expr>',
  'set-dst-port': '<expr>',
  'set-fc-mark': '<expr-or-mark>',
  'set-fc-tos': '<expr-or-mark>',
  'set-header': '<text> <fmt>',
  'set-log-level': '<log-level-or-silent>',
  'set-map': '<fmt> <fmt>',
  'set-mark': '<expr-or-mark>',
  'set-method': '<fmt>',
  'set-nice': '<atol>',
  'set-path': '<fmt>',
  'set-pathq': '<fmt>',
  'set-priority-class': '<expr>',
  'set-priority-offset': '<expr>',
  'set-query': '<fmt>',
  'set-retries': '<expr-or-mark>',
  'set-src': '<expr>',
  'set-src-port': '<expr>',
  'set-status': '<answer-status> [ reason <text> ]',
  'set-timeout': '<settable-timeout> <expr-or-time>',
  'set-tos': '<expr-or-mark>',
  'set-uri': '<fmt>',
  'set-var': '<expr>',
  'set-var-fmt': '<fmt>',
  'silent-drop': '[ rst-ttl <int> ]',
  'strict-mode': 'on|off',
  'switch-mode': 'http [ proto <text> ]',
  tarpit: LEGACY_REPLY,
  'unset-var': '',
  'use-service': '<service>',
  'wait-for-body': 'time <time> [ at-least <size> ]',
  'wait-for-handshake': '',
};

/** Actions of tcp rules that the keyword listing leaves out, by rule set. */
const UNLISTED: Readonly<Record<string, readonly string[]>> = {
  'tcp-request connection': ['accept', 'reject', 'expect-proxy', 'expect-netscaler-cip', 'track-sc*'],
  'tcp-request session': ['accept', 'reject', 'track-sc*'],
  'tcp-request content': ['accept', 'reject', 'capture', 'track-sc*'],
  'tcp-response content': ['accept', 'reject', 'close'],
};

const COMPILED: ReadonlyMap<string, readonly Part[]> = new Map(
  Object.entries(SIGNATURES).map(([name, text]) => [name, compileSignature(`${text} ?if`)]),
);

const TRACK = compileSignature('<expr> [ table <table> ] ?if');
const CAPTURE = compileSignature('<expr> [ len <int> ] [ id <int> ] ?if');
const ANYTHING = compileSignature('*');

/** Arguments of an action, without its parenthesis. */
export function actionParts(name: string): readonly Part[] {
  if (name.startsWith('track-sc')) return TRACK;
  if (name === 'capture') return CAPTURE;
  return COMPILED.get(name) ?? ANYTHING;
}

export function unlistedActions(ruleset: string): readonly string[] {
  return UNLISTED[ruleset] ?? [];
}

/** Every name a signature is known for, for tests and completion. */
export const ACTION_SIGNATURES: Readonly<Record<string, string>> = SIGNATURES;
