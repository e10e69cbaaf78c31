import type { TIMING_PROFILES, Timings } from '../../cluster/timing';
import type { Localizer } from '../words/localizer';

type Value = number | boolean;

/** What the second value is compared with the first. */
export type TimingDifference =
  | { readonly kind: 'same' }
  /** Yes against no. */
  | { readonly kind: 'different' }
  /** One of them is 0, so that a factor says nothing; `by` has the row's unit. */
  | { readonly kind: 'shift'; readonly by: number }
  /** The second is so many times the first. */
  | { readonly kind: 'ratio'; readonly ratio: number };

/** One setting of both profiles, as rows of a table say it. */
export interface TimingRow {
  readonly component: string;
  /** What the program calls it. */
  readonly setting: string;
  /** What it means to people. */
  readonly title: string;
  readonly unit: 's' | 'ms' | '';
  readonly fast: Value;
  readonly production: Value;
  readonly difference: TimingDifference;
}

type Words = Pick<TimingRow, 'component' | 'setting' | 'title' | 'unit'>;

const words = (component: string, setting: string, title: string, unit: TimingRow['unit']): Words => ({
  component,
  setting,
  title,
  unit,
});

/** One entry per setting, so that the compiler misses one that is added. */
function wordsOf(l10n: Localizer): Readonly<Record<keyof Timings, Words>> {
  const retries = l10n.t('Retries of DCS and PostgreSQL (retry_timeout)');
  const startTime = l10n.t('Time a crashed PostgreSQL may take to start (primary_start_timeout)');
  const gossip = l10n.t('Leader key falls with the gossip health of its node');
  const retrieve = l10n.t('Replica: time between attempts to reach the leader');
  const failover = l10n.t('Time a failover may take');
  const login = l10n.t('Time until a refused login is tried again');
  return {
    patroniTtl: words('Patroni', 'ttl (leader key lives)', l10n.t('Life of the leader key (ttl)'), 's'),
    patroniLoopWait: words('Patroni', 'loop_wait', l10n.t('Pause between turns (loop_wait)'), 's'),
    patroniRetryTimeout: words('Patroni', 'retry_timeout', retries, 's'),
    patroniPrimaryStartTimeout: words('Patroni', 'primary_start_timeout', startTime, 's'),
    patroniSessionFollowsGossip: words('Patroni', 'session ends with gossip health', gossip, ''),
    ...consulWords(l10n),
    sentinelDownAfterMs: words(
      'Sentinel',
      'down-after-milliseconds',
      l10n.t('Silence until the master counts as down'),
      'ms',
    ),
    sentinelFailoverTimeoutMs: words('Sentinel', 'failover-timeout', failover, 'ms'),
    sentinelInfoPeriodMs: words('Sentinel', 'INFO period', l10n.t('Time between looks for replicas'), 'ms'),
    walRetrieveRetryIntervalMs: words('PostgreSQL', 'wal_retrieve_retry_interval', retrieve, 'ms'),
    pgbouncerLoginRetry: words('PgBouncer', 'server_login_retry', login, 's'),
    redisMinReplicasMaxLag: words(
      'Redis',
      'min-replicas-max-lag',
      l10n.t('Silence until a replica no longer counts'),
      's',
    ),
  };
}

function consulWords(l10n: Localizer) {
  const scale = l10n.t('Scale of Raft timeouts (raft_multiplier)');
  const between = l10n.t('Gossip: time between probes');
  const answer = l10n.t('Gossip: time a probe may take');
  const refute = l10n.t('Gossip: scale of the time to refute');
  return {
    consulRaftMultiplier: words('Consul', 'raft_multiplier', scale, ''),
    consulProbeIntervalMs: words('Consul', 'gossip probe interval', between, 'ms'),
    consulProbeTimeoutMs: words('Consul', 'gossip probe timeout', answer, 'ms'),
    consulSuspicionMultiplier: words('Consul', 'gossip suspicion_mult', refute, ''),
  };
}

/** Every timing of both profiles, in the order people read them. */
export function timingRows(profiles: typeof TIMING_PROFILES, l10n: Localizer): readonly TimingRow[] {
  const { fast, production } = profiles;
  return (Object.entries(wordsOf(l10n)) as [keyof Timings, Words][]).map(([key, said]) => {
    const [a, b] = [fast.timings[key], production.timings[key]];
    return { ...said, fast: a, production: b, difference: compareTimings(a, b) };
  });
}

/** Compares a value of the fast profile with that of the production profile. */
export function compareTimings(fast: Value, production: Value): TimingDifference {
  if (fast === production) return { kind: 'same' };
  if (typeof fast === 'boolean' || typeof production === 'boolean') return { kind: 'different' };
  if (fast === 0 || production === 0) return { kind: 'shift', by: production - fast };
  return { kind: 'ratio', ratio: production / fast };
}
