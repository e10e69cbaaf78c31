import { say } from '../../words/message';
import type { Message } from '../../words/message';
import type { View } from '../core/live/view';
import { etcdView } from './view';

/** etcd as everybody may see it. */
export interface EtcdState {
  readonly leader: string | undefined;
  readonly voters: readonly string[];
}

/** Which member leads and who votes, as the members say. The leader is undefined while none is known. */
export function etcdState(view: View): EtcdState {
  const { leader, voters } = etcdView(view);
  return { leader: leader.holder, voters };
}

/** A leader, and every member a voter that follows it. */
export function missingInEtcd({ leader, voters }: EtcdState, members: readonly string[]): readonly Message[] {
  const absent = members.filter((name) => !voters.includes(name));
  return [
    ...(leader === undefined ? [say('etcd: no leader')] : []),
    ...(absent.length > 0 ? [say('etcd: not voting: {0}', absent.join(', '))] : []),
  ];
}
