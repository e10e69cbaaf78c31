import { withLiveState } from '../lab/health/live-state';
import type { LabInfo, LabService } from '../lab/lab-service';
import { declaredAs, listed } from '../words/message';
import type { Message } from '../words/message';
import { LabError } from '../lab/lab-error';
import type { Observer } from '../observe/observer';
import { TransportError } from '../transport/transport';
import type { Span } from './attempt';
import type { Fault } from './faults/fault';
import { injectFault } from './faults/inject';
import type { GateOptions } from './gate';
import { giveOrder } from './orders/give-order';
import { orderPurpose, orderTitle, takesAway } from './orders/order';
import type { Order } from './orders/order';
import { Clients } from './probe/clients';
import { feltEvent } from './probe/felt';
import type { Felt } from './probe/felt';
import { leaderAddress } from './probe/leader-address';
import type { ProbePath } from './probe/write-attempt';

/** So long it is looked at what does not end by itself. */
const LASTING_MS = 10_000;

/** What can be done to a lab on purpose: an order, or one of the declared faults at a node or at its aim. */
export type Deed = { readonly order: Order } | { readonly fault: Fault; readonly node?: string };

/** Where it is done. */
export interface Place {
  readonly labs: Pick<LabService, 'observe' | 'node' | 'service' | 'transport' | 'exclusively'>;
  readonly lab: LabInfo;
  /** The lab's live view while there is one: what is done enters its recording. */
  readonly observer: Observer | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface CarryOutOptions extends GateOptions {
  /** Lets clients write meanwhile, to tell what they felt. */
  readonly measure?: boolean;
  /** Called as soon as it is done, before what clients felt is known. */
  readonly onDone?: (span: Span) => void;
}

export interface Outcome extends Span {
  /** One for each way on which clients wrote before; empty when nothing was measured. */
  readonly felt: readonly Felt[];
}

/** A deed in words, as a headline. */
export function deedTitle(deed: Deed): Message {
  if ('order' in deed) return orderTitle(deed.order);
  const { fault, node } = deed;
  return node === undefined ? declaredAs(fault.title) : listed([declaredAs(fault.deed), node], ': ');
}

/** True for what goes through the gate. */
export function isGated(deed: Deed): boolean {
  return !('order' in deed) || takesAway(deed.order);
}

/**
 * Does something to a lab under its lock, through the gate where something is taken away, with a live view of the lab as
 * it is now. What clients felt is told as events too.
 * @throws LabError `busy`; `not-whole` when it is refused; `cancelled`; the failure of the order
 */
export function carryOut(deed: Deed, place: Place, options: CarryOutOptions = {}): Promise<Outcome> {
  const { labs, lab, now } = place;
  return withLiveState(
    labs,
    lab,
    place.observer,
    async (observer) => {
      const meanwhile: { clients?: Clients | undefined } = {};
      // Behind the lock and the gate: what is refused has written nothing.
      const ready = async (): Promise<void> => {
        meanwhile.clients = await clientsOf(deed, place, options);
        await meanwhile.clients?.ready();
      };
      const measured = options.measure === true && isGated(deed);
      const context = { labs, lab, observer, now };
      try {
        const span = await give(deed, context, { ...options, ...(measured && { ready }) });
        options.onDone?.(span);
        const keeper = (path: ProbePath) => leaderAddress(lab, observer.state, path);
        const felt = (await meanwhile.clients?.felt(span, keeper, patienceWith(deed))) ?? [];
        for (const one of felt) observer.record(feltEvent(one, now()));
        return { ...span, felt };
      } finally {
        await meanwhile.clients?.forget();
      }
    },
    options.signal,
  );
}

/** Milliseconds for which a fault is looked at that ends when it is healed only; undefined: as long as usual. */
function patienceWith(deed: Deed): number | undefined {
  return 'fault' in deed && deed.fault.lasting ? LASTING_MS : undefined;
}

type GiveContext = Parameters<typeof giveOrder>[0];
type GiveOptions = NonNullable<Parameters<typeof giveOrder>[2]>;

function give(deed: Deed, context: GiveContext, options: GiveOptions): Promise<Span> {
  if ('order' in deed) return giveOrder(context, deed.order, options);
  const aimed = deed.node === undefined ? {} : { node: deed.node };
  return injectFault(context, deed.fault, { ...options, ...aimed });
}

/** What cannot be measured is done all the same: a gateway that is gone must not keep a node from being stopped. */
async function clientsOf(
  deed: Deed,
  { labs, lab, now }: Place,
  { signal }: GateOptions,
): Promise<Clients | undefined> {
  const name = 'order' in deed ? orderPurpose(deed.order).replaceAll(' ', '-') : deed.fault.id;
  try {
    return await Clients.start(
      await labs.transport(lab.name, 'gateway'),
      lab.cluster,
      `${name}-${now()}`,
      signal,
    );
  } catch (error) {
    if (error instanceof TransportError || error instanceof LabError) return undefined;
    throw error;
  }
}
