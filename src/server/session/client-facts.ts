import {
  MarkupKind,
  type ClientCapabilities,
  type CompletionItemKind,
  type SymbolKind,
  type TextDocumentClientCapabilities,
} from 'vscode-languageserver';

/** What the server needs to know of its client: what it says it can do. What it does not say, it cannot. */
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
  readonly preparesRename: boolean;
  /** An edit may rename files and folders. */
  readonly renamesFiles: boolean;
  /** Actions as such; without, they would have to be commands of the server. */
  readonly actions: boolean;
  readonly markdownHover: boolean;
  readonly nestedSymbols: boolean;
  readonly knowsSymbol: (kind: SymbolKind) => boolean;
  /** Parameters of a signature may be named by their place in it. */
  readonly parameterPlaces: boolean;
  readonly completion: CompletionFacts;
  readonly diagnostics: DiagnosticFacts;
}

/** What an item of a completion list may have. */
export interface CompletionFacts {
  readonly snippets: boolean;
  /** The client indents the further lines of an item as the line is. */
  readonly indents: boolean;
  readonly markdown: boolean;
  readonly tags: boolean;
  readonly knows: (kind: CompletionItemKind) => boolean;
}

/** What a diagnostic may have. */
export interface DiagnosticFacts {
  readonly related: boolean;
  readonly tags: boolean;
  readonly pages: boolean;
}

/** Kinds up to these are older than the question which ones a client knows. */
const LAST_OLD_ITEM = 18;
const LAST_OLD_SYMBOL = 18;

/** Reads the client's capabilities. */
export function clientFacts({ workspace, textDocument }: ClientCapabilities): ClientFacts {
  const symbols = textDocument?.documentSymbol;
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
    preparesRename: textDocument?.rename?.prepareSupport === true,
    renamesFiles:
      workspace?.workspaceEdit?.documentChanges === true &&
      workspace.workspaceEdit.resourceOperations?.includes('rename') === true,
    actions: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    markdownHover: textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) === true,
    nestedSymbols: symbols?.hierarchicalDocumentSymbolSupport === true,
    knowsSymbol: knows(symbols?.symbolKind?.valueSet, LAST_OLD_SYMBOL),
    parameterPlaces:
      textDocument?.signatureHelp?.signatureInformation?.parameterInformation?.labelOffsetSupport === true,
    completion: completionFacts(textDocument?.completion),
    diagnostics: diagnosticFacts(textDocument?.publishDiagnostics),
  };
}

function completionFacts(completion: TextDocumentClientCapabilities['completion']): CompletionFacts {
  const item = completion?.completionItem;
  return {
    snippets: item?.snippetSupport === true,
    indents: item?.insertTextModeSupport !== undefined,
    markdown: item?.documentationFormat?.includes(MarkupKind.Markdown) === true,
    tags: item?.tagSupport !== undefined,
    knows: knows(completion?.completionItemKind?.valueSet, LAST_OLD_ITEM),
  };
}

function diagnosticFacts(published: TextDocumentClientCapabilities['publishDiagnostics']): DiagnosticFacts {
  return {
    related: published?.relatedInformation === true,
    // Old clients said yes, new ones list the tags.
    tags: Boolean(published?.tagSupport),
    pages: published?.codeDescriptionSupport === true,
  };
}

function knows<Kind extends number>(
  listed: readonly Kind[] | undefined,
  lastOld: number,
): (kind: Kind) => boolean {
  return listed === undefined ? (kind) => kind <= lastOld : (kind) => listed.includes(kind);
}
