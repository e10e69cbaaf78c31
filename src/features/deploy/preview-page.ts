import { translate } from '../../words/message';
import * as vscode from 'vscode';
import type { Foreseen } from '../../lab/lab-service';
import { foresightOf } from '../../presentation/foresight/foresight';
import {
  foresightCost,
  foresightNodes,
  foresightSummary,
  SIGN_COLUMN,
} from '../../presentation/foresight/foresight-text';
import type { ForesightLine } from '../../presentation/foresight/foresight-text';
import { isOfNode, nodeChangeTexts } from '../../presentation/foresight/node-changes';

/** What a deployment would do in a few lines, for the question before it. */
export function summaryOf(preview: Foreseen): string {
  const { lab, operations, effects } = preview;
  const told =
    effects.length > 0
      ? foresightSummary(foresightOf(preview), vscode.l10n)
      : operations
          .filter((one) => !isOfNode(one))
          .map(({ target, cause }) => `${target}: ${translate(cause, vscode.l10n)}`);
  return [...nodeChangeTexts(operations, lab, vscode.l10n), ...told].map((text) => `• ${text}`).join('\n');
}

/**
 * What a deployment would do as a text in the form of a diff, first what it costs: what is no line of a file is a comment, or
 * names a file.
 */
export function pageOf(preview: Foreseen): string {
  const { lab, operations, losses } = preview;
  if (operations.length === 0) return `${vscode.l10n.t('Lab {0} is as its files say.', lab)}\n`;
  const foresight = foresightOf(preview);
  const others = operations.filter((operation) => !isOfNode(operation));
  return [
    `# ${vscode.l10n.t('What a deployment of lab {0} would do. Nothing was changed.', lab)}`,
    ...foresightCost(foresight, vscode.l10n).map((text) => `# ${text}`),
    '',
    ...foresightNodes(foresight, vscode.l10n).map(lineOf),
    ...nodeChangeTexts(operations, lab, vscode.l10n).map((text) => `# ${text}`),
    ...others.map(
      ({ action, target, cause }) =>
        `# ${action.kind.replace('-', ' ')} ${target}: ${translate(cause, vscode.l10n)}`,
    ),
    ...losses.map(
      ({ target, cause }) =>
        `# ${vscode.l10n.t('Data that would be lost: {0}: {1}', target, translate(cause, vscode.l10n))}`,
    ),
    '',
  ].join('\n');
}

/** In a diff the sign stands first. */
function lineOf({ kind, text }: ForesightLine): string {
  if (kind === 'added' || kind === 'removed' || kind === 'context') return text.slice(SIGN_COLUMN);
  if (kind === 'file') return `@@ ${text.trim()} @@`;
  return text === '' ? '' : kind === 'heading' ? `# ${text}` : text;
}
