import type { Localizer } from '../../presentation/words/localizer';

/** Headings of the list of commands, in the order in which they stand there. */
export interface GroupTitles {
  readonly files: string;
  readonly labs: string;
  readonly nodes: string;
  readonly faults: string;
  readonly more: string;
}

export function groupTitles(l10n: Localizer): GroupTitles {
  return {
    files: l10n.t('Files of a cluster:'),
    labs: l10n.t('Labs:'),
    nodes: l10n.t('Nodes and services:'),
    faults: l10n.t('Faults, and what clients feel:'),
    more: l10n.t('More:'),
  };
}
