import type {
  CodeLens,
  CompletionItem,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  SelectionRange,
  SignatureHelp,
} from 'vscode-languageserver-types';
import type { Finding, Position, Range, TextEdit } from '../../finding/finding';
import type {
  RenameRefusal,
  SemanticToken,
  Severities,
  SymbolUse,
  Target,
} from '../../languages/core/language/language';
import type { LanguageId } from '../../languages/registry/languages';
import type { FileFacts } from '../../workspace/facts/facts';
import type { ConfigurationSet } from '../../workspace/sets/configuration-set';
/** One version of one file as its language sees it, whatever that is: what the server's handlers ask. */
export interface FileView {
  readonly language: LanguageId;
  findings(severities: Severities): readonly Finding[];
  completion(position: Position): CompletionItem[];
  hover(position: Position): Hover | undefined;
  signatureHelp(position: Position): SignatureHelp | undefined;
  symbolUses(): readonly SymbolUse[];
  refuseRename(symbol: SymbolUse, newName: string): RenameRefusal | undefined;
  documentSymbols(): DocumentSymbol[];
  foldingRanges(): FoldingRange[];
  selectionRange(position: Position): SelectionRange;
  semanticTokens(): readonly SemanticToken[];
  documentLinks(): DocumentLink[];
  format(): TextEdit[];
  codeLenses(): CodeLens[];
  inlayHints(range: Range): InlayHint[];
  /** What a workspace must know of the file; undefined for a file that is in none, such as a compose file. */
  facts(): FileFacts | undefined;
  /** Where a comment that silences a rule may be written: nowhere when undefined. */
  readonly comments: CommentPlaces | undefined;
}

/** How comments can be added to a file. */
export interface CommentPlaces {
  /** First line of the part the comments speak of. */
  readonly firstLine: number;
  /** True where lines may be added between the line and the one before. */
  lineAbove(line: number): boolean;
}

/**
 * Reads a file for a target; the text is analysed at the first question.
 * @param set the configuration the file is a part of, where it is written in several
 */
export type ViewReader = (text: string, target: Target, set?: ConfigurationSet) => FileView;
