import type { Fault } from './fault';
import { breakNode, mendNode } from './deed';
import type { BrokenNode, FaultContext, FaultOptions, HealContext, InjectedFault } from './deed';

/**
 * Breaks the cluster under the lab's lock: the given node, else the one the fault is aimed at according to the
 * observer's state. Recorded as an event before it is done, so that the timeline starts with the cause.
 * @throws LabError `busy` while the lab is deployed, destroyed or broken by others; `not-whole` with everything that
 * is missing, when the cluster could not survive the fault; `no-node` when there is no such node or the state does not
 * say which one the fault is aimed at; `docker-failed` when the order failed, which is then undone as far as it went.
 */
export function injectFault(
  context: FaultContext,
  fault: Fault,
  options: FaultOptions = {},
): Promise<InjectedFault> {
  const { labs, lab } = context;
  return labs.exclusively(lab.name, `fault ${fault.id}`, () => breakNode(context, fault, options));
}

/**
 * Undoes a fault under the lab's lock; nothing to do where the cluster mends itself (a killed process is started again
 * by its supervisor). Safe to repeat. @throws LabError `busy`, or when the order fails.
 */
export function healFault(context: HealContext, broken: BrokenNode): Promise<void> {
  const { labs, lab } = context;
  return labs.exclusively(lab.name, `heal ${broken.fault.id}`, () => mendNode(context, broken));
}
