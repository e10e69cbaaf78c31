import type { Severity } from '../../../finding/finding';
import { checkArgument, type ArgumentFault } from './argument';
import { checkEntry } from './entry';
import type { EntryFault } from './entry-fault';
import type { KeepalivedDocument } from '../syntax/document';
import type { Statement } from '../syntax/tree';
import type { Word } from '../syntax/word';

/** An argument of a keyword, or a word of a line without keywords, that keepalived does not take. */
export interface WordFault {
  readonly word: Word;
  readonly kind: ArgumentFault['kind'] | EntryFault['kind'];
  readonly message: string;
  readonly remedy: string;
  /** The word that was surely meant; undefined when none is close. */
  readonly meant?: string;
  readonly severity?: Severity;
}

/** What is wrong with the words behind keywords and in lists. */
export function* wordFaults(document: KeepalivedDocument): Generator<WordFault> {
  for (const statement of document.statements) yield* statementFaults(statement);
  for (const block of document.blocks) {
    if (block.values === undefined) continue;
    for (const entry of block.entries) yield* checkEntry(entry, block.values);
  }
}

function statementFaults({ keyword, args, spec }: Statement): readonly WordFault[] {
  if (spec === undefined) return NONE;
  const faults: WordFault[] = [];
  // Told as a whole: the words are not where they were meant to be.
  if (args.length > 1 && args[0]?.value === '=' && !args[0].quoted) return NONE;
  for (const [at, word] of args.entries()) {
    const argument = spec.args[at] ?? (spec.alike === true ? spec.args.at(-1) : undefined);
    if (argument === undefined) break;
    if (word.dynamic) continue;
    const fault = checkArgument(word.value, argument);
    if (fault === undefined) continue;
    faults.push({ ...fault, word, ...(spec.silent === 'value' ? { severity: 'warning' } : {}) });
  }
  const [first] = args;
  if (keyword.value === 'virtual_server' && first !== undefined && !first.dynamic) {
    if (first.value === 'group' || first.value === 'fwmark') return faults;
    const fault = checkArgument(first.value, { kind: 'address', label: 'ADDRESS' });
    if (fault !== undefined) faults.push({ ...fault, word: first });
  }
  return faults;
}

const NONE: readonly WordFault[] = [];
