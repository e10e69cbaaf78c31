import type { Word } from '../../syntax/word';
import { atLeast } from '../../schema/version';
import { PARAMETER_TYPES } from './parameter-types';
import type { Scope } from '../scope';
import { checkInteger, checkSize, checkTime, leadingInteger, timeMs } from './values';
import { readAsNumber } from './read-number';

type Check = (scope: Scope, word: Word) => void;

/** Sizes of the global section are kept in 32 bits. */
export function checkGlobalSize(scope: Scope, word: Word): void {
  checkSize(scope, word);
  if (word.dynamic || !/^\d+$/.test(word.value) || Number(word.value) < 2 ** 32) return;
  scope.report('size', word, `"${word.value}" is more than HAProxy can count.`, 'Write a smaller size.');
}

/** Reports a size of nothing. */
export function notZero(scope: Scope, word: Word): void {
  if (word.dynamic || !/^[+-]?0+[kmg]?$/i.test(word.value)) return;
  scope.report('size', word, 'A size of 0 is refused.', 'Write a size above 0.');
}

function listOf(known: readonly string[], otherwise?: RegExp): Check {
  return (scope, word) => {
    const unknown = word.dynamic
      ? undefined
      : word.value.split(',').find((item) => !known.includes(item) && otherwise?.test(item) !== true);
    if (unknown === undefined) return;
    const message = `"${unknown}" is not one of the words allowed here.`;
    scope.report('enumeration', word, message, `Use ${known.join(', ')}.`);
  };
}

const GROUPS = ['ccx', '2-ccx', '3-ccx', '4-ccx', 'cluster', '2-clusters', '3-clusters', '4-clusters'];

const POLICIES = [
  'none',
  'performance',
  'efficiency',
  'resource',
  'first-usable-node',
  ...GROUPS.map((group) => `group-by-${group}`),
];

/** Seconds between two updates when nothing else is set: at least and at most. */
const OCSP = { mindelay: 300, maxdelay: 3_600 } as const;

/** A bound of these updates, which may not cross the other one: that set above, or the standard. */
function ocspDelay(own: keyof typeof OCSP): Check {
  const other = own === 'mindelay' ? 'maxdelay' : 'mindelay';
  return (scope, word) => {
    PARAMETER_TYPES['natural']?.(scope, word);
    if (word.dynamic) return;
    const value = leadingInteger(word.value) ?? 0;
    const above = scope.section.statements.findLast(
      ({ keyword }) => keyword.start < word.start && keyword.value.endsWith(`ocsp-update.${other}`),
    );
    const bound = above === undefined ? String(OCSP[other]) : (above.args[0]?.value ?? '');
    if (!/^\d+$/.test(bound)) return;
    const crossed = own === 'mindelay' ? value > Number(bound) : value < Number(bound);
    if (!crossed) return;
    const message = `"${word.value}" is ${own === 'mindelay' ? 'above' : 'below'} "ocsp-update.${other}", which is ${bound}.`;
    scope.report(
      'number',
      word,
      message,
      `Set "ocsp-update.${other}" above this line, or write another number.`,
    );
  };
}

/** Types of values that only settings of the global section take. */
export const GLOBAL_TYPES: Readonly<Record<string, Check>> = {
  capabilities: listOf(['cap_net_raw', 'cap_net_admin', 'cap_net_bind_service', 'cap_sys_admin']),
  'cpu-policy': listOf(POLICIES),
  'jwt-algorithms': listOf(
    ['RSA1_5', 'RSA-OAEP', 'RSA-OAEP-256', 'A128KW', 'A256KW', 'dir'],
    /^(?:RSA|A\d|dir|ECDH|PBES2)/,
  ),
  'jwt-encodings': listOf(
    ['A128CBC-HS256', 'A192CBC-HS384', 'A256CBC-HS512', 'A128GCM', 'A192GCM', 'A256GCM'],
    /^A(?:128|192|256)/,
  ),
  'code-ranges': (scope, word) => {
    if (word.dynamic || /^[+-]?\d{3}(?:-\d{3})?(?:,[+-]?\d{3}(?:-\d{3})?)*$/.test(word.value)) return;
    const message = `"${word.value}" is no list of status codes.`;
    scope.report('enumeration', word, message, 'Write codes and ranges such as +500-599,-503.');
  },
  'epoll-events': listOf(['err', 'hup', 'rdhup']),
  'lua-libraries': listOf(['all', 'none', 'table', 'io', 'os', 'string', 'math', 'utf8', 'package', 'debug']),
  'blocked-time': (scope, word) => {
    checkTime(scope, word);
    const milliseconds = word.dynamic ? undefined : timeMs(word.value);
    if (milliseconds === undefined || (milliseconds >= 1 && milliseconds <= 1_000)) return;
    scope.report('time', word, `"${word.value}" is not within 1 ms and 1 s.`, 'Write 1ms to 1000ms.');
  },
  /** Read to any base: 0x10 is 16. */
  count: (scope, word) => {
    if (!/^\s*[+-]?0[xX][0-9A-Fa-f]+$/.test(word.value)) checkInteger(scope, word);
  },
  ratio: (scope, word) => {
    const value = leadingInteger(word.value) ?? 0;
    // Also for what follows the digits.
    if (word.dynamic || (value >= 0 && value <= 100)) return PARAMETER_TYPES['nonzero']?.(scope, word);
    scope.report('number', word, `"${word.value}" is not within 1 and 100.`, 'Write 1 to 100.');
  },
  'thread-count': (scope, word) =>
    checkInteger(
      scope,
      word,
      1,
      atLeast(scope.version, '3.2') ? 1_024 : atLeast(scope.version, '3.0') ? 256 : 64,
    ),
  'group-threads': (scope, word) => checkInteger(scope, word, 1, 64),
  'global-size': checkGlobalSize,
  'poll-events': (scope, word) => {
    if (word.dynamic) return;
    const value = leadingInteger(word.value) ?? 0;
    if (value <= 1_000_000 || !atLeast(scope.version, '3.2')) return readAsNumber(scope, word);
    scope.report('number', word, `"${word.value}" is more than 1000000.`, 'Write up to 1000000.');
  },
  stress: (scope, word) => checkInteger(scope, word, 0, 9),
  'thread-limit': (scope, word) => checkInteger(scope, word, 1, 2_147_483_647),
  'size-or-digits': (scope, word) => {
    if (atLeast(scope.version, '3.2')) checkGlobalSize(scope, word);
    else PARAMETER_TYPES['digits']?.(scope, word);
  },
  'nonzero-size': (scope, word) => {
    checkGlobalSize(scope, word);
    notZero(scope, word);
  },
  'ocsp-most': ocspDelay('maxdelay'),
  'ocsp-least': ocspDelay('mindelay'),
};
