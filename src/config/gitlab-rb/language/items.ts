import type { CompletionItemKind } from 'vscode-languageserver-types';
import {
  CompletionItemTag,
  InsertTextFormat,
  MarkupKind,
  type CompletionItem,
} from 'vscode-languageserver-types';
import type { Range } from '../../../cluster/finding';

/** What an item is, and how it looks. */
export interface ItemSource {
  readonly label: string;
  readonly kind: CompletionItemKind;
  readonly detail?: string | undefined;
  /** Markdown. */
  readonly documentation?: string | undefined;
  /** What is put in instead of the label. */
  readonly insert?: string;
  /** True when `insert` is a snippet. */
  readonly snippet?: boolean;
  readonly deprecated?: boolean;
  /** Order among the items, one digit: lower comes first. */
  readonly rank: number;
}

/** Makes completion items that all replace one range. */
export function itemsFor(range: Range, sources: Iterable<ItemSource>): CompletionItem[] {
  const seen = new Set<string>();
  const items: CompletionItem[] = [];
  for (const source of sources) {
    if (seen.has(source.label)) continue;
    seen.add(source.label);
    items.push(item(range, source));
  }
  return items;
}

function item(range: Range, source: ItemSource): CompletionItem {
  const { label, kind, detail, documentation, insert = label, snippet = false, rank } = source;
  return {
    label,
    kind,
    sortText: `${rank}${label}`,
    textEdit: { range, newText: insert },
    insertTextFormat: snippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    ...(detail === undefined || detail === '' ? {} : { detail }),
    ...(documentation === undefined || documentation === ''
      ? {}
      : { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
    ...(source.deprecated === true ? { tags: [CompletionItemTag.Deprecated] } : {}),
  };
}
