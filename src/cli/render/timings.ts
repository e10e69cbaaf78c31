import type { TIMING_PROFILES, TimingProfileId } from '../../cluster/timing';
import type { TimingDifference } from '../../presentation/timings/timing-rows';
import { timingRows } from '../../presentation/timings/timing-rows';
import type { Localizer } from '../../presentation/words/localizer';
import type { Style } from './style';
import { table } from './table';
import { declared } from '../../presentation/words/localizer';

function text(value: number | boolean, unit: string, l10n: Localizer): string {
  if (typeof value === 'boolean') return value ? l10n.t('yes') : l10n.t('no');
  return unit === '' ? String(value) : `${value} ${unit}`;
}

/** What the lab does compared with production: `×10 shorter`, `same`, or `differs` for what has no ratio. */
function difference(compared: TimingDifference, unit: string, l10n: Localizer): string {
  switch (compared.kind) {
    case 'same':
      return l10n.t('same');
    case 'different':
      return l10n.t('differs');
    case 'shift':
      return compared.by > 0
        ? l10n.t('at once instead of waiting')
        : l10n.t('{0} {1} longer', -compared.by, unit);
    case 'ratio': {
      const { ratio } = compared;
      return ratio > 1
        ? l10n.t('×{0} shorter', Number(ratio.toFixed(1)))
        : l10n.t('×{0} longer', Number((1 / ratio).toFixed(1)));
    }
  }
}

/** Both profiles side by side with what the lab changes against production. */
export function renderTimings(
  profiles: typeof TIMING_PROFILES,
  style: Style,
  current?: TimingProfileId,
): string {
  const { fast, production } = profiles;
  const heading = [
    style.l10n.t('SETTING'),
    `${declared(fast.title, style.l10n)}${current === 'fast' ? ' *' : ''}`,
    `${declared(production.title, style.l10n)}${current === 'production' ? ' *' : ''}`,
    style.l10n.t('LAB COMPARED WITH PRODUCTION'),
  ].map((cell) => style.bold(cell));
  const rows = timingRows(profiles, style.l10n).map((row) => {
    const { component, setting, unit, difference: compared } = row;
    const change = difference(compared, unit, style.l10n);
    const shown = compared.kind === 'same' ? style.dim(change) : change;
    return [
      `${component} ${setting}`,
      text(row.fast, unit, style.l10n),
      text(row.production, unit, style.l10n),
      shown,
    ];
  });
  const notes = [fast, production].map(
    (profile) =>
      `${style.bold(declared(profile.title, style.l10n))} (--timings ${profile.id}): ${declared(profile.description, style.l10n)}`,
  );
  if (current !== undefined) notes.push(`* ${style.l10n.t('used by this lab')}`);
  return [table([heading, ...rows]), '', ...notes].join('\n');
}
