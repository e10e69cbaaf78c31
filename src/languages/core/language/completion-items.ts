import {
  CompletionItemTag,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
  type CompletionItem,
  type CompletionItemKind,
} from 'vscode-languageserver-types';
import type { Range } from '../../../finding/finding';

/** What a language offers at a place: what it is, and how it looks. */
export interface ItemSource {
  readonly label: string;
  readonly kind: CompletionItemKind;
  readonly detail?: string | undefined;
  /** Markdown. */
  readonly documentation?: string | undefined;
  /** What is put in instead of the label. */
  readonly insert?: string | undefined;
  /** True when `insert` is a snippet. */
  readonly snippet?: boolean;
  readonly deprecated?: boolean;
  /** Order among the items, one digit: lower comes first; 5 when it is left out. */
  readonly rank?: number;
}

/** Makes completion items that all replace one range; of equal labels the first is offered. */
export function itemsFor(range: Range, sources: Iterable<ItemSource>): CompletionItem[] {
  const items = new Map<string, CompletionItem>();
  for (const source of sources) {
    if (!items.has(source.label)) items.set(source.label, itemFor(range, source));
  }
  return [...items.values()];
}

/** Makes one completion item that replaces a range. */
export function itemFor(range: Range, source: ItemSource): CompletionItem {
  const { label, kind, detail, documentation, insert = label, snippet = false, rank = 5 } = source;
  return {
    label,
    kind,
    sortText: `${rank}${label}`,
    textEdit: { range, newText: insert },
    insertTextFormat: snippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    // Further lines of a snippet start where its first one does.
    ...(snippet ? { insertTextMode: InsertTextMode.adjustIndentation } : {}),
    ...(detail === undefined || detail === '' ? {} : { detail }),
    ...(documentation === undefined || documentation === ''
      ? {}
      : { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
    ...(source.deprecated === true ? { tags: [CompletionItemTag.Deprecated] } : {}),
  };
}
