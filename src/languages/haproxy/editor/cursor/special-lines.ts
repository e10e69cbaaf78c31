import { compileSignature, type Part } from '../../check/signature';
import { OPTIONS } from '../../check/lines/options';
import { REDIRECT, actionParts } from '../../schema/actions';
import { BIND_VALUES, SERVER_VALUES } from '../../schema/parameters';
import type { Place } from '../../check/expressions/uses';
import type { ParameterLine } from './slot';
import { isCondition, STOP, type Walk } from './walk';

type Follow = (walk: Walk, at: number) => void;

const follow = (parts: readonly Part[], owner: string): Follow => {
  return (walk, at) => void walk.parts(parts, at, owner);
};

const CONNECT =
  '{ default / port <port> / addr <plain> / send-proxy / via-socks4 / ssl / sni <host> / alpn <text> / proto <text> / linger / comment <text> }';
const EXPECT_OPTIONS =
  '{ comment <text> / min-recv <int> / ok-status <status> / error-status <status> / tout-status <status> / on-success <fmt> / on-error <fmt> / status-code <text> }';
const HTTP_CHECKS = parts({
  comment: '<text>',
  connect: CONNECT,
  'disable-on-404': '',
  expect: `${EXPECT_OPTIONS} [ ! ] status|rstatus|string|rstring|string-lf|hdr|fhdr <pattern> *`,
  send: '{ meth <method> / uri <path> / uri-lf <fmt> / ver <http-version> / hdr <header> <fmt> / body <text> / body-lf <fmt> / comment <text> }',
  'send-state': '',
  'set-var': '<expr>',
  'set-var-fmt': '<fmt>',
  'unset-var': '',
});
const TCP_CHECKS = parts({
  comment: '<text>',
  connect: CONNECT,
  expect: `${EXPECT_OPTIONS} [ ! ] string|rstring|string-lf|binary|rbinary|binary-lf <pattern>`,
  send: '<text> [ comment <text> ]',
  'send-lf': '<fmt> [ comment <text> ]',
  'send-binary': '<hex> [ comment <text> ]',
  'send-binary-lf': '<fmt> [ comment <text> ]',
  'set-var': '<expr>',
  'set-var-fmt': '<fmt>',
  'unset-var': '',
});
const TABLE = compileSignature(
  '{ type ip|ipv6|integer|string|binary [ len <posint> ] / size <size> / expire <time> / nopurge / peers <peers> / ' +
    'store <store> / srvkey name|addr / write-to <table> / recv-only }',
);
const LOG = compileSignature(
  '<log-target> [ len <int> ] [ format <log-format-name> ] [ sample <text> ] [ profile <log-profile> ] <facility> [ <level> ] [ <level> ]',
);
const STATS_SOCKET = compileSignature('<bind>');
const REDIRECTION = compileSignature(`${REDIRECT} ?if`);
const SERVER = compileSignature('<address>');
const TEMPLATE = compileSignature('<prefix> <count> <address>');
const TIME = compileSignature('<time>');
const USER = compileSignature('{ password <text> / insecure-password <text> / groups <groups> }');
const GROUP = compileSignature('{ users <users> }');
const PEER = compileSignature('<peer>');
const FILTERS = compileSignature('<filter>');
const FILTER_ARGUMENTS = parts({
  cache: '<cache>',
  'fcgi-app': '<fcgi-app>',
  spoe: '{ engine <text> / config <file> }',
});
const TRACKED = /^sc-(set|add)-/;
const TRACKED_VALUE = compileSignature('<expr-or-number> ?if');

/** Lines whose arguments need more than a signature. Keys of other sections begin with the section's kind. */
export const SPECIAL_LINES: ReadonlyMap<string, Follow> = new Map<string, Follow>([
  ['acl', acl],
  ['fcgi-app acl', acl],
  ['bind', bind],
  ['peers bind', bind],
  ['log-forward bind', bind],
  ['server', server],
  ['ring server', server],
  ['peers server', peer],
  ['peers peer', peer],
  ['default-server', (walk, at) => parameters(walk, at, 'server')],
  ['peers default-server', (walk, at) => parameters(walk, at, 'server')],
  ['server-template', serverTemplate],
  ['option', option],
  ['log', log],
  ['global log', log],
  ['peers log', log],
  ['log-forward log', log],
  ['http-request', (walk, at) => action(walk, at, 'http-request')],
  ['http-response', (walk, at) => action(walk, at, 'http-response')],
  ['http-after-response', (walk, at) => action(walk, at, 'http-after-response')],
  ['tcp-request', (walk, at) => tcpRules(walk, at, 'tcp-request', ['connection', 'session', 'content'])],
  ['tcp-response', (walk, at) => tcpRules(walk, at, 'tcp-response', ['content'])],
  ['stick-table', follow(TABLE, 'stick-table')],
  ['peers table', (walk, at) => defined(walk, at, 'table', TABLE)],
  ['http-check', (walk, at) => commands(walk, at, 'http-check', HTTP_CHECKS)],
  ['tcp-check', (walk, at) => commands(walk, at, 'tcp-check', TCP_CHECKS)],
  ['redirect', follow(REDIRECTION, 'redirect')],
  ['filter', filter],
  ['global stats', globalStats],
  ['resolvers nameserver', (walk, at) => defined(walk, at, 'nameserver', PEER)],
  ['mailers mailer', (walk, at) => defined(walk, at, 'mailer', PEER)],
  ['userlist user', (walk, at) => defined(walk, at, 'user', USER)],
  ['userlist group', (walk, at) => defined(walk, at, 'group', GROUP)],
]);

function parts(texts: Readonly<Record<string, string>>): ReadonlyMap<string, readonly Part[]> {
  return new Map(Object.entries(texts).map(([name, text]) => [name, compileSignature(text)]));
}

function defined(
  walk: Walk,
  at: number,
  of: 'peer' | 'user' | 'group' | 'table' | 'nameserver' | 'mailer',
  rest: readonly Part[],
): number {
  walk.offer(at, { kind: 'definition', of });
  return walk.words.length > at ? walk.parts(rest, at + 1, of) : STOP;
}

function acl(walk: Walk, at: number): void {
  walk.offer(at, { kind: 'definition', of: 'acl' });
  if (walk.words.length > at) walk.acl(at + 1, walk.words.length);
}

function bind(walk: Walk, at: number): void {
  const next = walk.parts(STATS_SOCKET, at, 'bind');
  if (next !== STOP) parameters(walk, next, 'bind');
}

function server(walk: Walk, at: number): void {
  walk.offer(at, { kind: 'definition', of: 'server' });
  const next = walk.words.length > at ? walk.parts(SERVER, at + 1, 'server') : STOP;
  if (next !== STOP) parameters(walk, next, 'server');
}

function peer(walk: Walk, at: number): void {
  const next = defined(walk, at, 'peer', PEER);
  if (next !== STOP) parameters(walk, next, 'server');
}

function serverTemplate(walk: Walk, at: number): void {
  const next = walk.parts(TEMPLATE, at, 'server-template');
  if (next !== STOP) parameters(walk, next, 'server');
}

/** Parameters of a bind or server line with their values. */
function parameters(walk: Walk, start: number, line: ParameterLine): void {
  const counts = line === 'bind' ? walk.table.bind : walk.table.server;
  const types = line === 'bind' ? BIND_VALUES : SERVER_VALUES;
  let at = start;
  while (at <= walk.words.length) {
    walk.offer(at, { kind: 'parameter', line });
    const name = walk.value(at);
    if (name === undefined) return;
    const count = name === 'ssl' ? 0 : Math.abs(counts.get(name.replace(/\(.*$/s, '')) ?? 0);
    const type = name === 'track' ? 'track' : (types[name] ?? (name === 'sni' ? 'expr' : 'text'));
    if (count > 0) {
      if (type === 'expr') walk.offer(at + 1, { kind: 'expression', acl: false, place: undefined });
      else walk.offer(at + 1, { kind: 'value', type, label: name, owner: name });
    }
    at += 1 + count;
    // `source` takes words of its own.
    while (name === 'source' && ['usesrc', 'interface'].includes(walk.value(at) ?? '')) at += 2;
  }
}

function option(walk: Walk, at: number): void {
  walk.offer(at, { kind: 'option' });
  const name = walk.value(at) ?? '';
  if (name === 'httpchk') walk.parts(HTTPCHK, at + 1, 'option httpchk');
  else walk.parts(OPTIONS.get(name)?.parts ?? [], at + 1, `option ${name}`);
}

const HTTPCHK = compileSignature('[ <method-or-path> ] [ <path> ] [ <http-version> ]');

function log(walk: Walk, at: number): void {
  if (walk.value(at) === 'global' && walk.words.length === at + 1) {
    walk.offer(at, { kind: 'value', type: 'log-target', label: 'target', owner: 'log' });
  } else walk.parts(LOG, at, 'log');
}

function globalStats(walk: Walk, at: number): void {
  walk.offer(at, { kind: 'words', words: ['socket', 'timeout', 'maxconn'], owner: 'stats' });
  if (walk.value(at) === 'socket') bind(walk, at + 1);
  else if (walk.value(at) === 'timeout') walk.parts(TIME, at + 1, 'stats timeout');
}

function filter(walk: Walk, at: number): void {
  if (walk.parts(FILTERS, at, 'filter') === STOP) return;
  const name = walk.value(at) ?? '';
  walk.parts(FILTER_ARGUMENTS.get(name) ?? [], at + 1, `filter ${name}`);
}

function commands(walk: Walk, at: number, owner: string, known: ReadonlyMap<string, readonly Part[]>): void {
  walk.offer(at, { kind: 'words', words: [...known.keys()], owner });
  const name = (walk.value(at) ?? '').replace(/\(.*$/s, '');
  walk.parts(known.get(name) ?? [], at + 1, `${owner} ${name}`);
}

function tcpRules(walk: Walk, at: number, owner: string, sets: readonly string[]): void {
  walk.offer(at, { kind: 'words', words: [...sets, 'inspect-delay'], owner });
  const set = walk.value(at);
  if (set === 'inspect-delay') walk.parts(TIME, at + 1, `${owner} inspect-delay`);
  else if (set !== undefined && sets.includes(set)) action(walk, at + 1, `${owner} ${set}`);
}

/** An action, its arguments, a condition. */
function action(walk: Walk, at: number, ruleset: string): void {
  walk.offer(at, { kind: 'action', ruleset });
  const word = walk.value(at);
  if (word === undefined || isCondition(walk.words[at])) return;
  const name = word.replace(/\(.*$/s, '');
  const signature = TRACKED.test(name) ? TRACKED_VALUE : actionParts(name);
  walk.parts(signature, at + 1, `${ruleset} ${name}`, ruleset as Place);
}
