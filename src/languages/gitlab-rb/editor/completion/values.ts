import { CompletionItemKind } from 'vscode-languageserver-types';
import { GITLAB_SCHEMA } from '../../schema';
import type { KeyInfo } from '../../schema/schema';
import type { GitlabRbSubject } from '../../subject';
import type { Cursor } from '../cursor/cursor';
import type { ItemSource } from '../../../core/language/completion-items';

type ValueCursor = Extract<Cursor, { readonly kind: 'value' }>;

/** Values of the setting the cursor is in: enumerations, roles, booleans, its default. */
export function valueItems(subject: GitlabRbSubject, { place, written }: ValueCursor): ItemSource[] {
  const { root, path } = place;
  const inList = path.at(-1) === '[]';
  const info = GITLAB_SCHEMA.key(root, inList ? path.slice(0, -1) : path);
  if (info === undefined) return [];
  const offered = offers(info, inList);
  const items: ItemSource[] = [];
  for (const { source, rank, detail } of offered) {
    const isText = /^['"]/.test(source);
    if (written.quote !== undefined && !isText) continue;
    const plain = isText ? source.slice(1, -1) : source;
    items.push({
      label: plain,
      kind: isText ? CompletionItemKind.EnumMember : CompletionItemKind.Value,
      detail: root === 'roles' ? 'role' : detail,
      documentation: root === 'roles' ? GITLAB_SCHEMA.rootDescription(plain) : undefined,
      insert: written.quote === undefined ? source : closed(subject, written.end, plain, written.quote),
      rank: root === 'roles' && isRoleSet(subject, plain) ? 7 : rank,
    });
  }
  return items;
}

interface Offer {
  readonly source: string;
  readonly rank: number;
  readonly detail: string;
}

function offers(info: KeyInfo, inList: boolean): Offer[] {
  const known = [...(info.values ?? []), ...(info.suggestions ?? [])];
  const listed = info.root === 'roles' || inList ? known.flatMap(items) : known;
  const offered = listed.map((source) => ({
    source,
    rank: 1,
    detail: source === info.default ? 'default' : '',
  }));
  if (inList || info.root === 'roles') return offered;
  if (info.types.includes('boolean')) {
    for (const source of ['true', 'false']) {
      offered.push({ source, rank: 1, detail: source === info.default ? 'default' : '' });
    }
  }
  if (info.default !== undefined && info.default.length <= 60) {
    offered.push({ source: info.default, rank: 2, detail: 'default' });
  }
  return offered;
}

/** `%w(postgresql)` is offered as `'postgresql'` inside a list. */
function items(source: string): string[] {
  const words = /^%w\((.*)\)$/.exec(source)?.[1];
  return words === undefined ? [source] : words.split(' ').map((word) => `'${word}'`);
}

/** A text's content, with the quote that is still missing. */
function closed(subject: GitlabRbSubject, end: number, plain: string, quote: string): string {
  if (quote !== "'" && quote !== '"') return plain;
  return subject.text.charAt(end) === quote ? plain : plain + quote;
}

function isRoleSet({ config }: GitlabRbSubject, role: string): boolean {
  const value = config.tree.get('roles');
  const list = value?.kind === 'array' ? value.items : [];
  return list.some((item) => item.kind === 'string' && item.value.replaceAll('-', '_') === role);
}
