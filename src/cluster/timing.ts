/**
 * Two sets of failure-detection timings. `production` is what the Omnibus package ships; `fast` makes a
 * failover visible in seconds, which is what a lab is for. Both are shown to the user side by side.
 */
export type TimingProfileId = 'fast' | 'production';

export interface Timings {
  /** Patroni: seconds the leader key lives without a refresh. Patroni raises anything below 20 to 20. */
  readonly patroniTtl: number;
  /** Patroni: seconds between two turns of its loop. */
  readonly patroniLoopWait: number;
  /** Patroni: seconds DCS and PostgreSQL operations are retried before the leader demotes itself. */
  readonly patroniRetryTimeout: number;
  /** Patroni: seconds a crashed PostgreSQL may take to start before another node takes over; 0 = at once. */
  readonly patroniPrimaryStartTimeout: number;
  /** Patroni's Consul session also dies with the node's gossip health instead of only by its TTL. */
  readonly patroniSessionFollowsGossip: boolean;
  /** Consul: scales heartbeat, election and lease timeouts; 1 is the fastest, 5 Consul's default. */
  readonly consulRaftMultiplier: number;
  /** Consul gossip: milliseconds between probes, and until a probe counts as failed. */
  readonly consulProbeIntervalMs: number;
  readonly consulProbeTimeoutMs: number;
  /** Consul gossip: scales how long a suspected node may refute. */
  readonly consulSuspicionMultiplier: number;
  /** Sentinel: milliseconds without an answer until a Sentinel holds the master for down. */
  readonly sentinelDownAfterMs: number;
  readonly sentinelFailoverTimeoutMs: number;
  /** Milliseconds between Sentinel's INFO calls while nothing fails (how it finds replicas). */
  readonly sentinelInfoPeriodMs: number;
  /** PostgreSQL replica: milliseconds between attempts to reach a leader that does not answer. */
  readonly walRetrieveRetryIntervalMs: number;
  /** PgBouncer: seconds until it tries again to log in to a server that refused it. */
  readonly pgbouncerLoginRetry: number;
  /** Redis: seconds after which a silent replica no longer counts for min-replicas-to-write. */
  readonly redisMinReplicasMaxLag: number;
}

export interface TimingProfile {
  readonly id: TimingProfileId;
  readonly title: string;
  readonly description: string;
  readonly timings: Timings;
}

export const TIMING_PROFILES: Readonly<Record<TimingProfileId, TimingProfile>> = {
  fast: {
    id: 'fast',
    title: 'Fast (lab)',
    description: 'Failovers within seconds. A short network flap fails over too: do not copy to production.',
    timings: {
      patroniTtl: 20,
      patroniLoopWait: 1,
      patroniRetryTimeout: 3,
      patroniPrimaryStartTimeout: 0,
      patroniSessionFollowsGossip: true,
      consulRaftMultiplier: 1,
      consulProbeIntervalMs: 500,
      consulProbeTimeoutMs: 200,
      consulSuspicionMultiplier: 2,
      sentinelDownAfterMs: 1500,
      sentinelFailoverTimeoutMs: 5000,
      sentinelInfoPeriodMs: 1000,
      walRetrieveRetryIntervalMs: 100,
      pgbouncerLoginRetry: 0.2,
      redisMinReplicasMaxLag: 5,
    },
  },
  production: {
    id: 'production',
    title: 'Production defaults',
    description: "The Omnibus package's own defaults: what an untouched GitLab HA cluster does.",
    timings: {
      patroniTtl: 30,
      patroniLoopWait: 10,
      patroniRetryTimeout: 10,
      patroniPrimaryStartTimeout: 300,
      patroniSessionFollowsGossip: false,
      consulRaftMultiplier: 5,
      consulProbeIntervalMs: 1000,
      consulProbeTimeoutMs: 500,
      consulSuspicionMultiplier: 4,
      sentinelDownAfterMs: 10000,
      sentinelFailoverTimeoutMs: 60000,
      sentinelInfoPeriodMs: 10000,
      walRetrieveRetryIntervalMs: 5000,
      pgbouncerLoginRetry: 15,
      redisMinReplicasMaxLag: 10,
    },
  },
};
