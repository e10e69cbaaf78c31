import { CompletionItemKind } from 'vscode-languageserver-types';
import { isAvailable } from '../../check/expressions/uses';
import { keywordTable } from '../../schema/keywords/tables';
import type { Items } from './items';
import { sampleArguments } from '../explain/signature-text';
import type { Slot } from '../cursor/slot';

export type ExpressionSlot = Extract<Slot, { kind: 'expression' }>;

/** Every converter of the version. */
export function addConverters(items: Items): void {
  const table = keywordTable(items.version);
  for (const { name, input, output, signature } of table.converters.values()) {
    const detail = `${sampleArguments(table, name, 'converter') ?? ''} ${input} → ${output}`.trim();
    const call = signature.required > 0 ? { insert: `${name}($1)`, snippet: true } : {};
    items.described({ kind: 'converter' }, name, {
      kind: CompletionItemKind.Function,
      detail,
      rank: 3,
      ...call,
    });
  }
}

/** Fetches that have data at the place, and keywords of ACLs where those may stand. */
export function addFetches(items: Items, slot: ExpressionSlot | undefined, kind: string): void {
  const table = keywordTable(items.version);
  const place = slot?.place;
  for (const { name, output, uses, signature } of table.fetches.values()) {
    if (place !== undefined && !isAvailable(uses, place, kind)) continue;
    const detail = `${sampleArguments(table, name, 'fetch') ?? ''} ${output}`.trim();
    const call = signature.required > 0 ? { insert: `${name}($1)`, snippet: true } : {};
    items.described({ kind: 'fetch' }, name, { kind: CompletionItemKind.Function, detail, rank: 3, ...call });
  }
  if (slot?.acl !== true) return;
  for (const [name, { fetch, match }] of table.acl) {
    const detail = `${sampleArguments(table, name, 'fetch') ?? ''} ${fetch}, matched by "${match}"`.trim();
    const required = table.fetches.get(fetch)?.signature.required ?? 0;
    const call = required > 0 ? { insert: `${name}($1)`, snippet: true } : {};
    items.described({ kind: 'fetch' }, name, { kind: CompletionItemKind.Function, detail, rank: 3, ...call });
  }
}
