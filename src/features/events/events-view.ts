import * as vscode from 'vscode';
import type { EventRow, EventRowTarget } from '../../presentation/events/event-rows';
import type { Tone } from '../../presentation/topology/tree-node';
import { Disposables } from '../common/disposables';
import { commandId } from '../common/feature-context';
import type { LabStore } from '../labs/lab-store';
import type { EventHub } from './event-hub';

export const EVENTS_VIEW_ID = 'gitlabHaLab.events';

const COLOURS: Readonly<Record<Tone, string>> = {
  good: 'testing.iconPassed',
  warning: 'list.warningForeground',
  bad: 'testing.iconFailed',
  quiet: 'foreground',
};

/** Redraws are gathered for this long: events follow each other within milliseconds during a failover. */
const REDRAW_MS = 100;

/** What happened, grouped by its cause, newest first. Watches the labs while it is visible. */
export class EventsView implements vscode.TreeDataProvider<EventRow>, vscode.Disposable {
  private readonly disposables = new Disposables();
  private readonly changed = new vscode.EventEmitter<undefined>();
  private readonly view: vscode.TreeView<EventRow>;
  private watching: { dispose(): unknown } | undefined;
  private redraw: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly hub: EventHub,
    private readonly store: LabStore,
  ) {
    this.view = vscode.window.createTreeView(EVENTS_VIEW_ID, {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.disposables.add(this.view);
    this.disposables.add(this.changed);
    this.disposables.add(hub.onDidChange(() => this.drawSoon()));
    this.disposables.add(this.view.onDidChangeVisibility(() => this.followVisibility()));
    this.followVisibility();
  }

  async getChildren(row?: EventRow): Promise<EventRow[]> {
    if (row) return [...row.children];
    const { events } = this.hub;
    if (!events) return [];
    const [{ eventRows }, { holderTitles }] = await Promise.all([
      import('../../presentation/events/event-rows'),
      import('../../presentation/events/holder-titles'),
    ]);
    const options = { severalLabs: this.store.snapshots.length > 1, holderTitles: holderTitles() };
    return [...eventRows(events, options, vscode.l10n)];
  }

  getTreeItem(row: EventRow): vscode.TreeItem {
    const { None, Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
    const state = row.children.length === 0 ? None : row.expanded ? Expanded : Collapsed;
    const item = new vscode.TreeItem(row.label, state);
    item.id = row.id;
    item.description = row.description;
    item.tooltip = row.tooltip;
    item.accessibilityInformation = { label: row.accessibleLabel };
    item.iconPath = new vscode.ThemeIcon(row.icon, new vscode.ThemeColor(COLOURS[row.tone]));
    const command = logCommandOf(row.target);
    if (command) item.command = command;
    return item;
  }

  dispose(): void {
    clearTimeout(this.redraw);
    this.watching?.dispose();
    this.disposables.dispose();
  }

  private drawSoon(): void {
    this.redraw ??= setTimeout(() => {
      this.redraw = undefined;
      void this.headline();
      this.changed.fire(undefined);
    }, REDRAW_MS);
  }

  /** The newest group stands beside the view's title, where it is read while the view is folded. */
  private async headline(): Promise<void> {
    const { groupOutcome } = await import('../../presentation/events/event-rows');
    const newest = this.hub.events?.groups.at(-1);
    const parts = newest ? [newest.title, groupOutcome(newest, vscode.l10n)] : [];
    this.view.description = parts.filter((part) => part !== '').join(' · ');
  }

  private followVisibility(): void {
    if (this.view.visible) this.watching ??= this.store.watch();
    else {
      this.watching?.dispose();
      this.watching = undefined;
    }
  }
}

/** A click on an event shows what the logs say around it. */
function logCommandOf(target: EventRowTarget): vscode.Command | undefined {
  if (target.kind !== 'event') return undefined;
  const { lab, event } = target;
  return {
    command: commandId('showEventLog'),
    title: vscode.l10n.t('Show Log Lines'),
    arguments: [{ lab, event }],
  };
}
