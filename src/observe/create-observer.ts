import type { Cluster } from '../cluster/cluster';
import type { ClusterPorts } from '../services/core/ports';
import type { NodeTransport } from '../transport/transport';
import type { ContainerEvents } from './container-source';
import { LiveObserver } from './live-observer';
import type { Observer } from './observer';
import { nodesOf } from './placement';
import type { RecordingSink } from './recording';
import type { Watcher } from '../services/core/watch/context';
import { watchConsul } from '../services/consul/watch';
import { watchDocker } from './sources/docker';
import { watchHaproxy } from '../services/haproxy/watch';
import { watchNode } from './sources/node';
import { watchPatroni } from '../services/patroni/watch';
import { watchRedis } from '../services/redis/watch';
import { rememberPasswords } from '../services/redis/watch-connection';
import { watchSentinel } from '../services/sentinel/watch';

export interface ObserverOptions {
  readonly lab: string;
  /** The cluster with the addresses its nodes really have. */
  readonly cluster: Cluster;
  /** Ports that gitlab.rb changed; none when absent. */
  readonly ports?: ClusterPorts;
  /** Reaches a node; called once per node and kept. */
  readonly transport: (node: string) => NodeTransport | Promise<NodeTransport>;
  readonly containers: ContainerEvents;
  /** Patroni's scope: its keys are under `service/<scope>/` in Consul. */
  readonly patroniScope: string;
  /** Sentinel's name of the monitored master. */
  readonly redisMasterName: string;
  /** Events are appended here. */
  readonly recording?: RecordingSink;
  /** Milliseconds since the epoch; the system's clock when absent. */
  readonly clock?: () => number;
  /** One line per trouble with a source, without secrets. */
  readonly log?: (line: string) => void;
}

/** A live view of one lab; nothing runs until somebody subscribes. */
export function createObserver(options: ObserverOptions): Observer {
  return new LiveObserver({
    lab: options.lab,
    cluster: options.cluster,
    ports: options.ports ?? {},
    transport: options.transport,
    watchers: watchersFor(options),
    recording: options.recording,
    clock: options.clock ?? Date.now,
    log: options.log ?? (() => undefined),
  });
}

/** One watcher per source, and per node where the source is on the node. */
function watchersFor(options: ObserverOptions): readonly Watcher[] {
  const { cluster, containers, patroniScope, redisMasterName } = options;
  const password = rememberPasswords();
  const each = (nodes: readonly string[], watch: (node: string) => Watcher): readonly Watcher[] =>
    nodes.map(watch);
  return [
    (context) => watchDocker(context, containers),
    ...each(
      cluster.nodes.map(({ name }) => name),
      (node) => (context) => watchNode(context, node),
    ),
    (context) => watchConsul(context, patroniScope),
    ...each(nodesOf(cluster, 'patroni'), (node) => (context) => watchPatroni(context, node)),
    ...each(
      nodesOf(cluster, 'sentinel'),
      (node) => (context) => watchSentinel(context, node, redisMasterName, password),
    ),
    ...each(nodesOf(cluster, 'redis'), (node) => (context) => watchRedis(context, node, password)),
    ...each(nodesOf(cluster, 'haproxy'), (node) => (context) => watchHaproxy(context, node)),
  ];
}
