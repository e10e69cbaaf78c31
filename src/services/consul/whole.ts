import { say } from '../../words/message';
import type { Message } from '../../words/message';
import type { View } from '../core/live/view';
import { consulView } from './view';

/** Consul as everybody may see it. */
export interface ConsulState {
  readonly leader: string | undefined;
  readonly voters: readonly string[];
}

/** Which server leads and who votes, as the servers say. */
export function consulState(view: View): ConsulState {
  const { leader, servers = [] } = consulView(view);
  const voting = servers.filter(({ voter, serf }) => voter && serf === 'alive');
  const addresses = new Set(voting.map(({ address }) => address));
  return {
    leader: leader.holder,
    voters: view.nodes
      .filter(({ usable, address }) => usable && addresses.has(address))
      .map(({ name }) => name),
  };
}

/** A Raft leader, and every server a voter. */
export function missingInConsul(state: ConsulState, servers: readonly string[]): readonly Message[] {
  const absent = servers.filter((name) => !state.voters.includes(name));
  return [
    ...(state.leader === undefined ? [say('Consul: no Raft leader')] : []),
    ...(absent.length > 0 ? [say('Consul: not voting: {0}', absent.join(', '))] : []),
  ];
}
