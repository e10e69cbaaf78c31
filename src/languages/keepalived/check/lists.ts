import { checkNumber } from './argument';
import type { EntryFault } from './entry-fault';
import { addressFamily } from '../model/values';
import type { Word } from '../syntax/word';

function numberFault(word: Word | undefined, min: number, max: number, places = 0): EntryFault[] {
  if (word === undefined || word.dynamic) return [];
  const fault = checkNumber(word.value, min, max, places);
  return fault === undefined ? [] : [{ ...fault, word }];
}

/** Judges how long changes of an interface must last: `INTERFACE DOWN [UP]`. */
export function checkPauses([, down, up]: readonly Word[]): EntryFault[] {
  return [down, up].flatMap((word) => numberFault(word, 0, 255, 6));
}

/** Judges an interface whose link is polled: `INTERFACE [MII|ETHTOOL|IOCTL]`. */
export function checkLinkbeat([, how, more]: readonly Word[]): EntryFault[] {
  if (how === undefined || how.dynamic) return [];
  const known = ['MII', 'ETHTOOL', 'IOCTL'].includes(how.value);
  const word = known ? more : how;
  if (word === undefined) return [];
  const message = `"${word.value}" is no way to look at a link.`;
  return [
    {
      word,
      kind: 'option',
      message,
      remedy: 'Write one interface a line, with MII, ETHTOOL or IOCTL if wanted.',
    },
  ];
}

/** Judges an address of a group of virtual servers: `ADDRESS[-END] [PORT]` or `fwmark NUMBER [inet|inet6]`. */
export function checkServer([first, second, third]: readonly Word[]): EntryFault[] {
  if (first === undefined || first.dynamic) return [];
  if (first.value === 'fwmark') {
    const family = third === undefined || third.dynamic || /^inet6?$/.test(third.value);
    const message = `"${third?.value ?? ''}" is no family; keepalived leaves the line out.`;
    return [
      ...numberFault(second, 0, 4_294_967_295),
      ...(family ? [] : [{ word: third, kind: 'option' as const, message, remedy: 'Write inet or inet6.' }]),
    ];
  }
  if (addressFamily(first.value.split(/[-/]/)[0] ?? '') === undefined) {
    const message = `"${first.value}" is no IP address; keepalived leaves the line out.`;
    return [
      { word: first, kind: 'address', message, remedy: 'Write it as 10.0.0.100 80 or 10.0.0.100-110 80.' },
    ];
  }
  return numberFault(second, 0, 65_535);
}
