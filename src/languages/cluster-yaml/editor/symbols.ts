import type { Located } from '../../../cluster/yaml-reader';
import type { SymbolUse } from '../../core/language/language';
import type { ClusterSubject } from '../subject';

/** What of cluster.yaml stands in other files as well: nodes, addresses, the subnet. */
export function symbolUses({ reading: { draft } }: ClusterSubject): readonly SymbolUse[] {
  if (draft === undefined) return [];
  const use = (kind: string, role: SymbolUse['role'], at: Located<string> | undefined): SymbolUse[] =>
    at === undefined ? [] : [{ kind, name: at.value, range: at.range, role }];
  const nodes = (draft.nodes?.value ?? []).flatMap(({ name, address, host }) => [
    ...use('node', 'definition', name),
    ...use('address', 'definition', address),
    ...use('address', 'definition', host),
  ]);
  const placed = [...draft.layers.values()].flatMap((layer) =>
    [layer.nodes, layer.voters, layer.poolers].flatMap((names) =>
      (names?.value ?? []).flatMap((name) => use('node', 'use', name)),
    ),
  );
  return [
    ...use('subnet', 'definition', draft.subnet),
    ...use('address', 'definition', draft.vip),
    ...nodes,
    ...placed,
  ];
}
