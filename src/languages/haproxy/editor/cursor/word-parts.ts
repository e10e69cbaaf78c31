import type { KeywordTable } from '../../schema/keywords/tables';
import type { Word } from '../../syntax/word';
import { formatParts, readCalls, type Call } from './expression-parts';
import type { Slot } from './slot';

/** Types of values that hold a log format. */
const FORMATS: ReadonlySet<string> = new Set(['fmt', 'logfmt', 'use-backend', 'use-server']);

export function isFormat(slot: Slot): boolean {
  return slot.kind === 'value' && FORMATS.has(slot.type);
}

/** Fetches and converters written in a word, given what may stand there. */
export function callsIn(word: Word, slots: readonly Slot[]): readonly Call[] {
  const { value } = word;
  if (slots.some((slot) => slot.kind === 'expression')) return readCalls(value, 0, value.length);
  if (slots.some((slot) => slot.kind === 'converter')) return readCalls(value, 0, value.length, 'converter');
  if (!slots.some(isFormat) || !value.includes('%')) return [];
  return formatParts(value).flatMap(({ kind, start, end }) =>
    kind === 'expression' ? readCalls(value, start, end) : [],
  );
}

/** Types of a call's arguments; empty for names the branch does not know. */
export function argumentTypes(call: Call, table: KeywordTable): readonly string[] {
  if (call.role === 'converter') return table.converters.get(call.name)?.signature.types ?? [];
  const name = table.fetches.has(call.name) ? call.name : (table.acl.get(call.name)?.fetch ?? '');
  return table.fetches.get(name)?.signature.types ?? [];
}
