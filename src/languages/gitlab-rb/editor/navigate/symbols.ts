import { rangeBetween } from '../../../../finding/text-lines';
import type { RenameRefusal, SymbolUse } from '../../../core/language/language';
import { isRoot } from '../../schema/roots';
import { isRubyWord } from '../../ruby/ruby-words';
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

const RUBY_KEYWORDS = new Set(
  `alias and begin BEGIN break case class def defined? do else elsif end END ensure false for if in module next nil not
  or redo rescue retry return self super then true undef unless until when while yield __FILE__ __LINE__ __ENCODING__`.split(
    /\s+/,
  ),
);

/** Variables may get any free name; the names of settings are GitLab's. */
export function refuseRename(
  subject: GitlabRbSubject,
  symbol: SymbolUse,
  newName: string,
): RenameRefusal | undefined {
  if (symbol.kind !== 'variable')
    return { refused: `${symbol.name} is a name of GitLab: it cannot be another one.` };
  if (!/^[a-z_][A-Za-z0-9_]*$/.test(newName)) {
    return { refused: 'A variable begins with a small letter or _, and has letters, digits and _ only.' };
  }
  if (RUBY_KEYWORDS.has(newName)) return { refused: `"${newName}" is a word of Ruby.` };
  if (isRoot(newName))
    return { refused: `"${newName}" is a setting of GitLab, which the variable would hide.` };
  if (isRubyWord(newName))
    return { refused: `"${newName}" is a method of Ruby, which the variable would hide.` };
  const taken = localUses(subject).some(({ name }) => name === newName);
  return taken && newName !== symbol.name
    ? { refused: `There is a variable "${newName}" already.` }
    : undefined;
}
