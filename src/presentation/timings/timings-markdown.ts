import { TIMING_PROFILES } from '../../cluster/timing';
import type { TimingProfileId } from '../../cluster/timing';
import type { Localizer } from '../words/localizer';
import { escapeMarkdown } from '../words/markdown';
import { compareTimings, timingRows } from './timing-rows';
import { declared } from '../words/localizer';

/** Both timing profiles side by side with their difference, as a Markdown page. @param used profiles of running labs */
export function timingsMarkdown(used: ReadonlyMap<string, TimingProfileId>, l10n: Localizer): string {
  const { fast, production } = TIMING_PROFILES;
  const table = timingRows(TIMING_PROFILES, l10n).map((row) =>
    [
      '',
      escapeMarkdown(row.component),
      escapeMarkdown(row.title),
      shown(row.fast, row.unit, l10n),
      shown(row.production, row.unit, l10n),
      difference(row.fast, row.production, row.unit, l10n),
      '',
    ]
      .join(' | ')
      .trim(),
  );
  const labs = [...used].map(
    ([lab, profile]) =>
      `- ${l10n.t('Lab {0} uses: {1}', `**${escapeMarkdown(lab)}**`, escapeMarkdown(declared(TIMING_PROFILES[profile].title, l10n)))}`,
  );
  return [
    `# ${l10n.t('Timings')}`,
    l10n.t(
      'How quickly a failure is noticed and acted upon. Short times fail over quickly, and also for a short network flap.',
    ),
    ...(labs.length > 0 ? [labs.join('\n')] : []),
    `- **${escapeMarkdown(declared(fast.title, l10n))}**: ${escapeMarkdown(declared(fast.description, l10n))}\n- **${escapeMarkdown(declared(production.title, l10n))}**: ${escapeMarkdown(declared(production.description, l10n))}`,
    [
      `| ${[l10n.t('Component'), l10n.t('Setting'), declared(fast.title, l10n), declared(production.title, l10n), l10n.t('Difference')].map(escapeMarkdown).join(' | ')} |`,
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
  const compared = compareTimings(fast, production);
  switch (compared.kind) {
    case 'same':
      return l10n.t('the same');
    case 'different':
      return l10n.t('different');
    case 'shift':
      return `${compared.by > 0 ? '+' : '−'} ${Math.abs(compared.by)} ${unit}`.trim();
    case 'ratio':
      return `× ${Math.round(compared.ratio * 10) / 10}`;
  }
}
