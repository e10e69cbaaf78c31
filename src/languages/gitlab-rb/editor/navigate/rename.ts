import type { RenameRefusal, SymbolUse } from '../../../core/language/language';
import { isRubyWord } from '../../ruby/ruby-words';
import { isRoot } from '../../schema/roots';
import type { GitlabRbSubject } from '../../subject';
import { localUses } from '../entries/locals';

const RUBY_KEYWORDS = new Set(
  `alias and begin BEGIN break case class def defined? do else elsif end END ensure false for if in module next nil not
  or redo rescue retry return self super then true undef unless until when while yield __FILE__ __LINE__ __ENCODING__`.split(
    /\s+/,
  ),
);

/** Why a symbol cannot have a new name; undefined when it can. The names of settings are GitLab's. */
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
