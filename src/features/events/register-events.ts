import * as vscode from 'vscode';
import { registerCommand } from '../common/commands';
import { Disposables } from '../common/disposables';
import type { Disposable } from '../common/disposables';
import type { FeatureContext } from '../common/feature-context';
import { EventHub } from './event-hub';
import { EVENTS_VIEW_ID, EventsView } from './events-view';
import { registerShowEventLog } from './show-event-log';

/** The view "Events" with its commands. */
export function registerEvents(context: FeatureContext): Disposable {
  const disposables = new Disposables();
  const hub = disposables.add(new EventHub(context.store));
  disposables.add(new EventsView(hub, context.store));
  disposables.add(registerShowEventLog(context));
  const title = vscode.l10n.t('The events were not shown');
  disposables.add(
    registerCommand(context, 'focusEvents', title, async () => {
      await vscode.commands.executeCommand(`${EVENTS_VIEW_ID}.focus`);
    }),
  );
  disposables.add(registerCommand(context, 'clearEvents', title, () => hub.clear()));
  return disposables;
}
