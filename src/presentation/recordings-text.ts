import type { Localizer } from './words/localizer';

/** Where it stays what was seen of a new lab that failed and was removed. */
export interface KeptRecordings {
  readonly lab: string;
  readonly folder: string;
}

/** What people are told of recordings that outlived their lab; undefined where there are none. */
export function recordingsText(kept: KeptRecordings | undefined, l10n: Localizer): string | undefined {
  if (kept === undefined) return undefined;
  return l10n.t(
    'What was seen of it stays in {0}; gitlab-ha down {1} removes that too.',
    kept.folder,
    kept.lab,
  );
}
