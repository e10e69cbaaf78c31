import {
  CodeActionKind,
  TextDocumentSyncKind,
  type DocumentFilter,
  type ServerCapabilities,
} from 'vscode-languageserver';
import { globsOf } from '../../languages/file-types';
import type { ClientFacts } from './client-facts';
import { LEGEND } from '../handlers/semantic-tokens';
import { FIX_ALL_KIND } from '../protocol';

/** Characters after which completion is worth asking for by itself. */
const TRIGGERS = ['[', "'", '"', ':', '{', '(', ',', '.', ' ', '='];

/**
 * Files whose colours and form are ours alone. A gitlab.rb is a Ruby file too: its form is the business of the Ruby
 * extension of the user's choice, so nothing is offered that would compete with it.
 */
export const OWN_FILES: readonly DocumentFilter[] = [
  // Another extension may take every .cfg for HAProxy: elsewhere than here the names say what a file is.
  { language: 'haproxy', scheme: 'untitled' },
  { language: 'keepalived' },
  ...globsOf(({ editorId }) => editorId !== undefined).map((pattern) => ({ pattern })),
];

export const TOKENS_OPTIONS = { legend: LEGEND, full: true, range: false } as const;

/** What is offered for every file. */
export function serverCapabilities(client: ClientFacts): ServerCapabilities {
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    completionProvider: { triggerCharacters: TRIGGERS, resolveProvider: false },
    hoverProvider: true,
    signatureHelpProvider: { triggerCharacters: [' '], retriggerCharacters: [' '] },
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: client.preparesRename ? { prepareProvider: true } : true,
    documentSymbolProvider: true,
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    documentLinkProvider: { resolveProvider: false },
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL_KIND] },
    codeLensProvider: { resolveProvider: false },
    inlayHintProvider: { resolveProvider: false },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    ...(client.dynamicFormatting ? {} : { documentFormattingProvider: true }),
    ...(client.dynamicTokens ? {} : { semanticTokensProvider: TOKENS_OPTIONS }),
  };
}
