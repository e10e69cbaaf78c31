import { say } from '../../words/message';
import type { Message } from '../../words/message';
import { switchOver } from '../../lab/apply/switch-over';
import { isSpent } from '../../observe/at-stake';
import type { EventKind } from '../../observe/event';
import { attempt } from '../attempt';
import type { Span } from '../attempt';
import { requireWhole } from '../gate';
import type { GateOptions } from '../gate';
import type { OrderContext } from './order-context';
import { orderPurpose, orderTitle, takesAway, undoing } from './order';
import type { Order } from './order';
import { takenBy } from './taken';

export interface OrderOptions extends GateOptions {
  /** Awaited once the gate is passed, before anything is done: a client that is to feel it is writing by then. */
  readonly ready?: () => Promise<void>;
}

const FAULTS: ReadonlySet<string> = new Set(['kill', 'pause', 'disconnect']);

/**
 * Carries an order out under the lab's lock. What takes something away goes through the gate, unless it serves nobody
 * any more; it is recorded before it is done, and taken back when it failed half-way.
 * @returns when it was done
 * @throws LabError `busy`; `not-whole` when it is refused; `no-node` when there is nobody to hand a role over, or to take
 * it; `cancelled` when the signal says so before anything was done; the failure of the order
 */
export function giveOrder(context: OrderContext, order: Order, options: OrderOptions = {}): Promise<Span> {
  const { labs, lab } = context;
  return labs.exclusively(lab.name, orderPurpose(order), () => give(context, order, options));
}

async function give(context: OrderContext, order: Order, options: OrderOptions): Promise<Span> {
  const { state } = context.observer;
  const title = orderTitle(order);
  const away = takesAway(order);
  const taken = takenBy(order, state);
  // A role that is handed over in good order loses nothing.
  const { onStake, ...gate } = options;
  const telling = order.on === 'switchover' || onStake === undefined ? gate : { ...gate, onStake };
  if (away && !(taken && isSpent(taken, state))) await requireWhole(context, title, taken, telling);
  await options.ready?.();
  const undo = undoing(order);
  const told = (kind: EventKind, text: Message) => ({ kind, ...placeOf(order), text });
  const span = await attempt(context, {
    event: told(isFault(order) ? 'fault-injected' : 'order-given', title),
    act: () => act(context, order, options.signal),
    signal: options.signal,
    ...(undo && {
      takeBack: async () => {
        await act(context, undo);
        context.observer.record({
          at: context.now(),
          ...told('fault-healed', say('{0}: could not be done', title)),
        });
      },
    }),
  });
  if (!away) context.observer.record({ at: context.now(), ...told('fault-healed', say('{0}: done', title)) });
  return span;
}

function isFault(order: Order): boolean {
  return order.on === 'node' && FAULTS.has(order.action);
}

function placeOf(order: Order): { readonly node?: string } {
  if (order.on === 'switchover') return order.to === undefined ? {} : { node: order.to };
  return { node: order.node };
}

function act(context: OrderContext, order: Order, signal?: AbortSignal): Promise<void> {
  const { labs, lab, observer } = context;
  switch (order.on) {
    case 'node':
      return labs.node(lab.name, order.node, order.action);
    case 'service':
      return labs.service(lab.name, order.node, order.service, order.action);
    case 'switchover':
      return switchOver(
        { lab, observer, transport: (node) => labs.transport(lab.name, node) },
        order,
        signal,
      );
  }
}
