import type { SymbolKind } from '../schema/keyword';
import { type KeepalivedDocument } from '../syntax/document';
import type { Block, Statement } from '../syntax/tree';
import type { Word } from '../syntax/word';

/** A name that is defined or used. */
export interface NameUse {
  readonly kind: SymbolKind;
  readonly word: Word;
  readonly role: 'definition' | 'use';
  /** The block it defines, or stands in. */
  readonly block: Block | undefined;
  /** The statement that defines it, or holds the block it is used in. */
  readonly statement: Statement | undefined;
  /** True when it counts only on some machines. */
  readonly uncertain: boolean;
}

const NAMED_VALUES: ReadonlySet<string> = new Set([
  'vrrp_script',
  'vrrp_track_process',
  'track_file',
  'bfd_instance',
  'vrrp_instance',
]);

/** Every name of the file whose kind the tables know, in the order of the file. Definitions (`$NAME`) are left out. */
export function namesOf(document: KeepalivedDocument): NameUse[] {
  const found: NameUse[] = [];
  for (const block of document.blocks) {
    for (const statement of block.statements)
      for (const name of namesOfStatement(statement)) found.push(name);
    for (const name of namesOfEntries(block)) found.push(name);
  }
  return found.sort((a, b) => a.word.start - b.word.start);
}

function* namesOfStatement(statement: Statement): Generator<NameUse> {
  const { spec, args, block, uncertain, keyword } = statement;
  for (const [at, argument] of (spec?.args ?? []).entries()) {
    const word = args[at];
    if (word === undefined) return;
    if (argument.kind === 'name')
      yield { kind: argument.of, word, role: 'definition', block, statement, uncertain };
    if (argument.kind === 'reference')
      yield { kind: argument.to, word, role: 'use', block, statement, uncertain };
  }
  const [first, second] = args;
  if (keyword.value === 'virtual_server' && first?.value === 'group' && second !== undefined) {
    yield { kind: 'virtual_server_group', word: second, role: 'use', block, statement, uncertain };
  }
}

function* namesOfEntries(block: Block): Generator<NameUse> {
  const { values, header: statement } = block;
  if (values === undefined || !NAMED_VALUES.has(values)) return;
  const kind = values as SymbolKind;
  for (const { words, uncertain } of block.entries) {
    // Groups take several names a line; trackers one, with its weight.
    for (const word of kind === 'vrrp_instance' ? words : words.slice(0, 1)) {
      yield { kind, word, role: 'use', block, statement, uncertain };
    }
  }
}
