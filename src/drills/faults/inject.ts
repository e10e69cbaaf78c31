import { wholeness } from '../../observe/wholeness';
import type { Event } from '../../observe/event';
import type { Observer } from '../../observe/observer';
import { LabError } from '../../lab/lab-error';
import type { LabInfo, LabService } from '../../lab/lab-service';
import type { Fault, KilledProcess } from './fault';
import { aimTitle, targetOf } from './target';

export interface FaultContext {
  readonly lab: Pick<LabInfo, 'name' | 'cluster' | 'sources'>;
  readonly labs: Pick<LabService, 'node' | 'service' | 'transport'>;
  readonly observer: Pick<Observer, 'state' | 'record'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** A fault that is in the cluster and can be healed. */
export interface InjectedFault {
  readonly fault: Fault;
  readonly node: string;
  /** When the order was given; the effect came between this and `doneAt`. Milliseconds since the epoch. */
  readonly at: number;
  readonly doneAt: number;
}

/**
 * Breaks the cluster, on the node the fault is aimed at according to the observer's state. Recorded as an event
 * before it is done, so that the timeline starts with the cause.
 * @throws LabError `not-whole` with everything that is missing, when the cluster could not survive the fault;
 * `no-node` when the state does not say which node the fault is aimed at; `docker-failed` when the order failed.
 */
export async function injectFault(context: FaultContext, fault: Fault): Promise<InjectedFault> {
  const { observer, lab } = context;
  requireWhole(context, fault);
  const node = targetOf(fault, observer.state);
  if (node === undefined) {
    throw new LabError(
      'no-node',
      `"${fault.title}" has no target: the state of lab ${lab.name} does not say who is ${aimTitle(fault.aim)}`,
      'Wait until the cluster is whole.',
    );
  }
  const at = context.now();
  observer.record(faultEvent('fault-injected', at, node, `${fault.title}: ${node} (${aimTitle(fault.aim)})`));
  try {
    await act(context, fault, node);
  } catch (error) {
    observer.record(
      faultEvent('fault-healed', context.now(), node, `${fault.title}: could not be done on ${node}`),
    );
    throw error;
  }
  return { fault, node, at, doneAt: context.now() };
}

/**
 * Undoes a fault; nothing to do where the cluster mends itself (a killed process is started again by its supervisor).
 * Safe to repeat. @throws LabError when the order fails.
 */
export async function healFault(context: FaultContext, injected: InjectedFault): Promise<void> {
  const { fault, node } = injected;
  const { labs, lab, observer } = context;
  const { action } = fault;
  if (action.on === 'process') return;
  observer.record(faultEvent('fault-healed', context.now(), node, `${fault.title}: healed on ${node}`));
  if (action.on === 'node') await labs.node(lab.name, node, action.heal);
  else await labs.service(lab.name, node, action.service, 'start');
}

/**
 * The gate of every fault: a cluster that is not whole may lose data or quorum by a further fault, and what would be
 * measured then is not the failover.
 * @throws LabError `not-whole`
 */
export function requireWhole(context: Pick<FaultContext, 'lab' | 'observer'>, fault: Fault): void {
  const missing = wholeness(context.observer.state, context.lab.cluster);
  if (missing.length === 0) return;
  throw new LabError(
    'not-whole',
    `"${fault.title}" refused, lab ${context.lab.name} is not whole: ${missing.join('; ')}`,
    'Wait until the cluster has healed, or start what is stopped; then try again.',
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
    case 'process':
      return killProcess(context, node, action.process);
  }
}

/** Fixed scripts, nothing is put into them. The postmaster's pid is the first line of its pid file. */
const KILL_SCRIPTS: Readonly<Record<KilledProcess, string>> = {
  postgres: 'kill -KILL "$(head -n 1 /var/opt/gitlab/postgresql/data/postmaster.pid)"',
  redis: 'sv kill /opt/gitlab/service/redis',
};

async function killProcess(context: FaultContext, node: string, process: KilledProcess): Promise<void> {
  const transport = await context.labs.transport(context.lab.name, node);
  const result = await transport.exec(['bash', '-c', KILL_SCRIPTS[process]]);
  if (result.exitCode === 0) return;
  throw new LabError(
    'docker-failed',
    `${process} on ${node} could not be killed (exit code ${result.exitCode}): ${result.stderr.trim()}`,
    `Look at "gitlab-ctl status" on ${node}; ${process} must be running to be killed.`,
  );
}

function faultEvent(kind: Event['kind'], at: number, node: string, text: string): Event {
  return { at, kind, node, text };
}
