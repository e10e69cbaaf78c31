import type { Cluster } from '../../cluster/cluster';
import { TIMING_PROFILES } from '../../cluster/timing';
import type { Contradiction, Peer } from '../core/between-nodes';
import type { ServiceContext } from '../core/context';
import { nodesOf } from '../core/placement';
import type { SettingsSection } from '../core/settings';
import { CLUSTER_WIDE_DEFAULTS } from './postgresql/parameters';
import { POSTGRESQL_SETTINGS } from './postgresql/postgresql-settings';
import type { PostgresqlSettings } from './postgresql/postgresql-settings';
import { PATRONI_SETTINGS } from './settings';
import type { PatroniSettings } from './settings';

/** A value that Patroni keeps once, for all members. */
interface Shared {
  /** Where a gitlab.rb may say it, the winning one first. */
  readonly paths: readonly (readonly string[])[];
  readonly of: (node: Peer) => string;
}

const patroni = (key: string, name: keyof PatroniSettings): Shared => ({
  paths: [['patroni', key]],
  of: (node) => String(node.settings(PATRONI_SETTINGS)[name]),
});

const parameter = (keys: readonly string[], of: (settings: PostgresqlSettings) => unknown): Shared => ({
  paths: keys.flatMap((key) => [
    ['patroni', 'postgresql', key],
    ['postgresql', key],
  ]),
  of: (node) => String(of(node.settings(POSTGRESQL_SETTINGS))),
});

const SHARED: readonly Shared[] = [
  patroni('ttl', 'ttl'),
  patroni('loop_wait', 'loopWait'),
  patroni('retry_timeout', 'retryTimeout'),
  patroni('maximum_lag_on_failover', 'maximumLagOnFailover'),
  patroni('master_start_timeout', 'primaryStartTimeout'),
  patroni('use_pg_rewind', 'usePgRewind'),
  patroni('use_slots', 'useSlots'),
  parameter(['max_connections'], ({ maxConnections }) => maxConnections),
  parameter(['max_wal_senders'], ({ maxWalSenders }) => maxWalSenders),
  parameter(['max_replication_slots'], ({ maxReplicationSlots }) => maxReplicationSlots),
  parameter(['wal_keep_size', 'wal_keep_segments'], ({ walKeepSize }) => walKeepSize),
  ...Object.entries(CLUSTER_WIDE_DEFAULTS).map(([name, byDefault]) =>
    parameter([name], ({ parameters }) => parameters[name] ?? byDefault),
  ),
];

/**
 * Settings of Patroni and PostgreSQL as the whole database cluster has them: what one node's file says holds for all
 * members, whichever it is. So every node is given the same ones.
 */
export function settingsOfCluster(context: Pick<ServiceContext, 'cluster' | 'node' | 'settings'>): {
  readonly patroni: PatroniSettings;
  readonly postgresql: PostgresqlSettings;
} {
  const { cluster, node, settings } = context;
  const input = { cluster, node, timings: TIMING_PROFILES[cluster.lab.timings].timings };
  const members = nodesOf({ cluster }, 'database').map(({ name }) => name);
  const of = <T extends object>(section: SettingsSection<string, T>): T =>
    said(
      section.defaults(input),
      members.map((member) => settings(section, member)),
    );
  const parameters = members.map((member) => settings(POSTGRESQL_SETTINGS, member).parameters);
  const postgresql = of(POSTGRESQL_SETTINGS);
  return { patroni: of(PATRONI_SETTINGS), postgresql: { ...postgresql, parameters: said({}, parameters) } };
}

/** Of each value the first one that is not the default. */
function said<T extends object>(defaults: T, members: readonly T[]): T {
  const others = members.flatMap((member) =>
    Object.entries(member).filter(([name, value]) => value !== (defaults as Record<string, unknown>)[name]),
  );
  return { ...defaults, ...Object.fromEntries(others.reverse()) };
}

/** Values of the whole database cluster that its nodes write differently: in force is one of them, on all nodes. */
export function clusterWideContradictions(
  cluster: Cluster,
  nodes: readonly Peer[],
): readonly Contradiction<'LAB034'>[] {
  const placed = new Set(nodesOf({ cluster }, 'database').map(({ name }) => name));
  const members = nodes.filter(({ name }) => placed.has(name));
  return SHARED.flatMap((shared) => {
    // Who says nothing takes what the others say.
    const says = (node: Peer): boolean => shared.paths.some((path) => node.written(path) !== undefined);
    return disagreement(members.filter(says), shared);
  });
}

function disagreement(members: readonly Peer[], { paths, of }: Shared): readonly Contradiction<'LAB034'>[] {
  const [first] = members;
  const differing = members.filter((node) => first !== undefined && of(node) !== of(first));
  if (first === undefined || differing.length === 0) return [];
  const key = paths[0]?.at(-1) ?? '';
  return [first, ...differing].map((node) => {
    const others = members
      .filter((other) => of(other) !== of(node))
      .map((other) => `${of(other)} on ${other.name}`)
      .join(', ');
    return {
      code: 'LAB034',
      severity: 'error',
      node,
      range: paths.map((path) => node.written(path)?.range).find((range) => range !== undefined),
      message: `${key} is ${of(node)} on ${node.name} but ${others}; Patroni keeps one value for all of them.`,
      remedy: `Write the same ${key} on all nodes of the database.`,
    };
  });
}
