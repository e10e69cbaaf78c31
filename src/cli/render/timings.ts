import type { TIMING_PROFILES, TimingProfileId } from '../../cluster/timing';
import type { TimingDifference } from '../../presentation/timings/timing-rows';
import { timingRows } from '../../presentation/timings/timing-rows';
import { ENGLISH } from '../../presentation/words/localizer';
import type { Style } from './style';
import { table } from './table';

const text = (value: number | boolean, unit: string): string =>
  typeof value === 'boolean' ? (value ? 'yes' : 'no') : `${value}${unit === '' ? '' : ` ${unit}`}`;

/** What the lab does compared with production: `×10 shorter`, `same`, or `differs` for what has no ratio. */
function difference(compared: TimingDifference, unit: string): string {
  switch (compared.kind) {
    case 'same':
      return 'same';
    case 'different':
      return 'differs';
    case 'shift':
      return compared.by > 0 ? 'at once instead of waiting' : `${-compared.by} ${unit} longer`;
    case 'ratio': {
      const { ratio } = compared;
      return ratio > 1 ? `×${Number(ratio.toFixed(1))} shorter` : `×${Number((1 / ratio).toFixed(1))} longer`;
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
    'SETTING',
    `${fast.title}${current === 'fast' ? ' *' : ''}`,
    `${production.title}${current === 'production' ? ' *' : ''}`,
    'LAB COMPARED WITH PRODUCTION',
  ].map((cell) => style.bold(cell));
  const rows = timingRows(profiles, ENGLISH).map((row) => {
    const { component, setting, unit, difference: compared } = row;
    const change = difference(compared, unit);
    const shown = compared.kind === 'same' ? style.dim(change) : change;
    return [`${component} ${setting}`, text(row.fast, unit), text(row.production, unit), shown];
  });
  const notes = [fast, production].map(
    (profile) => `${style.bold(profile.title)} (--timings ${profile.id}): ${profile.description}`,
  );
  if (current !== undefined) notes.push(`* used by this lab`);
  return [table([heading, ...rows]), '', ...notes].join('\n');
}
