import { checkInterface, checkNumber } from './argument';
import { missingValue, type EntryFault } from './entry-fault';
import { addressFamily, addressWithMask } from '../model/values';
import type { Word } from '../syntax/word';

/** What the word behind an option must be; `word` is looked up in tables of the machine. */
type Value = 'address' | 'network' | 'u32' | 'u8' | 'number' | 'flag' | 'interface' | 'word';

const valuesOf = (names: string, value: Value): [string, Value][] =>
  names.split(' ').map((name) => [name, value]);

/** Options of a route with a word behind them; before that of some, "lock" may stand. */
const ROUTE_VALUES: ReadonlyMap<string, Value> = new Map([
  ...valuesOf('via gw src or', 'address'),
  ...valuesOf('from', 'network'),
  ...valuesOf(
    'metric priority preference expires mtu advmss reordering window cwnd ssthresh initcwnd initrwnd',
    'u32',
  ),
  ...valuesOf('hoplimit', 'u8'),
  ...valuesOf('quickack fastopen_no_cookie', 'flag'),
  ...valuesOf('dev oif vrf', 'interface'),
  ...valuesOf(
    'tos dsfield table protocol scope rtt rttvar rto_min realms features congctl pref ttl-propagate track_group',
    'word',
  ),
]);
const ROUTE_WORDS = new Set(['onlink', 'add', 'prepend', 'append', 'no_track', 'inet', 'inet6']);
/** What follows these has a grammar of its own. */
const ROUTE_ENDS = new Set(['nexthop', 'encap', 'as']);
const ROUTE_TYPES = new Set(
  'local nat broadcast brd anycast multicast prohibit unreachable blackhole xresolve unicast throw'.split(
    ' ',
  ),
);

const RULE_VALUES: ReadonlyMap<string, Value> = new Map([
  ...valuesOf('from to', 'network'),
  ...valuesOf('preference order priority', 'number'),
  ...valuesOf('suppress_prefixlength sup_pl protocol goto', 'u32'),
  ...valuesOf('dev iif oif', 'interface'),
  ...valuesOf(
    'table lookup tos dsfield fwmark realms suppress_ifgroup sup_group tunnel-id uidrange ipproto sport dport track_group',
    'word',
  ),
]);
const RULE_WORDS = new Set(['not', 'no_track', 'inet', 'inet6', 'type']);
/** What is done with the packets: a rule needs one of them. */
const RULE_ACTIONS = new Set([
  'table',
  'lookup',
  'goto',
  'l3mdev',
  'nop',
  'blackhole',
  'unreachable',
  'prohibit',
]);
const PREFERENCES = new Set(['preference', 'order', 'priority']);

/** Judges a line in the words of `ip route`. */
export function checkRoute(words: readonly Word[]): EntryFault[] {
  const faults: EntryFault[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined || word.dynamic || ROUTE_ENDS.has(word.value)) return faults;
    if (ROUTE_WORDS.has(word.value) || ROUTE_TYPES.has(word.value) || word.value === 'to') continue;
    const value = ROUTE_VALUES.get(word.value);
    if (value !== undefined) {
      at = checkOption(words, at, value, faults);
      continue;
    }
    const fault = networkFault(word);
    if (fault === undefined) continue;
    faults.push(fault);
    // The words behind it may belong to it.
    return faults;
  }
  return faults;
}

/** Judges a line in the words of `ip rule`. */
export function checkRoutingRule(words: readonly Word[]): EntryFault[] {
  const faults: EntryFault[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined || word.dynamic) return faults;
    const value = RULE_VALUES.get(word.value);
    if (value !== undefined) at = checkOption(words, at, value, faults);
    else if (!RULE_WORDS.has(word.value) && !RULE_ACTIONS.has(word.value)) {
      const message = `"${word.value}" is no option of a routing rule; keepalived leaves the rule out.`;
      faults.push({ word, kind: 'option', message, remedy: 'Write the rule as "ip rule add" takes it.' });
      return faults;
    }
  }
  const [first] = words;
  if (first === undefined || faults.length > 0) return faults;
  if (!words.some(({ value }) => RULE_ACTIONS.has(value))) {
    const message = 'Nothing says what becomes of these packets; keepalived leaves the rule out.';
    faults.push({ word: first, kind: 'option', message, remedy: 'Name a table: "table NUMBER".' });
  } else if (!words.some(({ value }) => PREFERENCES.has(value))) {
    const message =
      'The rule has no preference: keepalived gives it one that may be another on the next start.';
    const remedy = 'Write "priority NUMBER": rules with a lower one come first.';
    faults.push({ word: first, kind: 'option', message, remedy, severity: 'warning' });
  }
  return faults;
}

/** Judges an option and the word behind it. @returns the index of that word */
function checkOption(words: readonly Word[], at: number, value: Value, faults: EntryFault[]): number {
  const option = words[at];
  const skipped = words[at + 1]?.value ?? '';
  const behind = skipped === 'lock' || (value === 'address' && /^inet6?$/.test(skipped)) ? at + 2 : at + 1;
  const word = words[behind];
  if (option === undefined) return behind;
  if (word === undefined) faults.push(missingValue(option));
  else if (!word.dynamic) {
    const fault = valueFault(word, value);
    if (fault !== undefined) faults.push(fault);
  }
  return behind;
}

function valueFault(word: Word, value: Value): EntryFault | undefined {
  switch (value) {
    case 'address': {
      if (addressFamily(word.value) !== undefined) return undefined;
      const message = `"${word.value}" is no IP address; keepalived leaves the line out.`;
      return { word, kind: 'address', message, remedy: 'Write an address without a mask.' };
    }
    case 'network':
      return networkFault(word);
    case 'interface': {
      const fault = checkInterface(word.value);
      return fault === undefined ? undefined : { ...fault, word };
    }
    case 'number':
      return /^0[xX][0-9A-Fa-f]{1,8}$/.test(word.value) ? undefined : numberFault(word, 4_294_967_295);
    case 'u32':
      return numberFault(word, 4_294_967_295);
    case 'u8':
      return numberFault(word, 255);
    case 'flag':
      return numberFault(word, 1);
    case 'word':
      return undefined;
  }
}

function numberFault(word: Word, most: number): EntryFault | undefined {
  const fault = checkNumber(word.value, 0, most, 0);
  return fault === undefined ? undefined : { ...fault, word };
}

/** What is wrong with a network that a route leads to, or a rule is for. */
function networkFault(word: Word): EntryFault | undefined {
  if (/^(?:default6?|any|all)$/.test(word.value) || addressWithMask(word.value) !== undefined)
    return undefined;
  const [address = '', mask] = word.value.split('/');
  if (mask === '' && addressFamily(address) !== undefined) {
    const message =
      'There is no number behind the slash: keepalived takes it for /0, a network of all addresses.';
    const remedy = 'Write it as 10.1.0.0/24, or "default".';
    return { word, kind: 'address', message, remedy, severity: 'warning' };
  }
  const message = `"${word.value}" is no network, or its mask is not valid; keepalived does not set the line as it is written.`;
  return { word, kind: 'address', message, remedy: 'Write it as 10.1.0.0/24, or "default".' };
}
