import { checkSample } from '../expressions/sample';
import { wordSource } from '../expressions/source';
import { checkUse, type Place } from '../expressions/uses';
import type { Word } from '../../syntax/word';
import { atLeast } from '../../schema/version';
import { checkAddress } from './addresses';
import type { Scope } from '../scope';
import { checkInteger, checkSize, checkTime, leadingInteger, timeMs } from './values';

type Check = (scope: Scope, word: Word) => void;

const wrong = (scope: Scope, word: Word, what: string): void =>
  scope.report('enumeration', word, `"${word.value}" is not ${what}.`, `Write ${what}.`);

/** Text that must look a certain way. */
function written(pattern: RegExp, what: string): Check {
  return (scope, word) => {
    if (!word.dynamic && !pattern.test(word.value)) wrong(scope, word, what);
  };
}

/** Words of a list divided by commas. */
function listOf(known: readonly string[]): Check {
  return (scope, word) => {
    if (word.dynamic) return;
    const unknown = word.value.split(',').find((item) => !known.includes(item));
    if (unknown === undefined) return;
    const message = `"${unknown}" is not one of the words allowed here.`;
    scope.report('enumeration', word, message, `Use ${known.join(', ')}, divided by commas.`);
  };
}

/** A leading number within bounds, and whatever follows is ignored. */
function numberFrom(least: number, most: number): Check {
  return (scope, word) => {
    const value = leadingInteger(word.value) ?? 0;
    if (word.dynamic || (value >= least && value <= most)) return;
    const message = `"${word.value}" is not within ${least} and ${most}.`;
    scope.report('number', word, message, `Write ${least} to ${most}.`);
  };
}

/** One expression evaluated while a server is connected or checked. */
function expression(place: Place): Check {
  return (scope, word) => {
    // HAProxy reads the expression when a server takes it over.
    if (scope.statement.keyword.value === 'default-server') return;
    checkUse(scope, checkSample(scope, wordSource(word)), place, word);
  };
}

const address = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)$/;

const initAddr: Check = (scope, word) => {
  if (word.dynamic) return;
  const unknown = word.value
    .split(',')
    .find((item) => !['libc', 'last', 'none'].includes(item) && !address.test(item));
  if (unknown === undefined) return;
  const message = `"${unknown}" is no way to find the first address.`;
  scope.report('enumeration', word, message, 'Use last, libc, none or an address, divided by commas.');
};

const mux: Check = (scope, word) => {
  const spop = atLeast(scope.version, '3.2') ? ['spop'] : [];
  const known = ['h1', 'h2', 'fcgi', 'quic', 'none', ...spop];
  if (!word.dynamic && !known.includes(word.value)) wrong(scope, word, `one of: ${known.join(', ')}`);
};

const shards: Check = (scope, word) => {
  const words = atLeast(scope.version, '3.0') ? ['by-thread', 'by-group'] : ['by-thread'];
  if (!words.includes(word.value)) numberFrom(1, atLeast(scope.version, '3.2') ? 1024 : 64)(scope, word);
};

const mss: Check = (scope, word) => {
  const value = Math.abs(leadingInteger(word.value) ?? 0);
  if (word.dynamic || (value >= 1 && value <= 65_535)) return;
  scope.report('number', word, `"${word.value}" is not a segment size.`, 'Write 1 to 65535.');
};

const interval: Check = (scope, word) => {
  checkTime(scope, word);
  if (word.dynamic || timeMs(word.value) !== 0) return;
  scope.report('time', word, 'HAProxy refuses an interval of 0.', 'Write a longer interval, e.g. 2s.');
};

const networks: Check = (scope, word) => {
  const network =
    /^(?:\d{1,3}(?:\.\d{1,3}){3}(?:\/[\d.]+)?|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(?:\/\d+)?)$/;
  if (word.dynamic || word.value.split(',').every((item) => network.test(item))) return;
  wrong(scope, word, 'a list of networks divided by commas');
};

const MASK = /(\/(3[0-2]|[12]?\d|\d{1,3}(\.\d{1,3}){3}))?/.source;
const ONE_NETWORK = new RegExp(
  `^(\\d{1,3}(\\.\\d{1,3}){3}${MASK}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(\\/(12[0-8]|1[01]\\d|\\d{1,2}))?)$`,
);
const NAMED_NETWORK = new RegExp(`^(?=[\\d.]*[A-Za-z_-])[\\w.-]+${MASK}$`);

/** An address or network; a name instead of the address is looked up once. */
const network: Check = (scope, word) => {
  if (word.dynamic || ONE_NETWORK.test(word.value)) return;
  if (!NAMED_NETWORK.test(word.value)) return wrong(scope, word, 'an address or network such as 10.0.0.0/8');
  const message = `"${word.value}" is a name: HAProxy asks for its address when it starts, and does not start without an answer.`;
  const remedy = 'Write an address or network such as 10.0.0.0/8.';
  scope.report('enumeration', word, message, remedy, { severity: 'warning' });
};

/** `200`, `200-399,404`. */
const statusList: Check = (scope, word) => {
  const ranges = word.value.split(',').map((item) => /^(\d*)(?:-(\d*))?$/.exec(item));
  const right = ranges.every(
    (range) => range !== null && (range[2] === undefined || Number(range[1]) <= Number(range[2])),
  );
  if (!word.dynamic && !right) wrong(scope, word, 'a list of status codes such as 200-399,404');
};

/** How much may be under way: `480k`, between 10 kB and 4 GB. */
const windowSize: Check = (scope, word) => {
  const [, digits, unit = ''] = /^(\d+)([kmg]?)$/i.exec(word.value) ?? [];
  const bytes = Number(digits) * 1_024 ** ' kmg'.indexOf(unit === '' ? ' ' : unit.toLowerCase());
  if (word.dynamic || (bytes >= 10_240 && bytes <= 4 * 1_024 ** 3)) return;
  wrong(scope, word, 'a size from 10k to 4g');
};

const hex: Check = (scope, word) => {
  if (word.dynamic || /^([0-9A-Fa-f]{2})*$/.test(word.value)) return;
  scope.report(
    'pattern',
    word,
    'Binary data is written as pairs of hexadecimal digits.',
    'Write e.g. 50494e47.',
  );
};

/** The port of a health check: a number or an expression. */
const checkPort: Check = (scope, word) => {
  if (word.dynamic) return;
  if (!/^\d+$/.test(word.value)) return expression('health-check')(scope, word);
  if (Number(word.value) < 1 || Number(word.value) > 65_535)
    scope.report('number', word, `"${word.value}" is not a port.`, 'Write 1 to 65535.');
};

const threadSet = /^(?:auto:)?(?:all|odd|even|\d+(?:-\d*)?)(?:\/(?:all|odd|even|\d+(?:-\d*)?))?$/;
const cpuSet = /^(?:all|odd|even|\d+(?:-\d*)?)(?:,(?:all|odd|even|\d+(?:-\d*)?))*$/;

const threadList =
  /^(?:\d*\/)?(?:all|odd|even|[1-9]\d*(?:-\d*)?|-\d+)?(?:,(?:\d*\/)?(?:all|odd|even|[1-9]\d*(?:-\d*)?|-\d+))*$/;

/** Threads of a bind line: as many as the branch can have. */
const threads: Check = (scope, word) => {
  if (word.dynamic) return;
  if (!threadList.test(word.value)) return wrong(scope, word, 'threads such as 1-4 or all');
  const most = atLeast(scope.version, '3.2') ? 1_024 : atLeast(scope.version, '3.0') ? 256 : 64;
  if (!(word.value.match(/\d+/g) ?? []).some((number) => Number(number) > most)) return;
  scope.report('number', word, `There is no thread above ${most}.`, `Write 1 to ${most}, or all.`);
};

/** Behind the digits of a number HAProxy drops what follows. */
const errorIds = /^(all|X509_V_\w+|[1-9]\d{0,2}(\D[^,]*)?)(,(all|X509_V_\w+|[1-9]\d{0,2}(\D[^,]*)?))*$/;

/** Types of values with narrow bounds: parameters of `bind` and `server` lines, settings of the global section. */
export const PARAMETER_TYPES: Readonly<Record<string, Check>> = {
  'acme-challenge': written(/^(http-01|dns-01|dns-persist-01)$/i, 'http-01, dns-01 or dns-persist-01'),
  'acme-profile': written(/^[A-Za-z0-9_-]*$/, 'a name of letters, digits, "-" and "_"'),
  'acme-ready': written(
    /^,*(none|(cli|dns|delay)(,+(cli|dns|delay))*),*$/,
    'none, or cli, dns and delay divided by commas',
  ),
  octal: written(/^-?[0-7]+$/, 'a file mode of octal digits, e.g. 660'),
  mux,
  shards,
  mss,
  interval,
  'init-addr': initAddr,
  nice: numberFrom(-1024, 1024),
  'tcp-ss': written(/^[0-2]/, '0, 1 or 2'),
  natural: numberFrom(0, Infinity),
  avalanche: written(/^avalanche$/, '"avalanche"'),
  'cookie-attribute': written(/^[^\u0000-\u001f\u007f;]*$/, 'text without ";"'),
  'cpu-choice': written(/^(reset|(only|drop)-(cpu|node|cluster|core|thread))$/, 'reset, only-… or drop-…'),
  families: listOf(['ipv4', 'ipv6', 'auto']),
  'jwt-names': written(/^[A-Za-z]/, 'a list of names such as RSA-OAEP'),
  elasticity: (scope, word) => {
    const value = /^\s*[+-]?\d+$/.test(word.value) ? Number(word.value) : NaN;
    if (!word.dynamic && value !== 0 && !(value >= 100))
      wrong(scope, word, '0 or a percentage of at least 100');
  },
  'stick-counters': (scope, word) =>
    checkInteger(scope, word, 0, atLeast(scope.version, '3.4') ? 100 : undefined),
  'window-size': windowSize,
  'error-ids': written(errorIds, 'all, or numbers and names of errors'),
  'custom-id': (scope, word) => {
    const value = leadingInteger(word.value) ?? 0;
    if (word.dynamic || value < 1 || value <= 4_294_967_295 || !atLeast(scope.version, '3.4')) return;
    scope.report('number', word, `"${word.value}" is more than 4294967295.`, 'Write a smaller number.');
  },
  'percent-atol': numberFrom(0, 100),
  'comp-level': numberFrom(1, 9),
  'h2-table': numberFrom(4_096, 65_536),
  'h2-frame': numberFrom(16_384, 16_777_215),
  maxhdr: numberFrom(1, 32_767),
  'dh-size': (scope, word) => {
    const value = leadingInteger(word.value) ?? 0;
    if (word.dynamic || value < 0 || value >= 1_024) return;
    scope.report('number', word, `"${word.value}" is not a size of at least 1024 bits.`, 'Write 2048.');
  },
  events: numberFrom(1, 10_000),
  'answer-status': numberFrom(100, 999),
  digits: written(/^\s*[+-]?\d/, 'a number'),
  renice: (scope, word) => checkInteger(scope, word, -20, 19),
  'node-name': written(/^[A-Za-z0-9._-]+$/, 'a name of letters, digits, ".", "-" and "_"'),
  'positive-size': (scope, word) => {
    checkSize(scope, word);
    if (!word.dynamic && /^0+[kKmMgG]?$/.test(word.value)) wrong(scope, word, 'a size above 0');
  },
  nonzero: written(/^\s*[+-]?0*[1-9]/, 'a number other than 0'),
  listeners: written(/^listeners$/, '"listeners"'),
  'on-off': written(/^(on|off)$/, '"on" or "off"'),
  'hash-key': written(/^(id|addr|addr-port)$/, '"id", "addr" or "addr-port"'),
  'init-state': written(/^(none|fully-up|up|down|fully-down)$/, 'fully-up, up, down or fully-down'),
  'quic-cc-algo': written(/^(cubic|newreno|bbr|nocc)([-(].*)?$/s, 'cubic, newreno or bbr'),
  'quic-socket': written(/^(connection|listener)$/, '"connection" or "listener"'),
  'resolve-opts': listOf(['allow-dup-ip', 'ignore-weight', 'prevent-dup-ip']),
  'proxy-v2-options': listOf([
    'ssl',
    'cert-cn',
    'cert-key',
    'cert-sig',
    'ssl-cipher',
    'authority',
    'crc32c',
    'unique-id',
  ]),
  networks,
  network,
  threads,
  'status-list': statusList,
  hex,
  'check-port': checkPort,
  'check-expr': expression('health-check'),
  'min-recv': (scope, word) => {
    if (!word.dynamic && (leadingInteger(word.value) ?? 0) < -1)
      wrong(scope, word, 'a number of at least -1');
  },
  'thread-set': written(threadSet, 'a set of threads such as 1-4 or auto:1/1-4'),
  'cpu-set': (scope, word) => {
    if (word.dynamic) return;
    if (!cpuSet.test(word.value)) return wrong(scope, word, 'a set of CPUs such as 0-3');
    if (!(word.value.match(/\d+/g) ?? []).some((number) => Number(number) > 1_023)) return;
    scope.report('number', word, 'There is no CPU above 1023.', 'Write 0 to 1023.');
  },
  // In bytes: no letter stands for thousands here.
  'vars-size': (scope, word) => checkInteger(scope, word),
  'payload-size': (scope, word) => checkInteger(scope, word, 12, 65_535),
  'process-set': written(/^(all|odd|even|[1-9]\d?(-\d{0,2})?)(\/.*)?$/, 'processes such as 1-4 or all'),
  'ring-queues': numberFrom(0, 16),
  'security-level': (scope, word) => checkInteger(scope, word, 0, 5),
  sni: expression('server-connection'),
  'agent-ip': (scope, word) => checkAddress(scope, word, { port: 'forbidden', names: true, resolved: true }),
};
