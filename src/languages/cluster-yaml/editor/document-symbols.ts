import { SymbolKind, type DocumentSymbol } from 'vscode-languageserver-types';
import type { NodeDraft } from '../../../cluster/cluster-sections';
import { layer } from '../../../cluster/layer';
import type { Range } from '../../../finding/finding';
import type { ClusterSubject } from '../subject';

/** The outline: the cluster, its addresses, its nodes, and the layers that are placed. */
export function documentSymbols({ reading: { draft } }: ClusterSubject): DocumentSymbol[] {
  if (draft === undefined) return [];
  const nodes = draft.nodes?.value.flatMap(nodeSymbol) ?? [];
  const layers = [...draft.layers].map(([id, { key }]) =>
    symbol(layer(id).title, SymbolKind.Interface, key.range, id),
  );
  const values = [
    ['Cluster', draft.name],
    ['Subnet', draft.subnet],
    ['VIP', draft.vip],
  ] as const;
  return [
    ...values.flatMap(([title, value]) =>
      value === undefined ? [] : [symbol(title, SymbolKind.Constant, value.range, value.value)],
    ),
    ...nodes,
    ...layers,
  ].sort((one, other) => one.range.start.line - other.range.start.line);
}

function nodeSymbol({ name, address, range }: NodeDraft): DocumentSymbol[] {
  if (name === undefined) return [];
  return [{ ...symbol(name.value, SymbolKind.Class, range, address?.value), selectionRange: name.range }];
}

function symbol(name: string, kind: SymbolKind, range: Range, detail?: string): DocumentSymbol {
  const shown = name === '' ? '?' : name;
  return { name: shown, kind, range, selectionRange: range, ...(detail === undefined ? {} : { detail }) };
}
