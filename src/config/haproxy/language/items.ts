import {
  CompletionItemKind,
  InsertTextFormat,
  MarkupKind,
  type CompletionItem,
  type MarkupContent,
} from 'vscode-languageserver-types';
import type { Range } from '../../../cluster/finding';
import type { HaproxyVersion } from '../version';
import { availabilityOf, descriptionOf, type Described } from './describe';

/** What an item is, and how it looks. */
export interface ItemSource {
  readonly label: string;
  readonly kind: CompletionItemKind;
  readonly detail?: string | undefined;
  readonly documentation?: string | undefined;
  /** What is put in instead of the label. */
  readonly insert?: string;
  /** True when `insert` is a snippet. */
  readonly snippet?: boolean;
  /** Order among the items: lower comes first. */
  readonly rank?: number;
}

/** Makes completion items that all replace one range; equal labels are offered once. */
export class Items {
  private readonly byLabel = new Map<string, CompletionItem>();

  constructor(
    private readonly range: Range,
    readonly version: HaproxyVersion,
  ) {}

  get all(): CompletionItem[] {
    return [...this.byLabel.values()];
  }

  add(source: ItemSource): void {
    const { label, kind, detail, documentation, insert = label, snippet = false, rank = 5 } = source;
    if (this.byLabel.has(label)) return;
    this.byLabel.set(label, {
      label,
      kind,
      sortText: `${rank}${label}`,
      textEdit: { range: this.range, newText: insert },
      insertTextFormat: snippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
      ...(detail === undefined || detail === '' ? {} : { detail }),
      ...(documentation === undefined ? {} : { documentation: markdown(documentation) }),
    });
  }

  /** Adds a word of HAProxy's language with its description. */
  described(what: Described, name: string, source: Omit<ItemSource, 'label' | 'documentation'>): void {
    const text = [descriptionOf(what, name), availabilityOf(what, name, this.version)];
    const documentation = text.filter((part) => part !== undefined).join('\n\n');
    this.add({ label: name, ...source, documentation: documentation === '' ? undefined : documentation });
  }

  words(words: Iterable<string>, detail: string, rank = 3): void {
    for (const label of words) this.add({ label, kind: CompletionItemKind.EnumMember, detail, rank });
  }
}

function markdown(value: string): MarkupContent {
  return { kind: MarkupKind.Markdown, value };
}
