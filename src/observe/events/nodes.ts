import type { EventKind } from '../event';
import type { Known } from '../known';
import type { ClusterState, ContainerState } from '../state';
import { Changes } from './settle';
import type { Draft } from './settle';

const NODE_EVENTS: Readonly<Record<ContainerState, EventKind | undefined>> = {
  running: 'node-up',
  paused: 'node-paused',
  stopped: 'node-down',
  missing: 'node-down',
  unknown: undefined,
};

export function tellContainers(known: Known, state: ClusterState, drafts: Draft[]): Known['containers'] {
  const next = new Changes(known.containers);
  for (const { name, container } of state.nodes) {
    if (container === 'unknown') continue;
    const from = known.containers[name];
    next.set(name, container);
    const kind = NODE_EVENTS[container];
    if (from === undefined || from === container || !kind) continue;
    const text = container === 'running' ? `${name} runs again` : `${name} is ${container}`;
    drafts.push({ kind, node: name, from, to: container, text });
  }
  return next.result;
}

export function tellConnections(known: Known, state: ClusterState, drafts: Draft[]): Known['connected'] {
  const next = new Changes(known.connected);
  for (const { name, connected } of state.nodes) {
    if (connected === undefined) continue;
    const before = known.connected[name];
    next.set(name, connected);
    if (before === connected || (before === undefined && connected)) continue;
    drafts.push(
      connected
        ? { kind: 'node-reconnected', node: name, text: `${name} is attached to the network again` }
        : { kind: 'node-cut', node: name, text: `${name} is cut from the network` },
    );
  }
  return next.result;
}
