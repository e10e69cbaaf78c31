import { declaredAs, listed, say } from '../../words/message';
import type { Message } from '../../words/message';
import { machinesOf } from '../../cluster/machines';
import { LabError } from '../../lab/lab-error';
import type { LabInfo, LabService } from '../../lab/lab-service';
import type { Observer } from '../../observe/observer';
import { attempt } from '../attempt';
import type { Span } from '../attempt';
import { requireWhole } from '../gate';
import type { GateOptions } from '../gate';
import { takenByFault } from '../orders/taken';
import { profileOf } from '../../lab/profiles/profiles';
import { nodesRunning } from '../../services/placement';
import { service as serviceOf } from '../../services/registry';
import type { FaultAction } from '../../services/core/fault';
import { halt } from './halt';
import { faultsOf, healsItself, neededBy } from './fault';
import type { Fault } from './fault';
import { aimTitle, targetOf } from './target';

/** A signal is sent at once. */
const KILL_LIMIT_MS = 15_000;

export interface FaultContext {
  readonly lab: Pick<LabInfo, 'name' | 'cluster' | 'sources'>;
  readonly labs: Pick<LabService, 'node' | 'service' | 'transport' | 'exclusively'>;
  readonly observer: Pick<Observer, 'state' | 'record'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Healing needs to know nothing of the state. */
export type HealContext = Omit<FaultContext, 'observer'> & { readonly observer: Pick<Observer, 'record'> };

export interface FaultOptions extends GateOptions {
  /** The node to break; the one the fault is aimed at when absent. */
  readonly node?: string;
  /** Awaited once the gate is passed, before anything is broken: a client that is to feel it is writing by then. */
  readonly ready?: () => Promise<void>;
}

/** A fault and the node it is in: what healing needs to know. */
export interface BrokenNode {
  readonly fault: Fault;
  readonly node: string;
}

/** A fault that is in the cluster and can be healed. */
export interface InjectedFault extends BrokenNode, Span {}

/** Breaks the cluster as `injectFault` says, for callers that hold the lab's lock; what failed half-way is undone. */
export async function breakNode(
  context: FaultContext,
  fault: Fault,
  options: FaultOptions = {},
): Promise<InjectedFault> {
  const taken = options.node ?? targetOf(fault, context.observer.state);
  const lost = taken === undefined ? undefined : takenByFault(fault.action, taken);
  await requireWhole(context, declaredAs(fault.title), lost, options);
  requireSense(context, fault);
  const node = options.node === undefined ? aimed(context, fault) : chosen(context, options.node);
  await options.ready?.();
  const text =
    options.node === undefined
      ? say('{0}: {1} ({2})', declaredAs(fault.title), node, aimTitle(fault.aim))
      : listed([declaredAs(fault.deed), node], ': ');
  const span = await attempt(context, {
    event: { kind: 'fault-injected', node, text },
    act: () => act(context, fault, node),
    signal: options.signal,
    takeBack: () =>
      takeBack(context, { fault, node }, say('{0}: could not be done on {1}', declaredAs(fault.deed), node)),
  });
  return { fault, node, ...span };
}

/** Undoes a fault as `healFault` says, for callers that hold the lab's lock. */
export async function mendNode(context: HealContext, broken: BrokenNode): Promise<void> {
  const { fault, node } = broken;
  if (!healsItself(fault))
    await takeBack(context, broken, say('{0}: healed on {1}', declaredAs(fault.deed), node));
}

/** Gives the order that undoes a fault, where one is needed, and records it once it is done. */
async function takeBack(context: HealContext, { fault, node }: BrokenNode, text: Message): Promise<void> {
  const { labs, lab, observer } = context;
  const { action } = fault;
  if (action.on === 'node') await labs.node(lab.name, node, action.heal);
  if (action.on === 'service') await labs.service(lab.name, node, action.service, 'start');
  if (action.on === 'standstill') await halt(context, node, action.service, 'cont');
  observer.record({ at: context.now(), kind: 'fault-healed', node, text });
}

/** @throws LabError `no-node` where nothing runs that the fault is a fault of */
function requireSense({ lab }: FaultContext, fault: Fault): void {
  if (faultsOf(lab.cluster).includes(fault)) return;
  const needed = neededBy(fault)
    .map(serviceOf)
    .filter((service) => nodesRunning(lab.cluster, service).length === 0)
    .map(({ title }) => title);
  throw new LabError(
    'no-node',
    say(
      '"{0}" makes no sense in lab {1}: it runs no {2}.',
      declaredAs(fault.title),
      lab.name,
      listed(needed),
    ),
    say('What can be broken there: gitlab-ha fault list {0}', lab.name),
  );
}

function aimed({ observer, lab }: FaultContext, fault: Fault): string {
  const node = targetOf(fault, observer.state);
  if (node !== undefined) return node;
  throw new LabError(
    'no-node',
    say(
      '"{0}" has no target: the state of lab {1} does not say who is {2}',
      declaredAs(fault.title),
      lab.name,
      aimTitle(fault.aim),
    ),
    say('Wait until the cluster is whole.'),
  );
}

function chosen({ lab }: FaultContext, node: string): string {
  const known = machinesOf(lab.cluster).map(({ name }) => name);
  if (known.includes(node)) return node;
  throw new LabError(
    'no-node',
    say('Lab {0} has no node {1}.', lab.name, node),
    say('It has {0}.', known.join(', ')),
  );
}

async function act(context: FaultContext, fault: Fault, node: string): Promise<void> {
  const { labs, lab } = context;
  const { action } = fault;
  switch (action.on) {
    case 'node':
      return labs.node(lab.name, node, action.inject);
    case 'service':
      return labs.service(lab.name, node, action.service, 'stop');
    case 'standstill':
      return halt(context, node, action.service, 'pause');
    case 'process':
      return killProcess(context, node, action);
  }
}

async function killProcess(
  context: FaultContext,
  node: string,
  { process, kill }: Extract<FaultAction, { on: 'process' }>,
): Promise<void> {
  const transport = await context.labs.transport(context.lab.name, node);
  const result = await transport.exec(kill(profileOf(context.lab.cluster).layout), {
    signal: AbortSignal.timeout(KILL_LIMIT_MS),
  });
  if (result.exitCode === 0) return;
  throw new LabError(
    'docker-failed',
    say(
      '{0} on {1} could not be killed (exit code {2}): {3}',
      process,
      node,
      result.exitCode,
      result.stderr.trim(),
    ),
    say('Look at "gitlab-ctl status" on {0}; {1} must be running to be killed.', node, process),
  );
}
