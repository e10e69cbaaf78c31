import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver-types';
import type { Position } from '../../../finding/finding';
import { itemsFor, type ItemSource } from '../../core/language/completion-items';
import { keysBelow, type ClusterKey } from '../schema/keys';
import type { ClusterSubject } from '../subject';
import { placeAt } from './place';

/** Keys that may stand at a place, or the values of the key before the colon. */
export function completion(subject: ClusterSubject, position: Position): CompletionItem[] {
  const place = placeAt(subject, position);
  if (place === undefined) return [];
  const { path, key, prefix } = place;
  const start = { line: position.line, character: position.character - prefix.length };
  const keys = keysBelow(path) ?? [];
  const sources =
    key === undefined ? keys.map(keySource) : valueSources(keys.find(({ name }) => name === key));
  return itemsFor({ start, end: position }, sources);
}

function keySource({ name, about, keys, example, values }: ClusterKey): ItemSource {
  const list = name === 'nodes' && keys !== undefined;
  const below = keys === undefined ? '' : list ? '\n  - ' : '\n  ';
  return {
    label: name,
    kind: CompletionItemKind.Property,
    documentation: about,
    insert: keys === undefined ? `${name}: ${example ?? choice(values)}` : `${name}:${below}$0`,
    snippet: true,
  };
}

function choice(values: ClusterKey['values']): string {
  const words = (values ?? []).map(([value]) => value);
  return words.length > 1 ? `\${1|${words.join(',')}|}` : (words[0] ?? '');
}

function valueSources(key: ClusterKey | undefined): ItemSource[] {
  return (key?.values ?? []).map(([label, about]) => ({
    label,
    kind: CompletionItemKind.Value,
    documentation: about,
  }));
}
