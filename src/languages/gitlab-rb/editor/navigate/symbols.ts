import { rangeBetween } from '../../../../finding/text-lines';
import type { SymbolUse } from '../../../core/language/language';
import { isRoot } from '../../schema/roots';
import type { GitlabRbSubject } from '../../subject';
import { written } from '../explain/describe';
import { allEntries, readEntries, type Entry } from '../entries/entries';
import { localUses } from '../entries/locals';

/** Local variables, and settings: assigning one again is one more definition. */
export function symbolUses(subject: GitlabRbSubject): SymbolUse[] {
  const { lines } = subject.index;
  const uses: SymbolUse[] = localUses(subject).map(({ name, span, role, scope }) => ({
    kind: 'variable',
    name,
    range: rangeBetween(lines, span.start, span.end),
    role,
    scope,
  }));
  for (const entry of allEntries(readEntries(subject))) {
    const use = settingUse(subject, entry);
    if (use !== undefined) uses.push(use);
  }
  return uses;
}

function settingUse(
  subject: GitlabRbSubject,
  { root, path, keys, rootSpan, kind }: Entry,
): SymbolUse | undefined {
  const span = keys.at(-1)?.span ?? rootSpan;
  // Items of a list have no name of their own.
  const named = path.every((name) => name !== undefined && name !== '[]');
  if (span === undefined || kind === 'item' || !named || !isRoot(root)) return undefined;
  return {
    kind: 'setting',
    name: written({ root, path: path.filter((name) => name !== undefined) }),
    range: rangeBetween(subject.index.lines, span.start, span.end),
    role: kind === 'read' ? 'use' : 'definition',
  };
}
