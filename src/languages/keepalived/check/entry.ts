import { checkInterface, checkNumber, signBehind, type ArgumentFault } from './argument';
import { addressFamily, addressWithMask } from '../model/values';
import type { ValueKind } from '../schema/keyword';
import type { Entry } from '../syntax/tree';
import type { Word } from '../syntax/word';

export interface EntryFault extends Omit<ArgumentFault, 'kind'> {
  readonly kind: ArgumentFault['kind'] | 'option';
  readonly word: Word;
}

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

const WEIGHTS: Readonly<Partial<Record<ValueKind, number>>> = {
  'tracked-interfaces': 253,
  vrrp_script: 253,
  vrrp_track_process: 254,
  track_file: 254,
  bfd_instance: 253,
};

/** Judges one line of a block without keywords. */
export function checkEntry(entry: Entry, values: ValueKind): EntryFault[] {
  if (values === 'addresses') return checkAddressLine(entry.words);
  if (values === 'peers') return checkPeer(entry.words);
  const weight = WEIGHTS[values];
  return weight === undefined ? [] : checkTracked(entry.words, values, weight);
}

function checkAddressLine([first, ...options]: readonly Word[]): EntryFault[] {
  if (first === undefined) return [];
  const faults: EntryFault[] = [];
  const listed = listedAddress(first, options.length === 0);
  // What follows belongs to the list that was meant.
  if (listed !== undefined) return [listed];
  if (!first.dynamic && addressWithMask(first.value) === undefined) {
    faults.push({
      word: first,
      kind: 'address',
      message: `"${first.value}" is no address, or its mask is not valid; keepalived leaves it out.`,
      remedy: 'Write it as 10.0.0.100/24 or fd00::100/64.',
    });
  }
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
    else if (!value.dynamic && (option.value === 'dev' || option.value === 'label')) {
      const fault = checkInterface(value.value);
      if (fault !== undefined) faults.push({ ...fault, word: value });
    }
  }
  return faults;
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

function missingValue(option: Word): EntryFault {
  const message = `"${option.value}" needs a value; keepalived leaves the line out.`;
  return { word: option, kind: 'option', message, remedy: 'Write the value, or remove the word.' };
}

function checkPeer([first, ...options]: readonly Word[]): EntryFault[] {
  if (first === undefined) return [];
  const faults: EntryFault[] = [];
  const surplus = first.dynamic ? undefined : signBehind(first.value);
  if (surplus !== undefined && addressFamily(surplus.before) !== undefined) {
    const alone = options.length === 0;
    faults.push({
      word: first,
      kind: 'address',
      message: `"${surplus.sign}" does not belong behind the address; keepalived leaves this peer out.`,
      remedy: alone ? `Write ${surplus.before}.` : 'Write one peer a line, without signs between them.',
      ...(alone ? { meant: surplus.before } : {}),
    });
    return faults;
  }
  if (!first.dynamic && addressFamily(first.value.split(/[-/]/)[0] ?? '') === undefined) {
    faults.push({
      word: first,
      kind: 'address',
      message: `"${first.value}" is no IP address; keepalived leaves this peer out.`,
      remedy: 'Write the address of the other node.',
    });
  }
  for (let at = 0; at < options.length; at += 2) {
    const [option, value] = [options[at], options[at + 1]];
    if (option === undefined || option.dynamic) break;
    if (value === undefined && /^(min|max)_ttl$/.test(option.value)) faults.push(missingValue(option));
    else if (!/^(min|max)_ttl$/.test(option.value)) {
      const message = `"${option.value}" is no option of a peer.`;
      faults.push({ word: option, kind: 'option', message, remedy: 'Write one peer a line.' });
      break;
    } else if (value !== undefined && !value.dynamic) {
      const fault = checkNumber(value.value, 0, 255, 0);
      if (fault !== undefined) faults.push({ ...fault, word: value });
    }
  }
  return faults;
}

function checkTracked(
  [, keyword, value, direction]: readonly Word[],
  values: ValueKind,
  most: number,
): EntryFault[] {
  if (keyword === undefined || keyword.dynamic) return [];
  if (keyword.value !== 'weight') {
    const message = `"${keyword.value}" is no option here; keepalived does not track what the line names.`;
    return [
      {
        word: keyword,
        kind: 'option',
        message,
        remedy: 'Write one name a line, with "weight NUMBER" if wanted.',
      },
    ];
  }
  if (value === undefined) return [missingValue(keyword)];
  if (value.dynamic) return [];
  const fault = checkNumber(value.value, -most, most, 0);
  if (fault !== undefined) return [{ ...fault, word: value }];
  const known = values === 'tracked-interfaces' ? ['reverse'] : ['reverse', 'noreverse'];
  if (direction === undefined || direction.dynamic || known.includes(direction.value)) return [];
  const message = `"${direction.value}" is no option of a weight.`;
  return [{ word: direction, kind: 'option', message, remedy: `Write ${known.join(' or ')}, or nothing.` }];
}
