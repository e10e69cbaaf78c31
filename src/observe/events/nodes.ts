import { say } from '../../words/message';
import type { Message } from '../../words/message';
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

/** Adds what changed of the nodes' containers to the drafts. @returns what is known of them afterwards */
export function tellContainers(known: Known, state: ClusterState, drafts: Draft[]): Known['containers'] {
  const next = new Changes(known.containers);
  for (const { name, container } of state.nodes) {
    if (container === 'unknown') continue;
    const from = known.containers[name];
    next.set(name, container);
    const kind = NODE_EVENTS[container];
    if (from === undefined || from === container || !kind) continue;
    const text = nodeText(name, container);
    drafts.push({ kind, node: name, from, to: container, text });
  }
  return next.result;
}

function nodeText(name: string, container: Exclude<ContainerState, 'unknown'>): Message {
  switch (container) {
    case 'running':
      return say('{0} runs again', name);
    case 'paused':
      return say('{0} is paused', name);
    case 'stopped':
      return say('{0} is stopped', name);
    case 'missing':
      return say('{0} is missing', name);
  }
}

/** Adds which nodes were cut from the network or attached again to the drafts. @returns what is known of that afterwards */
export function tellConnections(known: Known, state: ClusterState, drafts: Draft[]): Known['connected'] {
  const next = new Changes(known.connected);
  for (const { name, connected } of state.nodes) {
    if (connected === undefined) continue;
    const before = known.connected[name];
    next.set(name, connected);
    if (before === connected || (before === undefined && connected)) continue;
    drafts.push(
      connected
        ? { kind: 'node-reconnected', node: name, text: say('{0} is attached to the network again', name) }
        : { kind: 'node-cut', node: name, text: say('{0} is cut from the network', name) },
    );
  }
  return next.result;
}
