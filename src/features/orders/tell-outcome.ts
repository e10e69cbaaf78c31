import * as vscode from 'vscode';
import type { Deed, Outcome } from '../../drills/carry-out';
import type { Event } from '../../observe/event';
import type { ClientWay } from '../../services/core/client-way';
import { outcomeText } from '../../presentation/events/outcome-text';
import { commandId } from '../common/feature-context';

/** A toast with what was done and what clients felt of it, with a way to the events and one back. */
export async function tellOutcome(
  title: string,
  outcome: Outcome,
  events: readonly Event[],
  takeBack: (() => Promise<void>) | undefined,
): Promise<void> {
  const [{ fateOf }, { clientWay }] = await Promise.all([
    import('../../drills/probe/felt'),
    import('../../services/client-ways'),
  ]);
  const felt = outcome.felt.map((one) => ({
    ...wordsOf(clientWay(one.path)),
    fate: fateOf(one),
    outageMs: one.outage.outageMs,
    lost: one.loss?.lost.length ?? 0,
  }));
  const showEvents = vscode.l10n.t('Show Events');
  const back = vscode.l10n.t('Take It Back');
  const text = outcomeText(title, felt, events, vscode.l10n);
  const buttons = takeBack ? [showEvents, back] : [showEvents];
  const choice = await vscode.window.showInformationMessage(text, ...buttons);
  if (choice === showEvents) await vscode.commands.executeCommand(commandId('focusEvents'));
  if (choice === back) await takeBack?.();
}

/** The order that takes a deed back, where one is needed afterwards. */
export async function takingBack(deed: Deed): Promise<Deed | undefined> {
  const { undoing } = await import('../../drills/orders/order');
  if (!('order' in deed) || deed.order.on === 'switchover' || deed.order.action === 'restart')
    return undefined;
  const order = undoing(deed.order);
  return order && { order };
}

function wordsOf({ title, attempts }: Pick<ClientWay, 'title' | 'attempts'>): {
  title: string;
  attempts?: string;
} {
  return attempts === undefined ? { title } : { title, attempts };
}
