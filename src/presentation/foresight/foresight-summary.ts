import { translate } from '../../words/message';
import type { Localizer } from '../words/localizer';
import type { EffectKind, Foresight, ForeseenProgram } from './foresight';
import { grouped } from './grouped';
import { effectWord, nodesText, programText } from './program-text';

/** What is felt most stands first. */
const HARDEST_FIRST: readonly EffectKind[] = ['all at once', 'failover', 'restart', 'reload', 'nothing'];
/** More programs than these that are only told of the change share a line, without the reasons. */
const TOLD_APART = 2;

/** The same happens to the program on all of these nodes, for the same reasons. */
interface SameProgram extends ForeseenProgram {
  readonly nodes: readonly string[];
}

/**
 * What a deployment does to a running lab in a few lines, without the files: what is felt most first, nodes to which the same
 * happens together; at the end the order, and what it costs.
 */
export function foresightSummary(foresight: Foresight, l10n: Localizer): readonly string[] {
  return [...foresightEffects(foresight, l10n), ...foresightCost(foresight, l10n)];
}

/** The part of it that says what happens to whom. */
export function foresightEffects(foresight: Foresight, l10n: Localizer): readonly string[] {
  const { groups } = foresight;
  const unread = groups.filter(({ programs }) => programs.length === 0).flatMap(({ nodes }) => nodes);
  const same = samePrograms(foresight);
  return [
    ...HARDEST_FIRST.flatMap((kind) =>
      textsOf(
        same.filter((one) => one.kind === kind),
        kind,
        l10n,
      ),
    ),
    ...(unread.length === 0
      ? []
      : [l10n.t('{0}: files that no running program reads', nodesText(unread, l10n))]),
  ];
}

/** In which order a running lab is changed, and what clients feel of it; nothing where nothing of it changes. */
export function foresightCost(foresight: Foresight, l10n: Localizer): readonly string[] {
  if (foresight.groups.length === 0 && !foresight.together && foresight.alone.length === 0) return [];
  return [...orderTexts(foresight, l10n), costText(foresight.seconds, l10n)];
}

function samePrograms({ groups }: Foresight): readonly SameProgram[] {
  const all = groups.flatMap(({ nodes, programs }) =>
    programs.map((program): SameProgram => ({ ...program, nodes })),
  );
  return grouped(all, ({ program, title, kind, because }) =>
    JSON.stringify([program, title, kind, because]),
  ).flatMap(([, same]) => {
    const [first] = same;
    return first ? [{ ...first, nodes: same.flatMap(({ nodes }) => nodes) }] : [];
  });
}

function textsOf(programs: readonly SameProgram[], kind: EffectKind, l10n: Localizer): readonly string[] {
  const isGentle = kind === 'reload' || kind === 'nothing';
  return grouped(programs, ({ nodes }) => nodesText(nodes, l10n)).flatMap(([nodes, own]) => {
    if (!isGentle || own.length <= TOLD_APART)
      return own.map((program) => `${nodes}: ${programText(program, l10n)}`);
    const titles = own.map(({ title }) => translate(title, l10n)).join(', ');
    return [`${nodes}: ${titles}: ${effectWord(kind, l10n)}`];
  });
}

function orderTexts({ order, together, alone }: Foresight, l10n: Localizer): readonly string[] {
  if (together) return [l10n.t('All nodes are stopped and started together.')];
  return [
    ...(alone.length === 0 ? [] : [l10n.t('Stopped and started as a whole: {0}.', nodesText(alone, l10n))]),
    ...(order.length === 0
      ? []
      : [l10n.t('One node after the other, each when the lab is whole: {0}.', order.join(', '))]),
  ];
}

function costText(seconds: number, l10n: Localizer): string {
  return seconds === 0
    ? l10n.t('No client is expected to notice.')
    : l10n.t('Writes are expected to wait for up to {0} s.', seconds);
}
