import type { TIMING_PROFILES } from '../../cluster/timing';
import type { TimingProfileId, Timings } from '../../cluster/timing';
import type { Style } from './style';
import { table } from './table';

interface Row {
  readonly label: string;
  readonly unit: 's' | 'ms' | '';
}

/** One row per setting, so that the compiler misses one that is added. */
const ROWS: Readonly<Record<keyof Timings, Row>> = {
  patroniTtl: { label: 'Patroni ttl (leader key lives)', unit: 's' },
  patroniLoopWait: { label: 'Patroni loop_wait', unit: 's' },
  patroniRetryTimeout: { label: 'Patroni retry_timeout', unit: 's' },
  patroniPrimaryStartTimeout: { label: 'Patroni primary_start_timeout', unit: 's' },
  patroniSessionFollowsGossip: { label: 'Patroni session ends with gossip health', unit: '' },
  consulRaftMultiplier: { label: 'Consul raft_multiplier', unit: '' },
  consulProbeIntervalMs: { label: 'Consul gossip probe interval', unit: 'ms' },
  consulProbeTimeoutMs: { label: 'Consul gossip probe timeout', unit: 'ms' },
  consulSuspicionMultiplier: { label: 'Consul gossip suspicion_mult', unit: '' },
  sentinelDownAfterMs: { label: 'Sentinel down-after-milliseconds', unit: 'ms' },
  sentinelFailoverTimeoutMs: { label: 'Sentinel failover-timeout', unit: 'ms' },
  sentinelInfoPeriodMs: { label: 'Sentinel INFO period', unit: 'ms' },
  walRetrieveRetryIntervalMs: { label: 'PostgreSQL wal_retrieve_retry_interval', unit: 'ms' },
  pgbouncerLoginRetry: { label: 'PgBouncer server_login_retry', unit: 's' },
  redisMinReplicasMaxLag: { label: 'Redis min-replicas-max-lag', unit: 's' },
};

const text = (value: number | boolean, unit: string): string =>
  typeof value === 'boolean' ? (value ? 'yes' : 'no') : `${value}${unit === '' ? '' : ` ${unit}`}`;

/** `×10 faster`, `same`, or `differs` for what has no ratio. */
function difference(fast: number | boolean, production: number | boolean): string {
  if (fast === production) return 'same';
  if (typeof fast !== 'number' || typeof production !== 'number') return 'differs';
  if (fast === 0) return 'at once instead of waiting';
  const ratio = production / fast;
  return ratio > 1 ? `×${Number(ratio.toFixed(1))} shorter` : `×${Number((1 / ratio).toFixed(1))} longer`;
}

/** Both profiles side by side with what the lab changes against production. */
export function renderTimings(
  profiles: typeof TIMING_PROFILES,
  style: Style,
  current?: TimingProfileId,
): string {
  const { fast, production } = profiles;
  const heading = [
    'SETTING',
    `${fast.title}${current === 'fast' ? ' *' : ''}`,
    `${production.title}${current === 'production' ? ' *' : ''}`,
    'LAB COMPARED WITH PRODUCTION',
  ].map((cell) => style.bold(cell));
  const keys = Object.keys(ROWS) as (keyof Timings)[];
  const rows = keys.map((key) => {
    const { label, unit } = ROWS[key];
    const [a, b] = [fast.timings[key], production.timings[key]];
    const change = difference(a, b);
    return [label, text(a, unit), text(b, unit), change === 'same' ? style.dim(change) : change];
  });
  const notes = [fast, production].map(
    (profile) => `${style.bold(profile.title)} (--timings ${profile.id}): ${profile.description}`,
  );
  if (current !== undefined) notes.push(`* used by this lab`);
  return [table([heading, ...rows]), '', ...notes].join('\n');
}
