import type { Foreseen } from '../../lab/lab-service';
import type { PlanOperation } from '../../lab/plan/operations';
import { translate } from '../../words/message';
import type { Localizer } from '../words/localizer';
import { foresightOf } from './foresight';
import { foresightCost, foresightEffects } from './foresight-summary';
import { isOfNode, nodeChangeTexts } from './node-changes';

export interface PlanSummary {
  /** Which nodes come and go, then what the programs of the others feel, what is felt most first. */
  readonly changes: readonly string[];
  /** In which order it is done, and what clients feel of it. */
  readonly cost: readonly string[];
}

/** What a deployment would do, in lines that fit a screen. Pure. */
export function planSummary(plan: Foreseen, l10n: Localizer): PlanSummary {
  const foresight = foresightOf(plan);
  return {
    changes: [...nodeChangeTexts(plan.operations, plan.lab, l10n), ...foresightEffects(foresight, l10n)],
    cost: foresightCost(foresight, l10n),
  };
}

/** At most so many lines; what is cut out of the changes is counted, and where it stands is said. @param where "Preview Changes" */
export function summaryWithin(
  { changes, cost }: PlanSummary,
  lines: number,
  where: string,
  l10n: Localizer,
): readonly string[] {
  const hidden = changes.length + cost.length - lines;
  if (hidden <= 0) return [...changes, ...cost];
  const shown = changes.slice(0, Math.max(0, lines - cost.length - 1));
  return [...shown, l10n.t('and {0} more: see {1}', changes.length - shown.length, where), ...cost];
}

/**
 * What is done beside containers and their programs: images, networks, volumes; "create network gitlab-ha-lab-own: …". What
 * is remembered of the lab is told only where nothing else is done.
 */
export function otherTexts({ operations }: Pick<Foreseen, 'operations'>, l10n: Localizer): readonly string[] {
  const others = operations.filter((one) => !isOfNode(one));
  const things = others.filter(({ remembers }) => remembers !== true);
  return (things.length === 0 && others.length === operations.length ? others : things).map(
    ({ action, target, cause }) => `${actionText(action.kind, target, l10n)}: ${translate(cause, l10n)}`,
  );
}

function actionText(kind: PlanOperation['action']['kind'], target: string, l10n: Localizer): string {
  const texts: Readonly<Partial<Record<typeof kind, string>>> = {
    'build-image': l10n.t('build image {0}', target),
    'pull-image': l10n.t('pull image {0}', target),
    'create-network': l10n.t('create network {0}', target),
    'remove-network': l10n.t('remove network {0}', target),
    'create-volume': l10n.t('create volume {0}', target),
    'attach-container': l10n.t('attach container {0}', target),
    'remove-volume': l10n.t('remove volume {0}', target),
    'unpause-container': l10n.t('unpause container {0}', target),
  };
  return texts[kind] ?? `${kind.replace('-', ' ')} ${target}`;
}
