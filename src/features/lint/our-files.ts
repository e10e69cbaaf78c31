import type * as vscode from 'vscode';

/** Documents by scheme, and by language or name, as both VS Code and the language client take them. */
export type FileFilter =
  | { readonly scheme: string; readonly language: string }
  | { readonly scheme: string; readonly pattern: string };

/** Files the language server is for. Names say it, because nothing claims the language Ruby or every .cfg. */
const FILTERS: readonly ({ readonly language: string } | { readonly pattern: string })[] = [
  { language: 'haproxy' },
  { language: 'keepalived' },
  { pattern: '**/haproxy*.cfg' },
  { pattern: '**/haproxy/**/*.cfg' },
  { pattern: '**/keepalived*.conf' },
  { pattern: '**/gitlab*.rb' },
  { pattern: '**/*[._-]gitlab.rb' },
  { pattern: '**/gitlab/*.rb' },
  { pattern: '**/nodes/*/*.rb' },
  { pattern: '**/{docker-,}compose*.{yml,yaml}' },
];

const COMPOSE = /(^|\/)(docker-)?compose[^/]*\.ya?ml$/i;

/**
 * Where the server's files are: on disk, not saved yet, or in the file systems of the workspace's folders. Other
 * documents of the same name, such as the old side of a comparison, are not checked.
 */
export function documentSelector(folders: readonly vscode.WorkspaceFolder[]): FileFilter[] {
  const schemes = new Set(['file', 'untitled', ...folders.map((folder) => folder.uri.scheme)]);
  return [...schemes].flatMap((scheme) => FILTERS.map((filter) => ({ ...filter, scheme })));
}

/** True for a file that is worth a running server; a compose file is when it holds settings of GitLab. */
export function needsServer(document: vscode.TextDocument, matches: boolean): boolean {
  if (!matches) return false;
  return !COMPOSE.test(document.uri.path) || document.getText().includes('GITLAB_OMNIBUS_CONFIG');
}
