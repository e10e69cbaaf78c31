/**
 * NodeSettings is the seam between configuration and renderers: defaults < cluster.yaml < gitlab.rb.
 * Renderers read nothing else, so every source of configuration ends here. Units: seconds unless the name
 * says otherwise.
 */
import type { Timings } from '../cluster/timing';

export interface ConsulSettings {
  readonly server: boolean;
  readonly datacenter: string;
  readonly bootstrapExpect: number;
  /** Addresses to join. */
  readonly retryJoin: readonly string[];
  readonly raftMultiplier: number;
  readonly logLevel: string;
}

export interface PatroniSettings {
  readonly scope: string;
  readonly name: string;
  readonly restPort: number;
  readonly ttl: number;
  readonly loopWait: number;
  readonly retryTimeout: number;
  readonly maximumLagOnFailover: number;
  readonly primaryStartTimeout: number;
  readonly synchronousMode: boolean;
  readonly synchronousModeStrict: boolean;
  readonly synchronousNodeCount: number;
  readonly usePgRewind: boolean;
  readonly useSlots: boolean;
  /** The Consul session dies with the node's gossip health (serfHealth) as well as by TTL. */
  readonly sessionFollowsGossip: boolean;
}

export interface PostgresqlSettings {
  readonly port: number;
  readonly maxConnections: number;
  readonly sharedBuffers: string;
  readonly walKeepSize: string;
  readonly maxWalSenders: number;
  readonly maxReplicationSlots: number;
  readonly synchronousCommit: string;
  readonly walRetrieveRetryIntervalMs: number;
  readonly databaseName: string;
  readonly databaseUser: string;
  /** Networks allowed with a password. */
  readonly passwordNetworks: readonly string[];
  /** Further parameters of postgresql.conf, as written. */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface PgbouncerSettings {
  readonly listenAddress: string;
  readonly port: number;
  readonly poolMode: 'session' | 'transaction' | 'statement';
  readonly maxClientConnections: number;
  readonly defaultPoolSize: number;
  readonly serverLoginRetry: number;
  readonly queryWaitTimeout: number;
}

export interface RedisSettings {
  readonly bind: string;
  readonly port: number;
  /** True on the node that starts as master when no Sentinel knows better. */
  readonly initialMaster: boolean;
  readonly masterName: string;
  readonly maxMemory: string;
  readonly maxMemoryPolicy: string;
  readonly minReplicasToWrite: number;
  readonly minReplicasMaxLag: number;
}

export interface SentinelSettings {
  readonly bind: string;
  readonly port: number;
  readonly quorum: number;
  readonly downAfterMs: number;
  readonly failoverTimeoutMs: number;
}

/** Everything a node's renderers need to know, already decided. */
export interface NodeSettings {
  readonly timings: Timings;
  readonly consul: ConsulSettings;
  readonly patroni: PatroniSettings;
  readonly postgresql: PostgresqlSettings;
  readonly pgbouncer: PgbouncerSettings;
  readonly redis: RedisSettings;
  readonly sentinel: SentinelSettings;
}
