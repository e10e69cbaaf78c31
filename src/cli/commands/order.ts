import { translate } from '../../words/message';
import { machinesOf } from '../../cluster/machines';
import { carryOut } from '../../drills/carry-out';
import { orderTitle, takesAway, undoing } from '../../drills/orders/order';
import type { Order } from '../../drills/orders/order';
import { servicesOn } from '../../services/placement';
import { SWITCHOVERS } from '../../services/switchovers';
import type { SwitchoverId } from '../../services/switchovers';
import type { LabInfo, NodeAction } from '../../lab/lab-service';
import { asCalled } from '../called-as';
import { CliError } from '../cli-error';
import type { CliContext, GlobalOptions } from '../context';
import { EXIT } from '../exit-code';
import { otherwiseText } from '../meant-text';
import { chooseLab, chooseNode } from '../lab-name';
import { printLine, stderrStyle, tellStakes } from '../print';
import type { Localizer } from '../../presentation/words/localizer';

export interface OrderCommandOptions extends GlobalOptions {
  readonly name?: string;
  /** Do it although the lab is not whole. */
  readonly anyway?: boolean;
  readonly json?: boolean;
}

export interface SwitchoverCommandOptions extends OrderCommandOptions {
  /** Who takes over. */
  readonly to?: string;
}

/** The words of the command line for what can be done to a node. */
export const NODE_VERBS = {
  start: 'start',
  stop: 'stop',
  restart: 'restart',
  kill: 'kill',
  pause: 'pause',
  unpause: 'unpause',
  cut: 'disconnect',
  reconnect: 'connect',
} as const satisfies Readonly<Record<string, NodeAction>>;

export type NodeVerb = keyof typeof NODE_VERBS;

export type ServiceVerb = 'start' | 'stop' | 'restart';

/** `gitlab-ha node VERB NODE`: what VS Code's menu of a node does, through the same gate. */
export function orderNode(
  context: CliContext,
  verb: NodeVerb,
  node: string,
  options: OrderCommandOptions,
): Promise<number> {
  return give(context, options, (lab) => ({
    on: 'node',
    node: clusterNode(context.l10n, lab, node),
    action: NODE_VERBS[verb],
  }));
}

/** `gitlab-ha service VERB NODE SERVICE`: starts, stops or restarts a service on its node. */
export function orderService(
  context: CliContext,
  verb: ServiceVerb,
  node: string,
  service: string,
  options: OrderCommandOptions,
): Promise<number> {
  return give(context, options, (lab) => {
    const on = clusterNode(context.l10n, lab, node);
    const placed = servicesOn(lab.cluster, on).map(({ id }) => id);
    const found = placed.find((id) => id === service);
    if (found) return { on: 'service', node: on, service: found, action: verb };
    throw unknownWord(
      context.l10n,
      context.l10n.t('{0} runs no service {1}.', on, service),
      service,
      placed,
      EXIT.notFound,
    );
  });
}

/** `gitlab-ha switchover SERVICE`: hands over in good order what the service leads. */
export function orderSwitchover(
  context: CliContext,
  service: string,
  options: SwitchoverCommandOptions,
): Promise<number> {
  const ids = SWITCHOVERS.map((role): SwitchoverId => role.service);
  const found = ids.find((id) => id === service);
  if (!found)
    throw unknownWord(
      context.l10n,
      context.l10n.t('{0} hands nothing over.', service),
      service,
      ids,
      EXIT.usage,
    );
  return give(context, options, (lab) => ({
    on: 'switchover',
    service: found,
    ...(options.to !== undefined && { to: clusterNode(context.l10n, lab, options.to) }),
  }));
}

async function give(
  context: CliContext,
  options: OrderCommandOptions,
  orderFor: (lab: LabInfo) => Order,
): Promise<number> {
  const labs = await context.labs(options);
  const lab = await chooseLab(context, labs, options.name);
  const order = orderFor(lab);
  const abort = new AbortController();
  // A second Ctrl-C ends the program at once.
  const interrupt = context.onInterrupt(() => {
    interrupt.dispose();
    abort.abort();
  });
  try {
    const place = { labs, lab, observer: undefined, now: () => context.now() };
    const gate = {
      anyway: options.anyway === true,
      signal: abort.signal,
      onStake: tellStakes(context),
    };
    const { at, doneAt } = await carryOut({ order }, place, gate);
    if (options.json === true) printLine(context.stdout, JSON.stringify({ order, at, doneAt }, undefined, 2));
    else tellDone(context, lab.name, order);
    return EXIT.ok;
  } finally {
    interrupt.dispose();
  }
}

function tellDone(context: CliContext, lab: string, order: Order): void {
  printLine(context.stdout, context.l10n.t('{0}: done.', translate(orderTitle(order), context.l10n)));
  const undo = takesAway(order) ? undoing(order) : undefined;
  if (!undo || (order.on !== 'switchover' && order.action === 'restart')) return;
  const command = asCalled(context, `${commandOf(undo)} ${lab}`);
  printLine(context.stderr, stderrStyle(context).dim(context.l10n.t('Take it back with: {0}', command)));
}

/** The command line that gives an order. */
function commandOf(order: Order): string {
  if (order.on === 'switchover') return `gitlab-ha switchover ${order.service}`;
  if (order.on === 'service') return `gitlab-ha service ${order.action} ${order.node} ${order.service}`;
  const verb = Object.entries(NODE_VERBS).find(([, action]) => action === order.action)?.[0];
  return `gitlab-ha node ${verb ?? order.action} ${order.node}`;
}

/** A node of the cluster; the gateway is none. */
function clusterNode(l10n: Localizer, lab: LabInfo, node: string): string {
  const known = machinesOf(lab.cluster).map(({ name }) => name);
  if (known.includes(node)) return chooseNode(l10n, lab, node);
  throw unknownWord(l10n, l10n.t('Lab {0} has no node {1}.', lab.name, node), node, known, EXIT.notFound);
}

function unknownWord(
  l10n: Localizer,
  message: string,
  word: string,
  known: readonly string[],
  code: number,
): CliError {
  return new CliError(code, message, otherwiseText(word, known, l10n));
}
