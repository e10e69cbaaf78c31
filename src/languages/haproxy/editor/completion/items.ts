import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver-types';
import type { Range } from '../../../../finding/finding';
import { itemsFor, type ItemSource } from '../../../core/language/completion-items';
import type { HaproxyVersion } from '../../schema/version';
import { availabilityOf, descriptionOf, type Described } from '../explain/describe';

/** Collects what can be written at a place of a configuration for one version of HAProxy. */
export class Items {
  private readonly sources: ItemSource[] = [];

  constructor(
    private readonly range: Range,
    readonly version: HaproxyVersion,
  ) {}

  get all(): CompletionItem[] {
    return itemsFor(this.range, this.sources);
  }

  add(source: ItemSource): void {
    this.sources.push(source);
  }

  /** Adds a word of HAProxy's language with its description. */
  described(what: Described, name: string, source: Omit<ItemSource, 'label' | 'documentation'>): void {
    const text = [descriptionOf(what, name), availabilityOf(what, name, this.version)];
    const documentation = text.filter((part) => part !== undefined).join('\n\n');
    this.add({ label: name, ...source, documentation });
  }

  words(words: Iterable<string>, detail: string, rank = 3): void {
    for (const label of words) this.add({ label, kind: CompletionItemKind.EnumMember, detail, rank });
  }
}
