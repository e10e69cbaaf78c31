import type { RenameRefusal, SymbolUse } from '../../../core/language/language';
import { PREDEFINED_ACLS } from '../../check/expressions/predefined-acls';
import type { HaproxySubject } from '../../subject';
import { isSame, symbolUses } from './symbols';

const NAME = /^[A-Za-z0-9_:.-]+$/;
const VARIABLE = /^(?:proc|p?sess|p?txn|p?req|p?res|check)\.[A-Za-z0-9_.]+$/;
/** Kinds that share their names: a backend cannot be called like a listen section. */
const BACKENDS: readonly string[] = ['backend', 'listen'];
const FRONTENDS: readonly string[] = ['frontend', 'listen'];

/** Why a symbol cannot have a new name; undefined when it can. */
export function refuseRename(
  subject: HaproxySubject,
  symbol: SymbolUse,
  newName: string,
): RenameRefusal | undefined {
  if (newName === symbol.name) return undefined;
  const reason = wrongName(symbol.kind, newName);
  if (reason !== undefined) return { refused: reason };
  const uses = symbolUses(subject);
  if (symbol.kind === 'variable' && !uses.some((use) => use.role === 'definition' && isSame(use, symbol))) {
    return {
      refused: `Nothing in this file sets "${symbol.name}": Lua or an agent does, and knows it by this name.`,
    };
  }
  const kinds = rivals(symbol.kind);
  const taken = uses.some(
    (use) =>
      use.role === 'definition' &&
      kinds.includes(use.kind) &&
      use.scope === symbol.scope &&
      use.name === newName,
  );
  if (!taken) return undefined;
  const article = /^[aeiou]/.test(symbol.kind) ? 'an' : 'a';
  return { refused: `"${newName}" is taken: ${article} ${symbol.kind} of this name exists.` };
}

function rivals(kind: string): readonly string[] {
  if (kind === 'listen') return [...BACKENDS, 'frontend'];
  if (kind === 'backend') return BACKENDS;
  return kind === 'frontend' ? FRONTENDS : [kind];
}

function wrongName(kind: string, name: string): string | undefined {
  if (kind === 'variable') {
    if (VARIABLE.test(name)) return undefined;
    return 'A variable begins with its scope (proc., sess., txn., req., res. or check.) and has letters, digits, "_" and ".".';
  }
  if (!NAME.test(name)) return 'A name has letters, digits, "-", "_", "." and ":" only.';
  if (kind !== 'acl') return undefined;
  if (name.toLowerCase() === 'or') return '"or" joins conditions and cannot name an ACL.';
  return PREDEFINED_ACLS.has(name) ? `HAProxy itself defines the ACL "${name}".` : undefined;
}
