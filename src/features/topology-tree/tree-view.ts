import * as vscode from 'vscode';
import { Disposables } from '../common/disposables';
import { commandId } from '../common/feature-context';
import { healthText } from '../../presentation/words/health-text';
import type { LabStore } from '../labs/lab-store';
import { failureCount } from '../../presentation/topology/failure-count';
import type * as Tooltips from '../../presentation/topology/tooltip';
import { diffTrees, indexTree } from '../../presentation/topology/tree-diff';
import type { TreeIndex } from '../../presentation/topology/tree-diff';
import { buildTree } from '../../presentation/topology/tree-model';
import type { GroupBy, Target, Tone, TreeNode } from '../../presentation/topology/tree-node';

export const VIEW_ID = 'gitlabHaLab.topology';

const COLOURS: Readonly<Record<Tone, string>> = {
  good: 'testing.iconPassed',
  warning: 'list.warningForeground',
  bad: 'testing.iconFailed',
  quiet: 'disabledForeground',
};

/** What tooltips were made of the rows people pointed at, to know which of them are out of date. */
type ShownTooltips = Map<string, string | undefined>;

/**
 * Shows the model of the topology in a tree. Elements are row ids, which never change with state, so VS Code keeps
 * selection and expansion; only rows that differ are refreshed. Watches the labs while it is visible.
 */
export class TopologyTree implements vscode.TreeDataProvider<string>, vscode.Disposable {
  private readonly disposables = new Disposables();
  private readonly changed = new vscode.EventEmitter<string | string[] | undefined>();
  private readonly shownTooltips: ShownTooltips = new Map();
  private readonly view: vscode.TreeView<string>;
  private index: TreeIndex;
  private watching: { dispose(): unknown } | undefined;
  /** Loaded when somebody points at a row for the first time. */
  private tooltips: typeof Tooltips | undefined;

  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly store: LabStore,
    private readonly groupBy: () => GroupBy,
  ) {
    this.index = this.build();
    this.view = vscode.window.createTreeView(VIEW_ID, { treeDataProvider: this, showCollapseAll: true });
    this.disposables.add(this.view);
    this.disposables.add(this.changed);
    this.disposables.add(store.onDidChange(() => this.update()));
    this.disposables.add(this.view.onDidChangeVisibility(() => this.followVisibility()));
    this.followVisibility();
  }

  /** Builds the tree anew, e.g. after the grouping changed. */
  rebuild(): void {
    this.index = this.build();
    this.shownTooltips.clear();
    this.changed.fire(undefined);
    this.updateBadge();
  }

  /** What a row stands for; undefined for rows that are gone. */
  target(id: string): Target | undefined {
    return this.index.byId.get(id)?.target;
  }

  getChildren(id?: string): string[] {
    const children = id === undefined ? this.index.roots : (this.index.byId.get(id)?.children ?? []);
    return children.map((child) => child.id);
  }

  getParent(id: string): string | undefined {
    return this.index.parentOf.get(id);
  }

  getTreeItem(id: string): vscode.TreeItem {
    const node = this.index.byId.get(id);
    return node ? treeItem(node) : new vscode.TreeItem('');
  }

  async resolveTreeItem(item: vscode.TreeItem, id: string): Promise<vscode.TreeItem> {
    this.tooltips ??= await import('../../presentation/topology/tooltip');
    const text = this.tooltipOf(id);
    this.shownTooltips.set(id, text);
    if (text !== undefined) item.tooltip = new vscode.MarkdownString(text);
    return item;
  }

  dispose(): void {
    this.watching?.dispose();
    this.disposables.dispose();
  }

  private build(): TreeIndex {
    return indexTree(buildTree(this.store.snapshots, this.groupBy(), vscode.l10n));
  }

  private followVisibility(): void {
    if (this.view.visible) this.watching ??= this.store.watch();
    else {
      this.watching?.dispose();
      this.watching = undefined;
    }
  }

  private update(): void {
    const before = this.index;
    this.index = this.build();
    const change = diffTrees(before, this.index, (id) => this.tooltipIsOld(id));
    this.updateBadge();
    if (change.everything) {
      this.shownTooltips.clear();
      this.changed.fire(undefined);
    } else if (change.ids.length > 0) {
      for (const id of change.ids) this.shownTooltips.delete(id);
      this.changed.fire([...change.ids]);
    }
  }

  private tooltipIsOld(id: string): boolean {
    return this.shownTooltips.has(id) && this.shownTooltips.get(id) !== this.tooltipOf(id);
  }

  private tooltipOf(id: string): string | undefined {
    const target = this.target(id);
    const lab = target && this.store.snapshot(target.lab);
    return lab && this.tooltips?.tooltip(target, lab, vscode.l10n);
  }

  private updateBadge(): void {
    const failures = failureCount(this.store.snapshots);
    this.view.badge =
      failures === 0
        ? undefined
        : { value: failures, tooltip: `${failures} ${healthText('failed', vscode.l10n)}` };
  }
}

function treeItem(node: TreeNode): vscode.TreeItem {
  const { None, Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  const state = node.children.length === 0 ? None : node.expanded ? Expanded : Collapsed;
  const item = new vscode.TreeItem(node.label, state);
  item.id = node.id;
  item.description = node.description;
  item.contextValue = node.contextValue;
  if (node.opens === true) {
    item.command = { command: commandId('openRow'), title: vscode.l10n.t('Open'), arguments: [node.id] };
  }
  item.iconPath = new vscode.ThemeIcon(node.icon, new vscode.ThemeColor(COLOURS[node.tone]));
  item.accessibilityInformation = { label: node.accessibleLabel };
  return item;
}
