import { CompletionItemKind } from 'vscode-languageserver-types';
import { CALLED_ROOTS, HASH_ROOTS } from '../../schema/roots';
import { GITLAB_SCHEMA } from '../../schema';
import type { GitlabRbSubject } from '../../subject';
import type { Written } from '../cursor/cursor';
import { isKnown, removalOf } from '../explain/describe';
import type { ItemSource } from '../../../core/language/completion-items';

/** How called roots are written. */
const CALLS: Readonly<Record<string, string>> = {
  roles: "roles ['${1:application_role}']",
  edition: 'edition :${1:ee}',
};

/** What a statement may begin with: roots with `[...]`, called roots, and `from_file`. */
export function rootItems(subject: GitlabRbSubject, { end }: Written): ItemSource[] {
  const bare = /^\s*[[('"]/.test(subject.text.slice(end, end + 2));
  const items: ItemSource[] = [];
  for (const root of [...HASH_ROOTS, ...CALLED_ROOTS]) {
    const removed =
      removalOf({ root, path: [] }, subject.version) ?? removalOf({ root, path: ['*'] }, subject.version);
    if (removed !== undefined && removed.behaviour !== 'copied') continue;
    const info = GITLAB_SCHEMA.key(root, []);
    if (info !== undefined && !isKnown(info, subject.version)) continue;
    const called = CALLED_ROOTS.has(root);
    const page = GITLAB_SCHEMA.rootDocs(root);
    const text = GITLAB_SCHEMA.rootDescription(root) ?? '';
    items.push({
      label: root,
      kind: called ? CompletionItemKind.Function : CompletionItemKind.Module,
      detail: called ? 'called with its value, without =' : "['…'] = …",
      documentation: page === undefined ? text : `${text}\n\n[GitLab documentation](${page})`,
      insert: bare ? root : called ? (CALLS[root] ?? `${root} '$1'`) : `${root}['$1']`,
      snippet: !bare,
      deprecated: removed !== undefined,
      rank: removed === undefined ? (isSet(subject, root) ? 2 : 1) : 7,
    });
  }
  items.push({
    label: 'from_file',
    kind: CompletionItemKind.Function,
    detail: 'reads another file',
    documentation:
      'Reads further settings from another file. Put it last: behind it typing errors pass unseen.',
    insert: bare ? 'from_file' : "from_file '$1'",
    snippet: !bare,
    rank: 4,
  });
  return items;
}

/** Called roots are written once. */
function isSet(subject: GitlabRbSubject, root: string): boolean {
  return CALLED_ROOTS.has(root) && subject.config.tree.has(root);
}
