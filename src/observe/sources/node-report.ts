import { seenOn } from '../../services/core/live/fact';
import type { FactObservation } from '../../services/core/live/fact';
import type { NodeReport } from '../../services/core/live/live-service';
import { ADDRESSES, DISK_FULL, NODE_AGE, PROCESSES } from '../../services/core/live/view';
import type { RunitStatus } from '../../services/core/live/view';

/**
 * Reads a line of the node script, a letter and words: `S redis=412:run haproxy=0:down,want_up`, `A 172.30.0.11`, and
 * those of the services. Undefined for anything else.
 */
export function readNodeReport(
  line: string,
  reports: readonly NodeReport[],
  node: string,
  at: number,
): FactObservation | undefined {
  const [letter = '', ...words] = line.split(' ').filter((word) => word !== '');
  switch (letter) {
    case 'S':
      return seenOn(PROCESSES, node, at, Object.fromEntries(words.flatMap(parseService)));
    case 'A':
      return seenOn(ADDRESSES, node, at, words);
    case 'F':
      return readDisk(words[0], node, at);
    case 'U':
      return readAge(words[0], node, at);
    default:
      return reports.find((report) => report.letter === letter)?.read(words, node, at);
  }
}

function readDisk(word: string | undefined, node: string, at: number): FactObservation | undefined {
  return word === 'full' || word === 'free' ? seenOn(DISK_FULL, node, at, word === 'full') : undefined;
}

function readAge(word: string | undefined, node: string, at: number): FactObservation | undefined {
  const age = word !== undefined && /^\d+$/.test(word) ? Number(word) : undefined;
  return age === undefined ? undefined : seenOn(NODE_AGE, node, at, age);
}

/** runit writes the state first, then what it got and what is wanted, e.g. `down, want up` (spaces as `_`). */
function parseService(word: string): readonly (readonly [string, RunitStatus])[] {
  const match = /^([^=]+)=(\d+):(run|down|finish)(.*)$/.exec(word);
  const [, name, pid, state, rest = ''] = match ?? [];
  if (name === undefined || (state !== 'run' && state !== 'down' && state !== 'finish')) return [];
  const wanted = rest.includes('want_up')
    ? 'up'
    : rest.includes('want_down') || rest.includes('want_exit') || state === 'down'
      ? 'down'
      : 'up';
  const paused = rest.split(',').includes('paused') ? ({ paused: true } as const) : {};
  return [[name, { state, pid: Number(pid), wanted, ...paused }]];
}
