import { checkInterface, checkNumber, signBehind } from './argument';
import { missingValue, type EntryFault } from './entry-fault';
import { addressFamily, addressWithMask } from '../model/values';
import type { Word } from '../syntax/word';

/** Options behind an address, and whether a word belongs to them. */
const ADDRESS_OPTIONS: ReadonlyMap<string, boolean> = new Map([
  ['dev', true],
  ['scope', true],
  ['brd', true],
  ['broadcast', true],
  ['label', true],
  ['peer', true],
  ['preferred_lft', true],
  ['track_group', true],
  ['home', false],
  ['-nodad', false],
  ['mngtmpaddr', false],
  ['noprefixroute', false],
  ['autojoin', false],
  ['no_track', false],
  ['use_vmac', false],
]);

export const ADDRESS_OPTION_NAMES: readonly string[] = [...ADDRESS_OPTIONS.keys()];

/** Judges a line with an address and its options. */
export function checkAddressLine([first, ...options]: readonly Word[]): EntryFault[] {
  if (first === undefined) return [];
  const listed = listedAddress(first, options.length === 0);
  // What follows belongs to the list that was meant.
  if (listed !== undefined) return [listed];
  const own = first.dynamic ? undefined : addressFault(first);
  const faults = own === undefined ? [] : [own];
  for (let at = 0; at < options.length; at += 1) {
    const option = options[at];
    if (option === undefined || option.dynamic) return faults;
    const takes = ADDRESS_OPTIONS.get(option.value);
    if (takes === undefined) {
      const remedy = `Known are ${ADDRESS_OPTION_NAMES.slice(0, 6).join(', ')} and others.`;
      faults.push({
        word: option,
        kind: 'option',
        message: `"${option.value}" is no option of an address.`,
        remedy,
      });
      // The words behind it may belong to it.
      return faults;
    }
    if (!takes) continue;
    at += 1;
    const value = options[at];
    if (value === undefined) faults.push(missingValue(option));
    else if (!value.dynamic) faults.push(...optionFaults(first, option.value, value));
  }
  return faults;
}

/** What is wrong with the address itself. */
function addressFault(word: Word): EntryFault | undefined {
  if (addressWithMask(word.value) !== undefined) return undefined;
  const [address = '', mask, ...more] = word.value.split('/');
  const family = more.length === 0 && mask !== undefined ? addressFamily(address) : undefined;
  const remedy = 'Write it as 10.0.0.100/24 or fd00::100/64.';
  if (family === undefined) {
    const message = `"${word.value}" is no address; keepalived leaves it out.`;
    return { word, kind: 'address', message, remedy };
  }
  if (mask === '') {
    const message =
      'There is no number behind the slash: keepalived takes it for /0, a network of all addresses.';
    return { word, kind: 'address', message, remedy, severity: 'warning' };
  }
  const bits = family === 4 ? 32 : 128;
  const message = `The mask of "${word.value}" is not valid; keepalived takes the address alone, with /${bits}.`;
  return { word, kind: 'address', message, remedy };
}

/** What is wrong with the word behind an option of an address. */
function optionFaults(address: Word, option: string, word: Word): EntryFault[] {
  if (option === 'dev' || option === 'label') {
    const fault = checkInterface(word.value);
    return fault === undefined ? [] : [{ ...fault, word }];
  }
  if (option === 'preferred_lft') {
    const fault = word.value === 'forever' ? undefined : checkNumber(word.value, 0, 4_294_967_295, 0);
    return fault === undefined ? [] : [{ ...fault, word }];
  }
  if (option === 'brd' || option === 'broadcast') {
    if (/^[+-]$/.test(word.value) || addressFamily(word.value) === 4) return [];
    const message = `"${word.value}" is no broadcast address; keepalived leaves the whole line out.`;
    return [{ word, kind: 'address', message, remedy: 'Write the address, or "+" for that of the network.' }];
  }
  return option === 'peer' ? peerFaults(address, word) : [];
}

/** An address that belongs to a line between two machines: the mask stands behind the other one. */
function peerFaults(address: Word, word: Word): EntryFault[] {
  if (addressFamily(word.value) === undefined) {
    const message = `"${word.value}" is no address; keepalived leaves the peer out.`;
    return [{ word, kind: 'address', message, remedy: 'Write the address of the other end.' }];
  }
  const own = address.dynamic ? undefined : addressWithMask(address.value);
  if (own?.bits === undefined || own.bits === (own.family === 4 ? 32 : 128)) return [];
  const message = `Beside a peer an address has no mask; keepalived ignores "/${own.bits}".`;
  const remedy = `Write ${own.address} without it.`;
  return [{ word: address, kind: 'address', message, remedy, severity: 'warning' }];
}

/** An address with a sign behind it, as between the parts of a list. */
function listedAddress(word: Word, alone: boolean): EntryFault | undefined {
  const surplus = word.dynamic ? undefined : signBehind(word.value);
  if (surplus === undefined || addressWithMask(surplus.before) === undefined) return undefined;
  const { before, sign } = surplus;
  const bits = addressFamily(before.split('/')[0] ?? '') === 6 ? 128 : 32;
  const takes = before.includes('/')
    ? `keepalived cannot read the mask and takes the address alone, with /${bits}`
    : 'keepalived leaves the address out';
  return {
    word,
    kind: 'address',
    message: `"${sign}" does not belong behind the address: ${takes}.`,
    remedy: alone ? `Write ${before}.` : 'Write one address a line, without signs between them.',
    ...(alone ? { meant: before } : {}),
  };
}
