import { seenOn } from '../../services/core/live/fact';
import type { FactObservation } from '../../services/core/live/fact';
import type { NodeReport } from '../../services/core/live/live-service';
import { ADDRESSES, PROCESSES } from '../../services/core/live/view';
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
    default:
      return reports.find((report) => report.letter === letter)?.read(words, node, at);
  }
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
  return [[name, { state, pid: Number(pid), wanted }]];
}
