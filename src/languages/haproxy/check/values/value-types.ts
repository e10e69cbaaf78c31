import { atLeast } from '../../schema/version';
import { checkLogFormat } from '../expressions/log-format';
import { checkSample } from '../expressions/sample';
import { identifier, wordSource } from '../expressions/source';
import { checkVariable } from '../expressions/variables';
import { checkUse } from '../expressions/uses';
import { LOG_STEPS } from '../../schema/log-steps';
import { ERROR_STATUSES } from '../../schema/statuses';
import type { Word } from '../../syntax/word';
import { checkAddress, checkBindAddress, CHECK, PEER, PLAIN, SERVER, SOURCE } from './addresses';
import { checkGlobalSize, GLOBAL_TYPES, notZero } from './global-types';
import type { Matching } from '../matching';
import { PARAMETER_TYPES } from './parameter-types';
import { checkCut, readAsNumber } from './read-number';
import { hasFrontendSide, type Scope } from '../scope';
import { checkInteger, checkName, checkRegex, checkSize, checkTime, leadingInteger } from './values';

type Check = (scope: Scope, word: Word, matching: Matching) => void;

const section =
  (kind: Parameters<Scope['refer']>[0]['kind']): Check =>
  (scope, word) => {
    if (!word.dynamic && !forNobody(scope))
      scope.refer({ kind, name: word.value, span: word, section: scope.section });
  };

/** What "default-server" names is looked for when a server takes it over. */
function forNobody({ section, statement: { keyword } }: Scope): boolean {
  if (keyword.value !== 'default-server' || section.kind === 'defaults') return false;
  return !section.statements.some(
    (other) => other.keyword.start > keyword.start && /^server(-template)?$/.test(other.keyword.value),
  );
}

/** Syslog facilities. */
const FACILITIES =
  'kern user mail daemon auth syslog lpr news uucp cron auth2 ftp ntp audit alert cron2 local0 local1 local2 local3 local4 local5 local6 local7'.split(
    ' ',
  );
const LEVELS = 'emerg alert crit err warning notice info debug'.split(' ');

function oneOf(allowed: readonly string[]): Check {
  return (scope, word, matching) => checkOneOf(scope, word, matching, allowed);
}

function checkOneOf(scope: Scope, word: Word, { subject }: Matching, allowed: readonly string[]): void {
  if (word.dynamic || allowed.includes(word.value)) return;
  const message = `"${subject}" does not know "${word.value}".`;
  scope.report('enumeration', word, message, scope.suggest(word.value, allowed));
}

/** A number that must be above 0 after such a reading. */
function positive(scope: Scope, word: Word): void {
  if (!word.dynamic && checkCut(scope, word)) return;
  if (word.dynamic || (leadingInteger(word.value) ?? 0) > 0) return;
  scope.report(
    'number',
    word,
    `"${word.value}" is not a number above 0.`,
    'Write a whole number of at least 1.',
  );
}

function range(least: number, most: number): Check {
  return (scope, word) => {
    const value = leadingInteger(word.value) ?? 0;
    if (word.dynamic || checkCut(scope, word) || (value >= least && value <= most)) return;
    scope.report(
      'number',
      word,
      `"${word.value}" is not within ${least} and ${most}.`,
      `Write ${least} to ${most}.`,
    );
  };
}

function startsWithOneOf(allowed: readonly string[], prefixes: readonly string[]): Check {
  const check = oneOf(allowed);
  return (scope, word, matching) => {
    if (!prefixes.some((prefix) => word.value.startsWith(prefix))) check(scope, word, matching);
  };
}

const filter: Check = (scope, word) => {
  const known = scope.table.filters;
  if (word.dynamic || known.has(word.value) || (scope.lua && word.value.startsWith('lua.'))) return;
  scope.report('enumeration', word, `There is no filter "${word.value}".`, scope.suggest(word.value, known));
};

const service: Check = (scope, word) => {
  const known = scope.table.services;
  if (word.dynamic || known.has(word.value) || word.value.startsWith('lua.')) return;
  scope.report('enumeration', word, `There is no service "${word.value}".`, scope.suggest(word.value, known));
};

/** A backend's name, or a log format that yields one. */
const backendName: Check = (scope, word, matching) => {
  if (word.value.includes('%[')) checkLogFormat(scope, word, matching.place);
  else TYPES['backend']?.(scope, word, matching);
};

const serverName: Check = (scope, word) => {
  if (word.dynamic || word.value.includes('%[')) return;
  scope.refer({ kind: 'server', name: word.value, span: word, section: scope.section });
};

const modes: Check = (scope, word, matching) => {
  if (word.value === 'health') {
    const remedy = 'Use "http-request return status 200" in an HTTP frontend.';
    return scope.report('removed', word, '"mode health" was removed from HAProxy.', remedy);
  }
  const more = [
    ...(atLeast(scope.version, '3.2') ? ['spop'] : []),
    ...(atLeast(scope.version, '3.4') ? ['haterm'] : []),
  ];
  const log = scope.kind === 'frontend' || !atLeast(scope.version, '3.0') ? [] : ['log'];
  checkOneOf(scope, word, matching, ['http', 'tcp', ...log, ...more]);
};

const settableTimeout: Check = (scope, word, matching) => {
  const client = atLeast(scope.version, '3.0') ? ['client'] : [];
  const more = atLeast(scope.version, '3.4') ? ['connect', 'queue', 'tarpit'] : [];
  checkOneOf(scope, word, matching, ['server', 'tunnel', ...client, ...more]);
};

const hashFunction: Check = (scope, word, matching) => {
  const none = atLeast(scope.version, '3.0') ? ['none'] : [];
  checkOneOf(scope, word, matching, ['sdbm', 'djb2', 'wt6', 'crc32', ...none]);
};

const balanceFactor: Check = (scope, word) => {
  const value = leadingInteger(word.value) ?? 0;
  if (word.dynamic || checkCut(scope, word) || value === 0 || value > 100) return;
  scope.report(
    'number',
    word,
    `"${word.value}" is neither 0 nor above 100.`,
    'Write 0, or a percentage above 100.',
  );
};

const durationOrInfinite: Check = (scope, word) => {
  if (word.value !== 'infinite') checkTime(scope, word);
};

/** Since 3.0 the global maxconn must be a number all the way. */
const maxconn: Check = (scope, word) => {
  if (atLeast(scope.version, '3.0')) checkInteger(scope, word);
  else readAsNumber(scope, word);
};

const ALGORITHMS = ['roundrobin', 'static-rr', 'first', 'leastconn', 'source', 'uri', 'url_param', 'hash'];
const NEWER_ALGORITHMS = [...ALGORITHMS, 'log-hash', 'sticky'];

/** Types a signature may name, each reading one word. */
const TYPES: Readonly<Record<string, Check>> = {
  ...PARAMETER_TYPES,
  ...GLOBAL_TYPES,
  'check-addr': (scope, word) => checkAddress(scope, word, CHECK),
  // Text HAProxy does not look at when it reads the file: paths, identifiers of other programs, free words.
  text: () => undefined,
  // A list the line's own checker reads.
  store: () => undefined,
  int: (scope, word) => checkInteger(scope, word),
  uint: (scope, word) => checkInteger(scope, word, 0),
  posint: (scope, word) => checkInteger(scope, word, 1),
  percent: (scope, word) => checkInteger(scope, word, 0, 100),
  status: (scope, word) => checkInteger(scope, word, 200, 599),
  atol: readAsNumber,
  time: (scope, word) => checkTime(scope, word),
  seconds: (scope, word) => checkTime(scope, word, 's'),
  size: (scope, word) => checkSize(scope, word),
  name: (scope, word, { subject }) => void checkName(scope, word, `"${subject}"`),
  regex: (scope, word) => checkRegex(scope, word),
  fmt: (scope, word, { place }) =>
    scope.unlessSilent([word], `format of ${place}`, () => checkLogFormat(scope, word, place)),
  logfmt: (scope, word) => checkLogFormat(scope, word, undefined),
  var: (scope, word) => void (word.dynamic || checkVariable(scope, word, word.value)),
  bind: (scope, word) => checkBindAddress(scope, word),
  server: (scope, word) => checkAddress(scope, word, SERVER),
  peer: (scope, word) => checkAddress(scope, word, PEER),
  source: (scope, word) => checkAddress(scope, word, SOURCE),
  plain: (scope, word) => checkAddress(scope, word, PLAIN),
  usesrc: (scope, word) => {
    if (!/^(client|clientip)$|^hdr_ip\(/.test(word.value)) checkAddress(scope, word, PLAIN);
  },
  ip: (scope, word) => checkAddress(scope, word, { port: 'forbidden', names: true }),
  facility: oneOf(FACILITIES),
  level: oneOf(LEVELS),
  'on|off': oneOf(['on', 'off']),
  algorithm: (scope, word, matching) => {
    if (/^(random|hdr\(|rdp-cookie)/.test(word.value)) return;
    checkOneOf(scope, word, matching, atLeast(scope.version, '3.0') ? NEWER_ALGORITHMS : ALGORITHMS);
  },
  filter,
  service,
  mode: modes,
  'balance-factor': balanceFactor,
  'hash-function': hashFunction,
  'settable-timeout': settableTimeout,
  'time-or-infinite': durationOrInfinite,
  maxconn,
  persist: startsWithOneOf(['rdp-cookie'], ['rdp-cookie(']),
  'stats-action': oneOf(['allow', 'deny', 'auth']),
  'use-backend': backendName,
  'use-server': serverName,
  percent50: range(0, 50),
  'hold-event': oneOf(['nx', 'other', 'refused', 'timeout', 'valid', 'obsolete']),
  'cache-size': range(1, 4095),
  'log-format-name': oneOf(['rfc3164', 'rfc5424', 'local', 'priority', 'short', 'timed', 'iso', 'raw']),
  'size-or-atol': readAsNumber,
  /** Sizes of the global section: a plain number before 3.2. */
  'tune-size': (scope, word) => (atLeast(scope.version, '3.2') ? checkGlobalSize : readAsNumber)(scope, word),
  'digits-or-size': (scope, word) =>
    atLeast(scope.version, '3.2') ? checkGlobalSize(scope, word) : PARAMETER_TYPES['nonzero']?.(scope, word),
  'buffer-size': (scope, word) => {
    (atLeast(scope.version, '3.2') ? checkGlobalSize : readAsNumber)(scope, word);
    notZero(scope, word);
  },
  'ring-size': (scope, word) => {
    readAsNumber(scope, word);
    notZero(scope, word);
  },
  'log-steps': (scope, word, matching) => {
    if (word.dynamic || word.value === 'all' || !hasFrontendSide(scope.kind)) return;
    const unknown = word.value.split(',').find((step) => step !== '' && !LOG_STEPS.includes(step));
    if (unknown !== undefined)
      checkOneOf(scope, { ...word, value: unknown }, matching, ['all', ...LOG_STEPS]);
  },
  'status-atol': readAsNumber,
  'error-status': oneOf(ERROR_STATUSES),
  retry: oneOf(
    (
      'none conn-failure empty-response response-timeout junk-response 0rtt-rejected all-retryable-errors ' +
      '401 403 404 408 421 425 429 500 501 502 503 504'
    ).split(' '),
  ),
  'redirect-code': oneOf(['301', '302', '303', '307', '308']),
  'log-level-or-silent': oneOf([...LEVELS, 'silent']),
  'cli-level': oneOf(['user', 'operator', 'admin']),
  'severity-output': oneOf(['none', 'number', 'string']),
  'tls-version': oneOf(['SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']),
  'verify-bind': oneOf(['none', 'optional', 'required']),
  'verify-server': oneOf(['none', 'required']),
  'posint-atol': positive,
  'server-id': (scope, word) => {
    positive(scope, word);
    PARAMETER_TYPES['custom-id']?.(scope, word);
  },
  weight: range(0, 256),
  observe: oneOf(['none', 'layer4', 'layer7']),
  'on-error': oneOf(['fastinter', 'fail-check', 'sudden-death', 'mark-down']),
  'on-marked-down': oneOf(['shutdown-sessions']),
  'on-marked-up': oneOf(['shutdown-backup-sessions']),
  'ip-family': oneOf(['ipv4', 'ipv6']),
  'log-proto': oneOf(['legacy', 'octet-count']),
  ws: oneOf(['auto', 'h1', 'h2']),
  backend: section('backend'),
  table: section('table'),
  resolvers: section('resolvers'),
  peers: section('peers'),
  mailers: section('mailers'),
  cache: section('cache'),
  'http-errors': section('http-errors'),
  'fcgi-app': section('fcgi-app'),
  healthcheck: section('healthcheck'),
  'log-profile': section('log-profile'),
  'log-step': oneOf(LOG_STEPS),
};

/** What may stand in the place of an expression. */
const LITERALS: Readonly<Record<string, RegExp>> = {
  'expr-or-number': /^\d+$/,
  'expr-or-time': /^\d+(us|ms|s|m|h|d)?$/,
  'expr-or-size': /^\d+[kKmMgG]?$/,
  'expr-or-mark': /^(0[xX][0-9A-Fa-f]+|\d+)$/,
};

/** Names of all types, so that a test can hold the signatures against them. */
export const VALUE_TYPES: ReadonlySet<string> = new Set([
  ...Object.keys(TYPES),
  'expr',
  'words',
  ...Object.keys(LITERALS),
]);

/** Checks the value at `at` and returns the index after it; an expression may take several words. */
export function checkValue(matching: Matching, type: string, at: number): number | undefined {
  const { scope, words, place } = matching;
  const word = words[at];
  if (word === undefined) return at;
  if (type === 'words') return words.length;
  if (LITERALS[type]?.test(word.value) === true) return at + 1;
  if (type !== 'expr' && LITERALS[type] === undefined) {
    TYPES[type]?.(scope, word, matching);
    return at + 1;
  }
  const sample = checkSample(scope, wordSource(word));
  checkUse(scope, sample, place, word);
  // Converters may follow as words of their own.
  let next = at + 1;
  while (next < words.length && isConverter(scope, words[next])) next += 1;
  return sample === undefined && !word.dynamic ? undefined : next;
}

function isConverter(scope: Scope, word: Word | undefined): boolean {
  if (word === undefined || word.dynamic) return false;
  const name = identifier(word.value, 0);
  return name !== '' && name !== 'table' && scope.table.converters.has(name);
}
