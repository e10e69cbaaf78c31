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
  Language,
  RenameRefusal,
  SemanticToken,
  Severities,
  SymbolUse,
  Target,
} from '../../languages/core/language/language';
import type { LanguageId } from '../../languages/registry/languages';
import type { FileFacts } from '../../workspace/facts/facts';
import { isTooLarge, LARGEST_FILE_BYTES, tooLarge } from '../../workspace/files/workspace-files';

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

/** Reads a file for a target; the text is analysed at the first question. */
export type ViewReader = (text: string, target: Target) => FileView;

const TOO_LARGE: FileFacts = { kind: 'unread', file: tooLarge(LARGEST_FILE_BYTES) };

const WHOLE_FILE: CommentPlaces = { firstLine: 0, lineAbove: () => true };

/**
 * Makes a language answer the server's questions, its subject kept inside.
 * @param facts what a workspace must know of the file
 */
export function viewReader<Subject>(
  language: Language<Subject, LanguageId>,
  facts?: (subject: Subject, path: string) => FileFacts,
): ViewReader {
  const { features } = language;
  return (text, target) => {
    let read: { readonly subject: Subject } | undefined;
    let uses: readonly SymbolUse[] | undefined;
    let known: FileFacts | undefined;
    const subject = (): Subject => (read ??= { subject: language.read(text, target) }).subject;
    return {
      language: language.id,
      findings: (severities) => language.lint(subject(), target, severities),
      completion: (position) => features.completion(subject(), position),
      hover: (position) => features.hover(subject(), position),
      signatureHelp: (position) => features.signatureHelp?.(subject(), position),
      // Each question about a name looks through all of them.
      symbolUses: () => (uses ??= features.symbolUses(subject())),
      refuseRename: (symbol, newName) => features.refuseRename?.(subject(), symbol, newName),
      documentSymbols: () => features.documentSymbols(subject()),
      foldingRanges: () => features.foldingRanges(subject()),
      selectionRange: (position) => features.selectionRange(subject(), position),
      semanticTokens: () => features.semanticTokens?.(subject()) ?? [],
      documentLinks: () => features.documentLinks?.(subject()) ?? [],
      format: () => features.format?.(subject()) ?? [],
      codeLenses: () => features.codeLenses?.(subject()) ?? [],
      inlayHints: (range) => features.inlayHints?.(subject(), range) ?? [],
      // Made once: whoever compares facts sees that they are the same.
      facts: () => (known ??= isTooLarge(text) ? TOO_LARGE : facts?.(subject(), target.path)),
      comments: WHOLE_FILE,
    };
  };
}
