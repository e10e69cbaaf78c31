import {
  CodeActionKind,
  TextDocumentSyncKind,
  type ClientCapabilities,
  type DocumentFilter,
  type ServerCapabilities,
} from 'vscode-languageserver';
import { LEGEND } from './handlers/semantic-tokens';
import { FIX_ALL_KIND } from './protocol';

/** What the server needs to know of its client. */
export interface ClientFacts {
  /** The client answers `workspace/configuration`. */
  readonly configuration: boolean;
  readonly configurationChanges: boolean;
  readonly watchedFiles: boolean;
  readonly workspaceFolders: boolean;
  /** The client takes further offers for some files only. */
  readonly dynamicFormatting: boolean;
  readonly dynamicTokens: boolean;
  readonly refreshesTokens: boolean;
  readonly refreshesInlayHints: boolean;
  readonly refreshesCodeLenses: boolean;
}

/** Reads the client's capabilities. */
export function clientFacts({ workspace, textDocument }: ClientCapabilities): ClientFacts {
  return {
    configuration: workspace?.configuration === true,
    configurationChanges: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchedFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    dynamicFormatting: textDocument?.formatting?.dynamicRegistration === true,
    dynamicTokens: textDocument?.semanticTokens?.dynamicRegistration === true,
    refreshesTokens: workspace?.semanticTokens?.refreshSupport === true,
    refreshesInlayHints: workspace?.inlayHint?.refreshSupport === true,
    refreshesCodeLenses: workspace?.codeLens?.refreshSupport === true,
  };
}

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
  { pattern: '**/haproxy*.cfg' },
  { pattern: '**/haproxy/**/*.cfg' },
  { pattern: '**/keepalived*.conf' },
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
    renameProvider: { prepareProvider: true },
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
