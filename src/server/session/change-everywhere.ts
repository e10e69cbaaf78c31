import type { CodeActionParams } from 'vscode-languageserver';
import {
  CodeActionKind,
  type CodeAction,
  type RenameFile,
  type TextDocumentEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver-types';
import { readClusterYaml } from '../../cluster/cluster-yaml';
import type { Position } from '../../finding/finding';
import {
  changeEverywhere,
  folderThere,
  refuseChange,
  type Change,
  type NamedKind,
  type Texts,
} from '../../workspace/change/change';
import { wholeChange } from '../../workspace/change/address-behind';
import { pendingChanges } from '../../workspace/change/pending';
import { CLUSTER_FILE, filesOfNode, SHARED_FILES } from '../../workspace/files/workspace-files';
import type { Analysis } from '../documents/documents';
import { folderOf, pathBelow } from '../files/paths';
import { symbolAt } from '../handlers/navigation';
import type { ServerState } from './state';

/** What cluster.yaml names and other files repeat. */
const KINDS: ReadonlySet<string> = new Set<NamedKind>(['node', 'address', 'subnet']);

/**
 * The edits of a rename in cluster.yaml: in all files of its workspace, the node's folder with them where the editor can
 * rename one. Undefined for whatever else is renamed.
 */
export async function renameEverywhere(
  state: ServerState,
  { uri, view }: Analysis,
  position: Position,
  newName: string,
): Promise<WorkspaceEdit | { readonly refused: string } | undefined> {
  const symbol = view.language === 'cluster' ? symbolAt(view, position) : undefined;
  if (symbol === undefined || !KINDS.has(symbol.kind)) return undefined;
  const texts = await textsBeside(state, uri);
  const { cluster } = readClusterYaml(texts.get(CLUSTER_FILE) ?? '');
  if (cluster === undefined) return undefined;
  const change: Change = { kind: symbol.kind as NamedKind, from: symbol.name, to: newName };
  const refused =
    refuseChange(texts, cluster, change)?.toString() ?? (await refuseFolder(state, uri, texts, change));
  return refused === undefined ? editOf(state, uri, texts, wholeChange(texts, cluster, change)) : { refused };
}

/** Why an editor could not rename a node's folder: another one of the new name, with files no workspace knows. */
async function refuseFolder(
  { client, files, index }: ServerState,
  uri: string,
  texts: Texts,
  change: Change,
): Promise<string | undefined> {
  if (!client.renamesFiles) return undefined;
  const folder = changeEverywhere(texts, [change]).folders[0]?.to;
  if (folder === undefined) return undefined;
  const there = await files.list(index.addressOf(uri, folder), () => true);
  return there.length > 0 ? folderThere(change.to).toString() : undefined;
}

/** What cluster.yaml says otherwise than its other files, as one action that brings these up to it. */
export async function carryOver(
  state: ServerState,
  { uri, view, document }: Analysis,
  { range, context: { only } }: CodeActionParams,
): Promise<CodeAction[]> {
  if (only !== undefined && !only.some((kind) => CodeActionKind.QuickFix.startsWith(kind))) return [];
  const isCluster = view.language === 'cluster';
  // Elsewhere there is a finding at each of them.
  if (!isCluster && state.index.betweenIn(uri).length === 0) return [];
  const clusterUri = isCluster ? uri : state.index.addressOf(uri, CLUSTER_FILE);
  const texts = await textsBeside(state, clusterUri);
  const { cluster } = readClusterYaml(texts.get(CLUSTER_FILE) ?? '');
  const changes = cluster === undefined ? [] : pendingChanges(cluster, texts);
  const here = document.getText({
    start: { line: range.start.line, character: 0 },
    end: { line: range.end.line + 1, character: 0 },
  });
  const path = pathBelow(folderOf(clusterUri), uri) ?? '';
  const isAbout = ({ from, to }: Change): boolean =>
    isCluster ? here.includes(to) : here.includes(from) || path.startsWith(`nodes/${from}/`);
  if (!changes.some(isAbout)) return [];
  const title = `Change in all files: ${changes.map(({ from, to }) => `${from} → ${to}`).join(', ')}`;
  return [{ title, kind: CodeActionKind.QuickFix, edit: editOf(state, clusterUri, texts, changes) }];
}

/** Texts of a workspace: as they are in the editor, else on disk. */
async function textsBeside(state: ServerState, clusterUri: string): Promise<Texts> {
  const texts = new Map<string, string>();
  for (const path of pathsOf(state, clusterUri)) {
    const uri = state.index.addressOf(clusterUri, path);
    const text = state.opened.get(uri)?.getText() ?? (await state.files.read(uri));
    if (typeof text === 'string') texts.set(path, text);
  }
  return texts;
}

/** Every file of the workspace there may be: those of its nodes, and those of folders that belong to none. */
function pathsOf({ index }: ServerState, clusterUri: string): readonly string[] {
  const nodes = index.nodesBeside(clusterUri);
  return [...SHARED_FILES, ...nodes.flatMap((node) => filesOfNode(node))];
}

function editOf(
  state: ServerState,
  clusterUri: string,
  texts: Texts,
  changes: readonly Change[],
): WorkspaceEdit {
  const address = (path: string): string => state.index.addressOf(clusterUri, path);
  const { edits, folders } = changeEverywhere(texts, changes);
  if (!state.client.renamesFiles) {
    return { changes: Object.fromEntries([...edits].map(([path, list]) => [address(path), [...list]])) };
  }
  // Folders first: an editor saves by itself what it has changed where it stays.
  const movedTo = (path: string): string =>
    folders.reduce(
      (now, { from, to }) => (now.startsWith(`${from}/`) ? to + now.slice(from.length) : now),
      path,
    );
  const renamed = folders.map(({ from, to }): RenameFile => ({
    kind: 'rename',
    oldUri: address(from),
    newUri: address(to),
  }));
  const texted = [...edits].map(([path, list]): TextDocumentEdit => {
    const textDocument = { uri: address(movedTo(path)), version: null };
    return { textDocument, edits: [...list] };
  });
  return { documentChanges: [...renamed, ...texted] };
}
