import { SymbolKind, type DocumentSymbol } from 'vscode-languageserver-types';
import { rangeBetween } from '../../../../finding/text-lines';
import type { KeepalivedSubject } from '../../subject';
import { statementSpan, type KeepalivedDocument } from '../../syntax/document';
import type { Block, Statement } from '../../syntax/tree';
import { blockSpan } from '../cursor/cursor';

const KINDS: ReadonlyMap<string, SymbolKind> = new Map<string, SymbolKind>([
  ['global_defs', SymbolKind.Module],
  ['vrrp_instance', SymbolKind.Class],
  ['vrrp_sync_group', SymbolKind.Namespace],
  ['vrrp_script', SymbolKind.Function],
  ['vrrp_track_process', SymbolKind.Function],
  ['track_file', SymbolKind.File],
  ['virtual_server', SymbolKind.Interface],
  ['real_server', SymbolKind.Object],
]);

/** The outline: blocks with their names, and the definitions. The tables bound the depth. */
export function documentSymbols({ document }: KeepalivedSubject): DocumentSymbol[] {
  const definitions = document.definitions.map(({ name, value, span }) => {
    const range = document.range(span);
    return {
      name: `$${name}`,
      detail: value.slice(0, 60),
      kind: SymbolKind.Constant,
      range,
      selectionRange: range,
    };
  });
  return [...definitions, ...children(document, document.root)].sort(
    (a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
  );
}

function children(document: KeepalivedDocument, block: Block): DocumentSymbol[] {
  return block.statements.flatMap((statement) =>
    statement.block === undefined ? [] : [symbolOf(document, statement, statement.block)],
  );
}

function symbolOf(document: KeepalivedDocument, statement: Statement, block: Block): DocumentSymbol {
  const { keyword, args } = statement;
  // Empty texts name nothing, and editors refuse a whole outline for one name of blanks.
  const words = args
    .map(({ value }) => value)
    .join(' ')
    .trim();
  const entries = block.entries.map((entry) => entry.words[0]?.value ?? '').join(', ');
  const named = words !== '';
  const detail = (named ? keyword.value : entries).slice(0, 80);
  const span = blockSpan(document, block);
  const head = statementSpan(statement);
  return {
    name: named ? words : keyword.value,
    kind: KINDS.get(keyword.value) ?? SymbolKind.Property,
    range: rangeBetween(document.index, span.start, Math.max(span.end, head.end)),
    selectionRange: rangeBetween(document.index, head.start, head.end),
    children: children(document, block),
    ...(detail === '' ? {} : { detail }),
  };
}
