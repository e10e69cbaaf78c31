import { declaredAs } from '../../words/message';
import type { Message } from '../../words/message';
import { FAULT_AIMS } from '../../services/faults';
import type { Fault, FaultAimId } from '../../services/faults';
import type { ClusterState } from '../../observe/state';
import type { ProbePath } from '../probe/write-attempt';

/**
 * The node a fault would hit in this state, or undefined while the state does not say who that is (nobody leads,
 * no master known, no or more than one holder of the virtual address).
 */
export function targetOf(fault: Fault, state: ClusterState): string | undefined {
  return aim(fault.aim).node(state);
}

/** The aim in words, as used in messages: "database leader". */
export function aimTitle(id: FaultAimId): Message {
  return declaredAs(aim(id).title);
}

/** The way of writing that feels a fault. */
export function probePathOf(fault: Fault): ProbePath {
  return fault.feltBy ?? aim(fault.aim).feltBy;
}

function aim(id: FaultAimId): (typeof FAULT_AIMS)[number] {
  const found = FAULT_AIMS.find((candidate) => candidate.id === id);
  if (!found) throw new RangeError(`no such aim: ${id}`);
  return found;
}
