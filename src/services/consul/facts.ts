import { clusterFact } from '../core/live/fact';
import type { Source } from '../core/live/fact';

/** The HTTP API of one of the agents. */
export const CONSUL_SOURCE: Source = { id: 'consul', freshMs: 6_000 };

/** What Consul answered lives as long as its leader confirms itself; this bounds it besides. Milliseconds. */
export const CONTENTS_FRESH_MS = 60_000;

export interface ConsulServer {
  readonly name: string;
  readonly address: string;
  /** alive, leaving, left, failed, none. */
  readonly serf: string;
  readonly voter: boolean;
  readonly leader: boolean;
  readonly healthy: boolean;
  readonly version: string | undefined;
}

/** A check that fails wherever PostgreSQL does not lead, as it should. */
export const LEADS_CHECK = 'service:postgresql';

export interface ConsulCheck {
  readonly node: string;
  readonly id: string;
  readonly service: string;
  readonly status: string;
}

/** Raft leader's address as an agent that can be reached says; undefined = no leader, quorum is lost. */
export const RAFT_LEADER = clusterFact<{ readonly via: string; readonly address: string | undefined }>(
  'consul-raft-leader',
  CONSUL_SOURCE,
);

export const CONSUL_SERVERS = clusterFact<{
  readonly servers: readonly ConsulServer[];
  /** Servers that may fail before quorum is lost. */
  readonly failureTolerance: number | undefined;
}>('consul-servers', CONSUL_SOURCE, { freshMs: CONTENTS_FRESH_MS });

export const CONSUL_CHECKS = clusterFact<readonly ConsulCheck[]>('consul-checks', CONSUL_SOURCE, {
  freshMs: CONTENTS_FRESH_MS,
});
