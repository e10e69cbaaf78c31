import * as vscode from 'vscode';
import type { Foreseen } from '../../lab/lab-service';
import { foresightOf } from '../../presentation/foresight/foresight';
import { foresightDetails, SIGN_COLUMN } from '../../presentation/foresight/foresight-text';
import type { ForesightLine } from '../../presentation/foresight/foresight-text';
import { otherTexts, planSummary, summaryWithin } from '../../presentation/foresight/plan-summary';
import { translate } from '../../words/message';

/** A question with more lines does not fit a small window. */
const LONGEST_QUESTION = 15;

/** What a deployment would do in a few lines, for the question before it. */
export function summaryOf(preview: Foreseen): string {
  const summary = planSummary(preview, vscode.l10n);
  const changes = summary.changes.length > 0 ? summary.changes : otherTexts(preview, vscode.l10n);
  const where = vscode.l10n.t('Preview Changes');
  return summaryWithin({ ...summary, changes }, LONGEST_QUESTION, where, vscode.l10n)
    .map((text) => `• ${text}`)
    .join('\n');
}

/**
 * What a deployment would do as a text in the form of a diff, first in a few lines with what it costs: what is no line of a
 * file is a comment, or names a file.
 */
export function pageOf(preview: Foreseen): string {
  const { lab, operations, losses } = preview;
  if (operations.length === 0) return `${vscode.l10n.t('Lab {0} is as its files say.', lab)}\n`;
  const { changes, cost } = planSummary(preview, vscode.l10n);
  const lost = losses.map(({ target, cause }) =>
    vscode.l10n.t('Data that would be lost: {0}: {1}', target, translate(cause, vscode.l10n)),
  );
  return [
    `# ${vscode.l10n.t('What a deployment of lab {0} would do. Nothing was changed.', lab)}`,
    ...[...changes, ...otherTexts(preview, vscode.l10n), ...lost, ...cost].map((text) => `# ${text}`),
    '',
    ...foresightDetails(foresightOf(preview), vscode.l10n).map(lineOf),
  ].join('\n');
}

/** In a diff the sign stands first. */
function lineOf({ kind, text }: ForesightLine): string {
  if (kind === 'added' || kind === 'removed' || kind === 'context') return text.slice(SIGN_COLUMN);
  if (kind === 'file') return `@@ ${text.trim()} @@`;
  return text === '' ? '' : kind === 'heading' ? `# ${text}` : text;
}
