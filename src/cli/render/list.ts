import { webUrl } from '../../presentation/lab-url';
import type { LabInfo } from '../../lab/lab-service';
import type { Style } from './style';
import { fittingTable } from './fit';
import { ageText } from '../../presentation/words/time-text';
import type { Localizer } from '../../presentation/words/localizer';

/** Columns that go when there is no room: timings, network, age. */
const DROPPED = [4, 3, 5];

const headings = (l10n: Localizer): readonly string[] => [
  l10n.t('NAME'),
  l10n.t('STATE'),
  l10n.t('NODES'),
  l10n.t('NETWORK'),
  l10n.t('TIMINGS'),
  l10n.t('AGE'),
  'URL',
];

/** One row per lab. @param width columns of a line */
export function renderList(labs: readonly LabInfo[], now: number, style: Style, width = Infinity): string {
  if (labs.length === 0) return style.l10n.t('No lab on this Docker engine. `gitlab-ha up` deploys one.');
  const heading = headings(style.l10n).map(style.bold);
  const rows = labs.map((lab) => {
    const nodes = lab.containers.filter((container) => container.role === 'node');
    const running = nodes.filter((container) => container.state === 'running').length;
    return [
      lab.name,
      lab.phase,
      style.l10n.t('{0}/{1} running', running, lab.cluster.nodes.length),
      lab.cluster.subnet,
      lab.cluster.lab.timings,
      ageText(now - lab.createdAt),
      webUrl(lab) ?? '-',
    ];
  });
  return fittingTable([heading, ...rows], width, DROPPED).join('\n');
}
