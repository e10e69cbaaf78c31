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
import type { FaultAction } from '../../services/core/fault';
import { healsItself } from './fault';
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
  await requireWhole(context, fault.title, lost, options);
  const node = options.node === undefined ? aimed(context, fault) : chosen(context, options.node);
  await options.ready?.();
  const text =
    options.node === undefined
      ? `${fault.title}: ${node} (${aimTitle(fault.aim)})`
      : `${fault.deed}: ${node}`;
  const span = await attempt(context, {
    event: { kind: 'fault-injected', node, text },
    act: () => act(context, fault, node),
    signal: options.signal,
    takeBack: () => takeBack(context, { fault, node }, `${fault.title}: could not be done on ${node}`),
  });
  return { fault, node, ...span };
}

/** Undoes a fault as `healFault` says, for callers that hold the lab's lock. */
export async function mendNode(context: HealContext, broken: BrokenNode): Promise<void> {
  const { fault, node } = broken;
  if (!healsItself(fault)) await takeBack(context, broken, `${fault.title}: healed on ${node}`);
}

/** Gives the order that undoes a fault, where one is needed, and records it once it is done. */
async function takeBack(context: HealContext, { fault, node }: BrokenNode, text: string): Promise<void> {
  const { labs, lab, observer } = context;
  const { action } = fault;
  if (action.on === 'node') await labs.node(lab.name, node, action.heal);
  if (action.on === 'service') await labs.service(lab.name, node, action.service, 'start');
  observer.record({ at: context.now(), kind: 'fault-healed', node, text });
}

function aimed({ observer, lab }: FaultContext, fault: Fault): string {
  const node = targetOf(fault, observer.state);
  if (node !== undefined) return node;
  throw new LabError(
    'no-node',
    `"${fault.title}" has no target: the state of lab ${lab.name} does not say who is ${aimTitle(fault.aim)}`,
    'Wait until the cluster is whole.',
  );
}

function chosen({ lab }: FaultContext, node: string): string {
  const known = machinesOf(lab.cluster).map(({ name }) => name);
  if (known.includes(node)) return node;
  throw new LabError('no-node', `Lab ${lab.name} has no node ${node}.`, `It has ${known.join(', ')}.`);
}

async function act(context: FaultContext, fault: Fault, node: string): Promise<void> {
  const { labs, lab } = context;
  const { action } = fault;
  switch (action.on) {
    case 'node':
      return labs.node(lab.name, node, action.inject);
    case 'service':
      return labs.service(lab.name, node, action.service, 'stop');
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
    `${process} on ${node} could not be killed (exit code ${result.exitCode}): ${result.stderr.trim()}`,
    `Look at "gitlab-ctl status" on ${node}; ${process} must be running to be killed.`,
  );
}
