import { takenByFault } from '../../../src/drills/orders/taken';
import type { Fault } from '../../../src/drills/faults/fault';
import { targetOf } from '../../../src/drills/faults/target';
import type { LabInfo } from '../../../src/lab/lab-service';
import { atStake } from '../../../src/observe/at-stake';
import type { ClusterState } from '../../../src/observe/state';
import type { Message } from '../../../src/words/message';
import { REDIS_LOSES } from '../../../src/services/redis/stake';

/**
 * Whether a user who is offered this fault, in this state, reads that Redis may lose what it acknowledged: in the fault's
 * own text, or in what is at stake with the node it is aimed at.
 */
export function tellsOfRedis(
  fault: Fault,
  state: ClusterState,
  { cluster }: Pick<LabInfo, 'cluster'>,
): boolean {
  const node = targetOf(fault, state);
  const stakes = node === undefined ? [] : atStake(takenByFault(fault.action, node), state, cluster);
  return saysSo([fault.description, ...stakes]);
}

/** The same for a user who orders these nodes to be killed, one after the other. */
export function ordersTellOfRedis(
  nodes: readonly string[],
  state: ClusterState,
  { cluster }: Pick<LabInfo, 'cluster'>,
): boolean {
  return nodes.some((node) => saysSo(atStake({ node }, state, cluster)));
}

function saysSo(sentences: readonly (string | Message)[]): boolean {
  return sentences.some((sentence) => String(sentence).includes(REDIS_LOSES));
}
