import type * as vscode from 'vscode';
import { FILE_TYPES, looksLikeCluster, namedKind } from '../../languages/file-types';

/** Documents by scheme, and by language or name, as both VS Code and the language client take them. */
export type FileFilter =
  | { readonly scheme: string; readonly language: string }
  | { readonly scheme: string; readonly pattern: string };

/** Files the language server is for. Names say it, because nothing claims the language Ruby or every .cfg. */
const FILTERS: readonly ({ readonly language: string } | { readonly pattern: string })[] = FILE_TYPES.flatMap(
  ({ editorId, globs }) => [
    ...(editorId === undefined ? [] : [{ language: editorId }]),
    ...globs.map((pattern) => ({ pattern })),
  ],
);

/**
 * Where the server's files are: on disk, not saved yet, or in the file systems of the workspace's folders. Other
 * documents of the same name, such as the old side of a comparison, are not checked.
 */
export function documentSelector(folders: readonly vscode.WorkspaceFolder[]): FileFilter[] {
  const schemes = new Set(['file', 'untitled', ...folders.map((folder) => folder.uri.scheme)]);
  return [...schemes].flatMap((scheme) => FILTERS.map((filter) => ({ ...filter, scheme })));
}

/**
 * True for a file that is worth a running server; a compose file is when it holds settings of GitLab, a cluster.yaml when
 * it describes a cluster.
 */
export function needsServer(document: vscode.TextDocument, matches: boolean): boolean {
  if (!matches) return false;
  const kind = namedKind(document.uri.path);
  if (kind === 'compose') return document.getText().includes('GITLAB_OMNIBUS_CONFIG');
  return kind !== 'cluster' || looksLikeCluster(document.getText());
}
