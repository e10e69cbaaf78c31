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
import type { Finding, Position, Range, Severity, TextEdit } from '../../../finding/finding';
import type { JoinedText, PartFile } from '../joined/joined-text';
import type { Snippet } from '../snippets/snippet';

/** What a file is written for; undefined members mean the language's default. */
export interface Target {
  /** Path as findings shall name it, with forward slashes. */
  readonly path: string;
  /** Version of GitLab, e.g. `19.3`. */
  readonly gitlabVersion?: string;
  /** Version of HAProxy, e.g. `3.0`. */
  readonly haproxyVersion?: string;
  /** True when somebody asked for these versions: they win over what the file itself says. */
  readonly asked?: boolean;
  /** Texts of the files that a gitlab.rb reads with `from_file`, by the path as it is written there. */
  readonly included?: Readonly<Record<string, string>>;
  /** Variables of the `.env` beside a compose file. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** Severity by rule id instead of the rule's own; `off` silences it. */
export type Severities = Readonly<Record<string, Severity | 'off'>>;

/** A name that a file defines or uses, and where: the unit of definition, references and rename. */
export interface SymbolUse {
  /** What kind of name, in the language's own words: `backend`, `acl`, `vrrp_script`. Names of one kind are one. */
  readonly kind: string;
  readonly name: string;
  readonly range: Range;
  readonly role: 'definition' | 'use';
  /** Where the name is known, when that is not the whole file: an opaque key, equal for equal scopes. */
  readonly scope?: string;
  /** The other file of the same configuration it stands in, by its id; undefined in the file that was asked. */
  readonly file?: string;
}

/** One coloured stretch; types are those of the Language Server Protocol. Sorted by place, never across lines. */
export interface SemanticToken {
  readonly range: Range;
  readonly type: TokenType;
  readonly modifiers?: readonly TokenModifier[];
}

/** The legend every language shares; the order is what the protocol's numbers mean. */
export const TOKEN_TYPES = [
  'namespace',
  'class',
  'function',
  'variable',
  'property',
  'keyword',
  'parameter',
  'string',
  'number',
  'operator',
  'comment',
  'enumMember',
] as const;
export type TokenType = (typeof TOKEN_TYPES)[number];

export const TOKEN_MODIFIERS = ['declaration', 'deprecated', 'readonly', 'defaultLibrary'] as const;
export type TokenModifier = (typeof TOKEN_MODIFIERS)[number];

/** Why a name cannot be changed, in a sentence for the user. */
export interface RenameRefusal {
  readonly refused: string;
}

/**
 * What an editor may ask of one file. Every member is pure, never throws, and works on broken files. Absent members are
 * not offered for the language. Positions and ranges are in UTF-16 code units.
 */
export interface LanguageFeatures<Subject> {
  completion(subject: Subject, position: Position): CompletionItem[];
  hover(subject: Subject, position: Position): Hover | undefined;
  signatureHelp?(subject: Subject, position: Position): SignatureHelp | undefined;
  /** Every name the file defines or uses: definition, references, highlights and rename are made of these. */
  symbolUses(subject: Subject): readonly SymbolUse[];
  /** Checks a new name for a symbol; undefined when it may have it. The server edits the ranges of all its uses. */
  refuseRename?(subject: Subject, symbol: SymbolUse, newName: string): RenameRefusal | undefined;
  documentSymbols(subject: Subject): DocumentSymbol[];
  foldingRanges(subject: Subject): FoldingRange[];
  selectionRange(subject: Subject, position: Position): SelectionRange;
  semanticTokens?(subject: Subject): SemanticToken[];
  /** Links to other files have their path, as written, in `data`: the server makes it an address. */
  documentLinks?(subject: Subject): DocumentLink[];
  format?(subject: Subject): TextEdit[];
  codeLenses?(subject: Subject): CodeLens[];
  inlayHints?(subject: Subject, range: Range): InlayHint[];
}

/** How several files become one configuration. */
export interface Joining<Subject> {
  /** The files as the program reads them, one behind the other or one within another. */
  join(files: readonly PartFile[]): JoinedText;
  /** Reads them as one. Never throws. */
  read(joined: JoinedText, target: Target): Subject;
}

/** One language of configuration files: how to read it, what is wrong in a file, what an editor may ask. */
export interface Language<Subject, Id extends string = string> {
  /** Its key in the registry of languages. */
  readonly id: Id;
  /** As people call it. */
  readonly title: string;
  /** Three letters that the ids of its rules begin with. */
  readonly letters: string;
  /** Name a file of it usually has. */
  readonly fileName: string;
  /** What the fence of a Markdown block calls it. */
  readonly fence: string;
  readonly snippets: readonly Snippet[];
  /** Reads a text. Never throws. */
  read(text: string, target: Target): Subject;
  /** Findings sorted by place, silenced ones left out. */
  lint(subject: Subject, target: Target, severities?: Severities): Finding[];
  readonly features: LanguageFeatures<Subject>;
  /** Absent where each file stands by itself. */
  readonly joining?: Joining<Subject>;
}
