import { isMap, isScalar, isSeq, parseDocument, type Node, type YAMLSeq } from 'yaml';
import type { ClusterNode } from '../../cluster/cluster';

/** cluster.yaml with a further node behind the last one; undefined where its nodes cannot be told. Pure. */
export function addToClusterYaml(text: string, { name, address }: ClusterNode): string | undefined {
  const nodes = nodesIn(text);
  const last = nodes && spansOf(nodes).at(-1);
  if (nodes === undefined || last === undefined) return undefined;
  const item = `{ name: ${name}, address: ${address} }`;
  if (nodes.flow === true) return insert(text, last.end, `, ${item}`);
  const { from, to } = linesAround(text, last);
  const indent = /^\s*/.exec(text.slice(from))?.[0] ?? '';
  const ends = text.includes('\r\n') ? '\r\n' : '\n';
  const before = text.slice(0, to).endsWith('\n') ? '' : ends;
  return insert(text, to, `${before}${indent}- ${item}${ends}`);
}

/** cluster.yaml without a node, also where layers name it; undefined where it cannot be taken out. Pure. */
export function removeFromClusterYaml(text: string, name: string): string | undefined {
  const nodes = nodesIn(text);
  const at = nodes?.items.findIndex((item) => isMap(item) && item.get('name') === name) ?? -1;
  if (nodes === undefined || at < 0) return undefined;
  const spans = [cut(text, nodes, at)];
  const layers = parseDocument(text, { logLevel: 'silent' }).get('layers');
  for (const layer of isMap(layers) ? layers.items : []) {
    for (const key of ['nodes', 'voters', 'poolers']) {
      const list = isMap(layer.value) ? layer.value.get(key) : undefined;
      if (!isSeq(list)) continue;
      const index = list.items.findIndex((item) => isScalar(item) && item.value === name);
      if (index >= 0) spans.push(cut(text, list, index));
    }
  }
  return spans
    .sort((one, other) => other.start - one.start)
    .reduce((left, { start, end }) => left.slice(0, start) + left.slice(end), text);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function nodesIn(text: string): YAMLSeq | undefined {
  const document = parseDocument(text, { logLevel: 'silent' });
  const nodes =
    document.errors.length === 0 && isMap(document.contents) ? document.contents.get('nodes') : undefined;
  return isSeq(nodes) ? nodes : undefined;
}

function spansOf({ items }: YAMLSeq): readonly Span[] {
  return items.map((item) => {
    const [start = 0, end = 0] = (item as Node).range ?? [];
    return { start, end };
  });
}

/** What goes with an item of a list: its lines, or what divides it from its neighbour. */
function cut(text: string, list: YAMLSeq, at: number): Span {
  const spans = spansOf(list);
  const [before, own, behind] = [spans[at - 1], spans[at] ?? { start: 0, end: 0 }, spans[at + 1]];
  if (list.flow !== true) {
    const { from: start, to: end } = linesAround(text, own);
    return { start, end };
  }
  if (behind !== undefined) return { start: own.start, end: behind.start };
  return { start: before?.end ?? own.start, end: own.end };
}

/** From the start of its first line to behind its last one. */
function linesAround(text: string, { start, end }: Span): { readonly from: number; readonly to: number } {
  // A block ends behind its last line end.
  const last = text.slice(start, end).trimEnd().length + start;
  const newline = text.indexOf('\n', last);
  return { from: text.lastIndexOf('\n', start - 1) + 1, to: newline < 0 ? text.length : newline + 1 };
}

function insert(text: string, at: number, added: string): string {
  return text.slice(0, at) + added + text.slice(at);
}
