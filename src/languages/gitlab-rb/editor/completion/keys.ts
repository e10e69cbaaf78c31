import { CompletionItemKind } from 'vscode-languageserver-types';
import { GITLAB_SCHEMA } from '../../schema';
import type { KeyInfo } from '../../schema/schema';
import type { GitlabRbSubject } from '../../subject';
import { valueAt } from '../../evaluate/value';
import type { Cursor } from '../cursor/cursor';
import { detailOf, isKnown, removalOf, short } from '../explain/describe';
import type { Place } from '../cursor/frames';
import type { ItemSource } from '../../../core/language/completion-items';

type KeyCursor = Extract<Cursor, { readonly kind: 'key' | 'name' }>;

/** Keys that stand in the sample file as a pattern, not as a name. */
const PATTERN = /xxxx|^ADDRESS$/;

/** Keys of the hash the cursor is in, those already set last. */
export function keyItems(subject: GitlabRbSubject, cursor: KeyCursor): ItemSource[] {
  const { place, written } = cursor;
  const set = keysSet(subject, cursor);
  const items: ItemSource[] = [];
  for (const [name, info] of childrenAt(place)) {
    if (PATTERN.test(name) || !isKnown(info, subject.version)) continue;
    const removed = removalOf({ root: place.root, path: [...place.path, name] }, subject.version);
    const isSet = set.has(name) && name !== written.text;
    items.push({
      label: name,
      kind: info.types.includes('hash') ? CompletionItemKind.Module : CompletionItemKind.Property,
      detail: [detailOf(info), isSet ? 'already set' : ''].filter((part) => part !== '').join(', '),
      documentation: documentation(info),
      insert: insertText(subject, cursor, name),
      deprecated: removed !== undefined,
      rank: removed !== undefined ? 8 : isSet ? 7 : rankOf(name, info, place),
    });
  }
  return items;
}

/** The keys of a place; where the user chooses names, those the file already uses are not known here. */
function childrenAt({ root, path }: Place): ReadonlyMap<string, KeyInfo> {
  return GITLAB_SCHEMA.children(root, path);
}

/** Whether it runs at all comes first; settings of a service's own logs are many and rarely wanted. */
function rankOf(name: string, info: KeyInfo, { root, path }: Place): number {
  if (name === 'enable') return 0;
  const logging =
    path.length === 0 && root !== 'logging' && GITLAB_SCHEMA.key('logging', info.path) !== undefined;
  return logging ? 4 : info.description === undefined ? 2 : 1;
}

function documentation(info: KeyInfo): string {
  const sample = info.sample === undefined ? '' : `The sample file shows \`${short(info.sample, 80)}\`.`;
  return [info.description ?? '', sample].filter((part) => part !== '').join('\n\n');
}

/** Keys of this very hash: written before in the literal, or set anywhere in the file. */
function keysSet(subject: GitlabRbSubject, cursor: KeyCursor): ReadonlySet<string> {
  const { place } = cursor;
  const names = new Set(cursor.kind === 'name' ? cursor.names : []);
  if (place.path.includes('[]')) return names;
  const value = valueAt(subject.config.tree.get(place.root), place.path);
  if (value?.kind !== 'hash') return names;
  for (const [name, entry] of value.entries) {
    const onlyRead = entry.value.kind === 'hash' && entry.value.fromReading === true;
    if (!onlyRead) names.add(name);
  }
  return names;
}

/** The key as it is written here: what is typed already is not written again, what is missing is added. */
function insertText(subject: GitlabRbSubject, cursor: KeyCursor, name: string): string {
  const { written } = cursor;
  const after = subject.text.slice(written.end, written.end + 40);
  const { quote } = written;
  if (cursor.kind === 'key') {
    const closing = /^['"]?\s*\]/.test(after) ? '' : ']';
    if (quote === undefined) return `'${name}'${closing}`;
    if (quote === ':') return name + closing;
    return name + (after.startsWith(quote) ? '' : quote) + closing;
  }
  // What follows the key is there already: only the name changes.
  if (/^['"]?\s*=>/.test(after) || /^['"]?:/.test(after))
    return quote === undefined && !after.startsWith(':') ? `'${name}'` : name;
  if (quote === undefined) {
    if (cursor.style !== 'arrow' && isPlain(name)) return `${name}: `;
    return `'${name}' => `;
  }
  if (quote === ':') return `${name} => `;
  return `${name}${after.startsWith(quote) ? '' : `${quote} => `}`;
}

/** Names such as `web.listen-address` need quotes. */
function isPlain(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name);
}
