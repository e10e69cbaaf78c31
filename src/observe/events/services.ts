import { listed, say } from '../../words/message';
import { processOf } from '../../services/core/live/view';
import type { View } from '../../services/core/live/view';
import { service as serviceOf } from '../../services/registry';
import type { Known } from '../known';
import { healthWord } from '../health-word';
import { live } from '../live';
import type { ClusterState, NodeState, ServiceState } from '../state';
import { Changes, settle, SETTLE_MS } from './settle';
import type { Draft } from './settle';

/** Adds which programs came and went to the drafts. @returns what is known of them afterwards */
export function tellProcesses(
  known: Known,
  services: readonly Placed[],
  view: View,
  drafts: Draft[],
): Known['processes'] {
  const next = new Changes(known.processes);
  for (const { node, service } of services) {
    const nodeView = view.node(node.name);
    const status = nodeView && processOf(nodeView, service.service);
    if (service.process === 'unknown' || !status) continue;
    const key = `${node.name}/${service.service}`;
    const before = known.processes[key];
    // runit writes the pid before the state: for an instant a service that stops "runs" without one.
    const pid = service.process === 'up' && status.pid === 0 ? (before?.pid ?? 0) : status.pid;
    if (before?.process === service.process && before.pid === pid) continue;
    next.set(key, { process: service.process, pid });
    if (!before) continue;
    const draft = processDraft(before, { process: service.process, pid }, node, service);
    if (draft) drafts.push(draft);
  }
  return next.result;
}

type Process = Known['processes'][string];

function processDraft(
  before: Process,
  now: Process,
  node: NodeState,
  { service, detail }: ServiceState,
): Draft | undefined {
  const title = say('{0} on {1}', serviceOf(service).title, node.name);
  const about = { node: node.name, service, from: before.process, to: now.process };
  if (now.process === 'down')
    return before.process === 'up'
      ? { kind: 'service-down', ...about, text: listed([title, detail], ': ') }
      : undefined;
  if (before.process === 'down') return { kind: 'service-up', ...about, text: say('{0} runs', title) };
  return before.pid !== now.pid && before.pid !== 0
    ? { kind: 'service-up', ...about, text: say('{0} was started anew', title) }
    : undefined;
}

/** Roles that only one node may hold have events of their own. */
export function tellRoles(known: Known, services: readonly Placed[], drafts: Draft[]): Known['roles'] {
  const next = new Changes(known.roles);
  for (const { node, service } of services) {
    const rule = live(service.service)?.roles;
    if (!rule || service.role === undefined) continue;
    const key = `${node.name}/${service.service}`;
    const from = known.roles[key];
    const to = rule.value(service.role);
    next.set(key, to);
    if (from === undefined || from === to) continue;
    const text = rule.text(node.name, to);
    drafts.push({ kind: 'role-changed', node: node.name, service: service.service, from, to, text });
  }
  return next.result;
}

/** Only while the process runs on both sides of the change: stops and crashes are told as such. */
export function tellHealth(
  known: Known,
  services: readonly Placed[],
  view: View,
  now: number,
  drafts: Draft[],
): Known['health'] {
  const next = new Changes(known.health);
  for (const { node, service } of services) {
    const key = `${node.name}/${service.service}`;
    if (service.health === 'unknown' || service.health === 'starting') continue;
    if (service.process !== 'up' || node.connected === false) continue;
    // That nobody leads is told once, not once per follower.
    if (live(service.service)?.suffersVacancy?.(view) === true) continue;
    const settled = settle(known.health[key], service.health, now, SETTLE_MS);
    next.set(key, settled.next);
    if (!settled.changed) continue;
    const { from, to } = settled.changed;
    const text = say(
      '{0} on {1} is {2}: {3}',
      serviceOf(service.service).title,
      node.name,
      healthWord(to),
      service.detail,
    );
    drafts.push({ kind: 'health-changed', node: node.name, service: service.service, from, to, text });
  }
  return next.result;
}

/** A service of a node that may run. */
export interface Placed {
  readonly node: NodeState;
  readonly service: ServiceState;
}

/** The services of all nodes that are not known to stand still. */
export function placedServices(state: ClusterState): readonly Placed[] {
  return state.nodes
    .filter(({ container }) => container === 'running' || container === 'unknown')
    .flatMap((node) => node.services.map((service) => ({ node, service })));
}
