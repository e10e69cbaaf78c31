import type { RenameRefusal, SymbolUse } from '../../../core/language/language';
import type { KeepalivedSubject } from '../../subject';
import { symbolUses } from './symbols';

/** Why a symbol cannot have a new name; undefined when it can. */
export function refuseRename(
  subject: KeepalivedSubject,
  { kind, name }: SymbolUse,
  newName: string,
): RenameRefusal | undefined {
  if (newName === name) return undefined;
  if (kind === 'definition' && !/^[A-Za-z_]\w*$/.test(newName)) {
    return { refused: 'The name of a definition has letters, digits and underscores only.' };
  }
  if (!/^[^\s{}"#!$]+$/.test(newName)) {
    return { refused: 'A name has no blanks, quotes, braces, and none of the signs #, ! and $.' };
  }
  const taken = symbolUses(subject).some(
    (use) => use.role === 'definition' && use.kind === kind && use.name === newName,
  );
  return taken ? { refused: `"${newName}" is taken: there is a ${kind} of this name.` } : undefined;
}
