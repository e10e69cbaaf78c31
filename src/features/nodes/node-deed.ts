import type { FaultId } from '../../drills/faults/fault';
import { withLiveState } from '../../lab/health/live-state';
import type { LabInfo, LabService, NodeAction } from '../../lab/lab-service';
import type { Observer } from '../../observe/observer';

/** What a command does: an order to the node, a fault of src/drills, or what takes the fault back. */
export type Deed = { readonly order: NodeAction } | { readonly inject: FaultId } | { readonly heal: FaultId };

/** Where it is done. */
export interface Place {
  readonly labs: LabService;
  readonly lab: LabInfo;
  readonly node: string;
  /** The lab's live view while there is one: what is done enters its recording. */
  readonly observer: Observer | undefined;
}

/**
 * Does it under the lab's lock. A fault goes through the gate, which sees the lab as it is now.
 * @throws LabError `busy`; `not-whole` when a fault is refused; the failure of the order
 */
export async function carryOut(deed: Deed, { labs, lab, node, observer }: Place): Promise<void> {
  if ('order' in deed) {
    const { order } = deed;
    await labs.exclusively(lab.name, `${order} ${node}`, () => labs.node(lab.name, node, order));
    return;
  }
  // Loaded with the first fault.
  const [{ fault }, { healFault, injectFault }] = await Promise.all([
    import('../../drills/faults/fault'),
    import('../../drills/faults/inject'),
  ]);
  const context = { lab, labs, now: Date.now };
  if ('heal' in deed) {
    const recorder = observer ?? { record: () => undefined };
    await healFault({ ...context, observer: recorder }, { fault: fault(deed.heal), node });
    return;
  }
  await withLiveState(labs, lab, observer, (live) =>
    injectFault({ ...context, observer: live }, fault(deed.inject), { node }),
  );
}
