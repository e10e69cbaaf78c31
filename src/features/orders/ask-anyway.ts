import { translate } from '../../words/message';
import type { Message } from '../../words/message';
import * as vscode from 'vscode';
import type { LabErrorDetails } from '../../lab/lab-error';

/** What the user wants after a refusal; undefined for nothing. */
export type Answer = 'anyway' | 'wait' | undefined;

/**
 * Says why something is refused and what could be lost: what takes something away from a cluster that is not
 * whole may lose data, and tells nothing about HA.
 */
export async function askAnyway(lab: string, title: string, details: LabErrorDetails): Promise<Answer> {
  const wait = vscode.l10n.t('Wait Until Whole');
  const anyway = vscode.l10n.t('Do It Anyway');
  const message = vscode.l10n.t('{0}? Nothing was done: lab {1} is not whole.', title, lab);
  const detail = refusalDetail(details.missing ?? [], details.atStake ?? []);
  const choice = await vscode.window.showWarningMessage(message, { modal: true, detail }, wait, anyway);
  if (choice === wait) return 'wait';
  return choice === anyway ? 'anyway' : undefined;
}

function refusalDetail(missing: readonly Message[], atStake: readonly Message[]): string {
  const lost = atStake.length === 0 ? [] : ['', vscode.l10n.t('What could be lost:'), ...points(atStake)];
  return [
    vscode.l10n.t('Doing it now could lose data or stop the whole cluster. Missing:'),
    ...points(missing),
    ...lost,
  ].join('\n');
}

function points(sentences: readonly Message[]): readonly string[] {
  return sentences.map((sentence) => `• ${translate(sentence, vscode.l10n)}`);
}
