import { TIMING_PROFILES } from '../../cluster/timing';
import type { TimingProfileId, Timings } from '../../cluster/timing';
import type { Localizer } from '../common/localizer';
import { escapeMarkdown } from '../common/markdown';

interface TimingRow {
  readonly component: string;
  readonly title: string;
  readonly unit: 's' | 'ms' | '';
}

const row = (component: string, title: string, unit: TimingRow['unit']): TimingRow => ({
  component,
  title,
  unit,
});

function rows(l10n: Localizer): Readonly<Record<keyof Timings, TimingRow>> {
  const retries = l10n.t('Retries of DCS and PostgreSQL (retry_timeout)');
  const startTime = l10n.t('Time a crashed PostgreSQL may take to start (primary_start_timeout)');
  const retrieve = l10n.t('Replica: time between attempts to reach the leader');
  return {
    patroniTtl: row('Patroni', l10n.t('Life of the leader key (ttl)'), 's'),
    patroniLoopWait: row('Patroni', l10n.t('Pause between turns (loop_wait)'), 's'),
    patroniRetryTimeout: row('Patroni', retries, 's'),
    patroniPrimaryStartTimeout: row('Patroni', startTime, 's'),
    patroniSessionFollowsGossip: row(
      'Patroni',
      l10n.t('Leader key falls with the gossip health of its node'),
      '',
    ),
    consulRaftMultiplier: row('Consul', l10n.t('Scale of Raft timeouts (raft_multiplier)'), ''),
    consulProbeIntervalMs: row('Consul', l10n.t('Gossip: time between probes'), 'ms'),
    consulProbeTimeoutMs: row('Consul', l10n.t('Gossip: time a probe may take'), 'ms'),
    consulSuspicionMultiplier: row('Consul', l10n.t('Gossip: scale of the time to refute'), ''),
    sentinelDownAfterMs: row('Sentinel', l10n.t('Silence until the master counts as down'), 'ms'),
    sentinelFailoverTimeoutMs: row('Sentinel', l10n.t('Time a failover may take'), 'ms'),
    sentinelInfoPeriodMs: row('Sentinel', l10n.t('Time between looks for replicas'), 'ms'),
    walRetrieveRetryIntervalMs: row('PostgreSQL', retrieve, 'ms'),
    pgbouncerLoginRetry: row('PgBouncer', l10n.t('Time until a refused login is tried again'), 's'),
    redisMinReplicasMaxLag: row('Redis', l10n.t('Silence until a replica no longer counts'), 's'),
  };
}

/** Both timing profiles side by side with their difference, as a Markdown page. @param used profiles of running labs */
export function timingsMarkdown(used: ReadonlyMap<string, TimingProfileId>, l10n: Localizer): string {
  const { fast, production } = TIMING_PROFILES;
  const table = (Object.entries(rows(l10n)) as [keyof Timings, TimingRow][]).map(([key, row]) =>
    [
      '',
      escapeMarkdown(row.component),
      escapeMarkdown(row.title),
      shown(fast.timings[key], row.unit, l10n),
      shown(production.timings[key], row.unit, l10n),
      difference(fast.timings[key], production.timings[key], row.unit, l10n),
      '',
    ]
      .join(' | ')
      .trim(),
  );
  const labs = [...used].map(
    ([lab, profile]) =>
      `- ${l10n.t('Lab {0} uses: {1}', `**${escapeMarkdown(lab)}**`, escapeMarkdown(TIMING_PROFILES[profile].title))}`,
  );
  return [
    `# ${l10n.t('Timings')}`,
    l10n.t(
      'How quickly a failure is noticed and acted upon. Short times fail over quickly, and also for a short network flap.',
    ),
    ...(labs.length > 0 ? [labs.join('\n')] : []),
    `- **${escapeMarkdown(fast.title)}**: ${escapeMarkdown(fast.description)}\n- **${escapeMarkdown(production.title)}**: ${escapeMarkdown(production.description)}`,
    [
      `| ${[l10n.t('Component'), l10n.t('Setting'), fast.title, production.title, l10n.t('Difference')].map(escapeMarkdown).join(' | ')} |`,
      '|---|---|---:|---:|---:|',
      ...table,
    ].join('\n'),
    l10n.t(
      'Choose a profile with `lab.timings` in cluster.yaml or the setting `gitlabHaLab.timings`; it applies to the next deploy.',
    ),
    '',
  ].join('\n\n');
}

function shown(value: number | boolean, unit: string, l10n: Localizer): string {
  if (typeof value === 'boolean') return value ? l10n.t('yes') : l10n.t('no');
  return unit === '' ? String(value) : `${value} ${unit}`;
}

/** What the second is compared to the first: `× 10`, or `+ 300 s` where a factor says nothing. */
export function difference(
  fast: number | boolean,
  production: number | boolean,
  unit: string,
  l10n: Localizer,
): string {
  if (fast === production) return l10n.t('the same');
  if (typeof fast === 'boolean' || typeof production === 'boolean') return l10n.t('different');
  if (fast === 0 || production === 0)
    return `${production > fast ? '+' : '−'} ${Math.abs(production - fast)} ${unit}`.trim();
  return `× ${Math.round((production / fast) * 10) / 10}`;
}
