/**
 * What a node runs with before cluster.yaml's timings and gitlab.rb are laid over it. Values are those of the
 * Omnibus package's cookbooks (19.3) except where a comment says why the lab differs.
 */
import type { Cluster, ClusterNode } from '../cluster/cluster';
import type { LayerId } from '../cluster/layer';
import type { NodeSettings } from './settings';
import { TIMING_PROFILES } from '../cluster/timing';
import type { Timings } from '../cluster/timing';

/**
 * The settings of one node as they follow from the cluster alone: who joins whom, quorums for this number of
 * nodes, and the timings of the chosen profile.
 *
 * @param cluster the cluster; addresses may be the workspace's or the lab's, they are taken as they are
 * @param node one of the cluster's nodes
 */
export function defaultSettings(cluster: Cluster, node: ClusterNode): NodeSettings {
  const timings = TIMING_PROFILES[cluster.lab.timings].timings;
  return {
    timings,
    consul: consul(cluster, timings),
    patroni: patroni(cluster, node, timings),
    postgresql: postgresql(cluster, timings),
    pgbouncer: {
      listenAddress: '0.0.0.0',
      port: 6432,
      poolMode: 'transaction',
      maxClientConnections: 2048,
      // The package's pools hold 100 connections each; three small nodes need far fewer.
      defaultPoolSize: 20,
      serverLoginRetry: timings.pgbouncerLoginRetry,
      queryWaitTimeout: 120,
    },
    redis: {
      bind: '0.0.0.0',
      port: 6379,
      initialMaster: nodesOf(cluster, 'cache')[0]?.name === node.name,
      masterName: 'gitlab-redis',
      maxMemory: '0',
      maxMemoryPolicy: 'noeviction',
      // A master that lost every replica stops taking writes nobody else would have.
      minReplicasToWrite: nodesOf(cluster, 'cache').length > 2 ? 1 : 0,
      minReplicasMaxLag: timings.redisMinReplicasMaxLag,
    },
    sentinel: {
      bind: '0.0.0.0',
      port: 26379,
      // The package's default is 1; a majority is what its documentation asks for.
      quorum: Math.floor(nodesOf(cluster, 'cache').length / 2) + 1,
      downAfterMs: timings.sentinelDownAfterMs,
      failoverTimeoutMs: timings.sentinelFailoverTimeoutMs,
    },
  };
}

function nodesOf(cluster: Cluster, layer: LayerId): readonly ClusterNode[] {
  const placement = cluster.layers[layer];
  return placement.enabled
    ? cluster.nodes.filter((candidate) => placement.nodes.includes(candidate.name))
    : [];
}

function consul(cluster: Cluster, timings: Timings): NodeSettings['consul'] {
  const servers = nodesOf(cluster, 'coordination');
  return {
    server: true,
    datacenter: 'gitlab_consul',
    bootstrapExpect: servers.length,
    retryJoin: servers.map((server) => server.address),
    raftMultiplier: timings.consulRaftMultiplier,
    logLevel: 'info',
  };
}

function patroni(cluster: Cluster, node: ClusterNode, timings: Timings): NodeSettings['patroni'] {
  return {
    scope: 'postgresql-ha',
    name: node.name,
    restPort: 8008,
    ttl: timings.patroniTtl,
    loopWait: timings.patroniLoopWait,
    retryTimeout: timings.patroniRetryTimeout,
    maximumLagOnFailover: 1_048_576,
    primaryStartTimeout: timings.patroniPrimaryStartTimeout,
    // Off in the package; on here, because a failover must not lose an acknowledged write.
    synchronousMode: nodesOf(cluster, 'database').length > 1,
    synchronousModeStrict: false,
    synchronousNodeCount: 1,
    usePgRewind: true,
    useSlots: true,
    sessionFollowsGossip: timings.patroniSessionFollowsGossip,
  };
}

function postgresql(cluster: Cluster, timings: Timings): NodeSettings['postgresql'] {
  return {
    port: 5432,
    maxConnections: 400,
    // The package computes a quarter of the machine's memory; a lab node is small.
    sharedBuffers: '64MB',
    walKeepSize: '160MB',
    maxWalSenders: 10,
    maxReplicationSlots: 10,
    synchronousCommit: 'on',
    walRetrieveRetryIntervalMs: timings.walRetrieveRetryIntervalMs,
    databaseName: 'gitlabhq_production',
    databaseUser: 'gitlab',
    passwordNetworks: [cluster.subnet],
    parameters: {},
  };
}
