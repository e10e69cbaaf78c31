import { listed, say } from '../words/message';
import type { Message } from '../words/message';
import { aggregateHealth } from '../services/core/live/health';
import type { Health, Verdict } from '../services/core/live/health';
import { DISK_FULL, processOf, PROCESSES } from '../services/core/live/view';
import type { NodeView, RunitStatus, View } from '../services/core/live/view';
import type { ServiceNodeStates, ServiceStates } from '../services/live';
import type { DeployedServiceId } from '../services/registry';
import { live, LIVE_SERVICES } from './live';
import type { Model } from './model';
import { isBooting, isStarting } from './starting';
import type { ClusterPlacement } from './placement';
import type { ClusterState, NodeState, ServiceState } from './state';

/** The public state of what is believed at the model's time. Pure; the same model gives an equal state. */
export function project(model: Model, view: View, placement: ClusterPlacement): ClusterState {
  const nodes = view.nodes.map((node) => nodeState(model, view, node, placement.servicesOn(node.name)));
  return {
    lab: model.lab,
    at: model.now,
    health: clusterHealth(view, nodes, placement),
    nodes,
    ...serviceStates(view),
  };
}

/** The types say of each service what it adds; together that is all of it. */
function serviceStates(view: View): ServiceStates {
  const parts = LIVE_SERVICES.map(([, { state }]) => state?.(view));
  return Object.assign({}, ...parts) as ServiceStates;
}

function serviceNodeStates(view: View, node: NodeView): ServiceNodeStates {
  const parts = LIVE_SERVICES.map(([, { nodeState: of }]) => of?.(view, node));
  return Object.assign({}, ...parts) as ServiceNodeStates;
}

/** When no client is served for the lack of one service, nothing that still runs makes up for it. */
function clusterHealth(view: View, nodes: readonly NodeState[], placement: ClusterPlacement): Health {
  const servesNobody = LIVE_SERVICES.some(
    ([id, service]) => placement.nodesOf(id).length > 0 && service.servesNobody?.(view) === true,
  );
  const health = aggregateHealth(nodes.map((node) => node.health));
  // Nobody was served before: nothing failed.
  return servesNobody && health !== 'starting' ? 'failed' : health;
}

function nodeState(
  model: Model,
  view: View,
  node: NodeView,
  expected: readonly DeployedServiceId[],
): NodeState {
  const services = expected.map((id) =>
    withoutRoom(node, startingState(model, node, serviceState(view, node, id))),
  );
  const down = outage(node) !== undefined;
  return {
    name: node.name,
    address: node.address,
    container: node.container,
    connected: node.connected,
    ...serviceNodeStates(view, node),
    health: down ? 'failed' : healthOfNode(node, services),
    services,
  };
}

/** A node on which the lab runs nothing is well while it runs. */
function healthOfNode({ container }: NodeView, services: readonly ServiceState[]): Health {
  if (services.length === 0 && container === 'running') return 'ok';
  return aggregateHealth(services.map(({ health }) => health));
}

/** Programs say little, or nothing, when they cannot write: that the disk is full is why. */
function withoutRoom(node: NodeView, state: ServiceState): ServiceState {
  if (state.health === 'ok' || state.health === 'unknown' || outage(node) !== undefined) return state;
  if (node.fact(DISK_FULL)?.value !== true) return state;
  return { ...state, health: 'failed', detail: say('the disk is full ({0})', state.detail) };
}

/** What a service of a node that was started a moment ago is not yet, it is on its way to. */
function startingState(model: Model, node: NodeView, state: ServiceState): ServiceState {
  const start = model.nodes[node.name]?.start;
  // Without its process, what is told of it may be from its life before.
  if ((state.health === 'ok' && state.process === 'up') || outage(node) !== undefined) return state;
  if (!isStarting(start, state.service, model.now)) return state;
  const status = processOf(node, state.service);
  const stopped = status !== undefined && status.state !== 'run' && status.wanted === 'down';
  if (stopped && !isBooting(start, model.now)) return state;
  const starting = {
    ...state,
    health: 'starting',
    detail: stopped ? say('its node is starting') : state.detail,
  } as const;
  return state.health === 'unknown' ? { ...starting, awaited: true } : starting;
}

function serviceState(view: View, node: NodeView, service: DeployedServiceId): ServiceState {
  const status = processOf(node, service);
  const process = processState(node, status);
  const failed = (detail: Message): ServiceState => ({
    service,
    process,
    health: 'failed',
    detail,
    facts: {},
  });
  const own = live(service);
  const down = outage(node);
  if (down !== undefined) return failed(down);
  if (status && status.state !== 'run') return failed(whyAway(status, own?.leftBehind?.(node)));
  if (status?.paused) return { ...failed(say('frozen: its process stands still')), standsStill: true };
  if (node.fact(PROCESSES) && !status) return failed(say('not installed on this node'));
  const verdict = own?.verdict?.(view, node) ?? supervised(status);
  const facts = status ? { ...verdict.facts, PID: String(status.pid) } : (verdict.facts ?? {});
  const pid = status ? { pid: status.pid } : {};
  const known = { service, process, ...pid, health: verdict.health, detail: verdict.detail, facts };
  return verdict.role === undefined ? known : { ...known, role: verdict.role };
}

/** Why nothing on the node can serve; undefined while it may. */
function outage(node: NodeView): Message | undefined {
  switch (node.container) {
    case 'paused':
      return say('node is paused');
    case 'stopped':
      return say('node is stopped');
    case 'missing':
      return say('node does not exist');
    case 'running':
    case 'unknown':
      return node.connected === false ? say('node is cut from the network') : undefined;
  }
}

function processState(node: NodeView, status: RunitStatus | undefined): ServiceState['process'] {
  if (node.container === 'stopped' || node.container === 'missing') return 'down';
  if (!status) return 'unknown';
  return status.state === 'run' ? 'up' : 'down';
}

function whyAway(status: RunitStatus, left: Message | undefined): Message {
  return left === undefined ? whyDown(status) : listed([whyDown(status), left], '; ');
}

function whyDown(status: RunitStatus): Message {
  if (status.wanted === 'up') return say('crashed; runit starts it again');
  return status.state === 'finish' ? say('is being stopped') : say('stopped by an administrator');
}

/** A service without a source of its own: all that is known is its process. */
function supervised(status: RunitStatus | undefined): Verdict {
  return status
    ? { health: 'unknown', detail: say('runs; nothing checks it yet') }
    : { health: 'unknown', detail: say('not known whether it runs') };
}
