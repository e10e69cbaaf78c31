import type { Cluster } from '../../cluster/cluster';
import { nodesRunning } from '../../services/placement';
import { SERVICES } from '../../services/registry';
import type { ServiceId } from '../../services/registry';
import { FAULT_AIMS, SERVICE_FAULTS } from '../../services/faults';
import type { Fault, FaultId } from '../../services/faults';

export type { Fault, FaultId } from '../../services/faults';

/** Every way to break the cluster; the services declare them, see deed.ts for the deed. */
export const FAULTS: readonly Fault[] = SERVICE_FAULTS;

/** Those of them that make sense in a cluster as its lab runs it. */
export function faultsOf(cluster: Cluster): readonly Fault[] {
  const absent = SERVICES.filter((service) => nodesRunning(cluster, service).length === 0).map(
    ({ id }) => id,
  );
  return FAULTS.filter((fault) => neededBy(fault).every((needed) => !absent.includes(needed)));
}

/** The services without which a fault makes no sense, and of which it is one. */
export function neededBy({ needs, aim, action }: Fault): readonly ServiceId[] {
  const aimed = FAULT_AIMS.find(({ id }) => id === aim)?.needs;
  const named = [needs, aimed, action.on === 'node' ? undefined : action.service];
  return SERVICES.map(({ id }) => id).filter((id) => named.includes(id));
}

/** True when the cluster mends it alone: what was killed is started again by its supervisor. */
export function healsItself(fault: Fault): boolean {
  return fault.action.on === 'process';
}

/** The fault with this id. */
export function fault(id: FaultId): Fault {
  const found = findFault(id);
  if (!found) throw new RangeError(`no such fault: ${id}`);
  return found;
}

/** The fault somebody named; undefined when there is none of that name. */
export function findFault(id: string): Fault | undefined {
  return FAULTS.find((candidate) => candidate.id === id);
}
