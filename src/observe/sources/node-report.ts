import type { RunitStatus } from '../observation';

/** One line of the node script: a letter and the facts after it. */
export type NodeReport =
  | { readonly kind: 'services'; readonly services: Readonly<Record<string, RunitStatus>> }
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] }
  | { readonly kind: 'pgbouncer'; readonly hosts: readonly string[] };

/**
 * Reads a line of the node script. `S redis=412:run haproxy=0:down,want_up`, `A 172.30.0.11`, `D 172.30.0.12`.
 * Undefined for anything else.
 */
export function parseNodeReport(line: string): NodeReport | undefined {
  const [letter = '', ...words] = line.split(' ').filter((word) => word !== '');
  switch (letter) {
    case 'S':
      return { kind: 'services', services: Object.fromEntries(words.flatMap(parseService)) };
    case 'A':
      return { kind: 'addresses', addresses: words };
    case 'D':
      return { kind: 'pgbouncer', hosts: words };
    default:
      return undefined;
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
