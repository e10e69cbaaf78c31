import type { DeployPreview } from '../../lab/lab-service';
import { losesCluster } from '../../lab/plan/operations';
import type { DataLoss, PlanOperation } from '../../lab/plan/operations';
import type { Style } from './style';
import { table } from './table';

/** What a deployment would do, one row an operation, and what it would cost. */
export function renderPreview({ lab, operations, losses }: DeployPreview, style: Style): string {
  if (operations.length === 0) return `Lab "${lab}" is as planned: there is nothing to do.`;
  const rows = operations.map((operation) => [whatOf(operation), operation.target, operation.cause]);
  return [
    `To make lab "${lab}" as planned:`,
    '',
    table([['DO', 'WITH', 'BECAUSE'], ...rows]),
    ...(losses.length === 0 ? [] : ['', style.red(lossText(losses))]),
    '',
    'Nothing was changed.',
  ].join('\n');
}

/** "create network", "start container". */
function whatOf({ action }: PlanOperation): string {
  return action.kind.replace('-', ' ');
}

function lossText(losses: readonly DataLoss[]): string {
  const targets = losses.map(({ target }) => target).join(', ');
  const what = losesCluster(losses) ? 'All data of the lab' : 'Data of the lab';
  return `${what} would be lost (${targets}): "up" refuses that without --recreate.`;
}

/** The same for programs: no file contents, which may hold secrets. */
export function previewJson({ lab, operations, losses, findings }: DeployPreview): object {
  return { lab, operations: operations.map(withoutAction), losses, findings };
}

function withoutAction({ id, step, target, cause, needs, action }: PlanOperation): object {
  return { id, kind: action.kind, step, target, cause, needs };
}
