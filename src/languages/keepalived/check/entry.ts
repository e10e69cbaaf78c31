import { checkNumber, signBehind } from './argument';
import { checkAddressLine } from './address-line';
import { missingValue, type EntryFault } from './entry-fault';
import { checkLinkbeat, checkPauses, checkServer } from './lists';
import { checkRoute, checkRoutingRule } from './routes';
import { addressFamily } from '../model/values';
import type { ValueKind } from '../schema/keyword';
import type { Entry } from '../syntax/tree';
import type { Word } from '../syntax/word';

const WEIGHTS: Readonly<Partial<Record<ValueKind, number>>> = {
  'tracked-interfaces': 253,
  vrrp_script: 253,
  vrrp_track_process: 254,
  track_file: 254,
  bfd_instance: 253,
};

/** Judges one line of a block without keywords. */
export function checkEntry({ words }: Entry, values: ValueKind): readonly EntryFault[] {
  const check = CHECKS[values];
  if (check !== undefined) return check(words);
  const weight = WEIGHTS[values];
  return weight === undefined ? [] : checkTracked(words, values, weight);
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

const CHECKS: Readonly<Partial<Record<ValueKind, (words: readonly Word[]) => readonly EntryFault[]>>> = {
  addresses: checkAddressLine,
  peers: checkPeer,
  routes: checkRoute,
  rules: checkRoutingRule,
  delays: checkPauses,
  servers: checkServer,
  'linkbeat-interfaces': checkLinkbeat,
};
