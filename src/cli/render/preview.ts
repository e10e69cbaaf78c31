import type { DeployPreview, Foreseen } from '../../lab/lab-service';
import { losesCluster } from '../../lab/plan/operations';
import type { DataLoss, PlanOperation } from '../../lab/plan/operations';
import { foresightOf } from '../../presentation/foresight/foresight';
import { foresightDetails } from '../../presentation/foresight/foresight-text';
import type { ForesightLine } from '../../presentation/foresight/foresight-text';
import { otherTexts, planSummary } from '../../presentation/foresight/plan-summary';
import type { Localizer } from '../../presentation/words/localizer';
import type { Style } from './style';

/** What a deployment would do: what changes in running nodes and why, the other operations, and what it would cost. */
export function renderPreview(preview: DeployPreview, style: Style): string {
  const { lab, losses } = preview;
  if (preview.operations.length === 0)
    return style.l10n.t('Lab "{0}" is as planned: there is nothing to do.', lab);
  return [
    style.l10n.t('To make lab "{0}" as planned:', lab),
    '',
    ...renderPlan(preview, style),
    ...(losses.length === 0 ? [] : ['', style.red(lossText(losses, style.l10n))]),
    '',
    style.l10n.t('Nothing was changed.'),
  ].join('\n');
}

/** The change itself, without what is around it: a summary that fits a screen, then why, and the lines of the files. */
export function renderPlan(preview: Foreseen, style: Style): readonly string[] {
  const details = foresightDetails(foresightOf(preview), style.l10n).map((line) => coloured(line, style));
  const summary = renderSummary(preview, style);
  return details.length === 0 ? summary : [...summary, '', ...withoutLastEmpty(details)];
}

/** The summary alone: shown before a change is made. */
export function renderSummary(preview: Foreseen, style: Style): readonly string[] {
  const { changes, cost } = planSummary(preview, style.l10n);
  const others = otherTexts(preview, style.l10n);
  return [...changes, ...others, ...cost].map((text) => `  ${text}`);
}

function withoutLastEmpty(lines: readonly string[]): readonly string[] {
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function coloured({ kind, text }: ForesightLine, style: Style): string {
  switch (kind) {
    case 'heading':
      return style.bold(text);
    case 'added':
      return style.green(text);
    case 'removed':
      return style.red(text);
    case 'file':
      return style.cyan(text);
    case 'context':
    case 'text':
      return text;
  }
}

function lossText(losses: readonly DataLoss[], l10n: Localizer): string {
  const targets = losses.map(({ target }) => target).join(', ');
  return losesCluster(losses)
    ? l10n.t('All data of the lab would be lost ({0}): "up" refuses that without --recreate.', targets)
    : l10n.t('Data of the lab would be lost ({0}): "up" refuses that without --recreate.', targets);
}

/** The same for programs: of files only the lines that change, with what may be secret masked. */
export function previewJson(preview: DeployPreview): object {
  const { lab, operations, losses, findings } = preview;
  const { groups, order, together, alone, seconds } = foresightOf(preview);
  const changes = groups.flatMap(({ nodes, ...same }) => nodes.map((node) => ({ node, ...same })));
  return {
    lab,
    operations: operations.map(withoutAction),
    changes,
    order,
    together,
    alone,
    interruptionSeconds: seconds,
    losses,
    findings,
  };
}

function withoutAction({ id, step, target, cause, needs, action }: PlanOperation): object {
  return { id, kind: action.kind, step, target, cause, needs };
}
