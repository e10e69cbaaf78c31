import * as ruby from '@ruby/prism/src/nodes.js';
import type { Span } from '../../../core/rules/rule';
import type { GitlabRbSubject } from '../../subject';

/** One key as it is written. */
export interface Key {
  /** Undefined when it is not known without running the file. */
  readonly text: string | undefined;
  /** The name, without quotes and colon. */
  readonly span: Span;
}

/** `root['key'][…]`, and what is assigned to it. */
export interface IndexedPlace {
  readonly root: { readonly text: string; readonly span: Span };
  readonly keys: readonly Key[];
  readonly value: ruby.Node | undefined;
  /** Nodes inside the brackets that are no plain keys. */
  readonly other: readonly ruby.Node[];
}

/** Deeper chains of brackets are no settings. */
const LONGEST_CHAIN = 32;

/** The setting a node reads or sets; undefined when it is none. */
export function indexed(subject: GitlabRbSubject, node: ruby.Node): IndexedPlace | undefined {
  const outer = bracketsOf(node);
  if (outer === undefined) return undefined;
  const keyNodes: ruby.Node[] = [outer.key];
  let base = outer.receiver;
  while (keyNodes.length < LONGEST_CHAIN) {
    const inner = base instanceof ruby.CallNode && base.name === '[]' ? bracketsOf(base) : undefined;
    if (inner === undefined) break;
    keyNodes.unshift(inner.key);
    base = inner.receiver;
  }
  if (!(base instanceof ruby.CallNode) || base.receiver !== null || base.arguments_ !== null)
    return undefined;
  const root = { text: base.name, span: subject.spanOf(base.messageLoc ?? base.location) };
  const keys = keyNodes.map((key) => keyText(subject, key));
  const other = keyNodes.filter((_, at) => keys[at]?.text === undefined);
  return { root, keys, value: outer.value, other };
}

function bracketsOf(
  node: ruby.Node,
):
  | { readonly receiver: ruby.Node; readonly key: ruby.Node; readonly value: ruby.Node | undefined }
  | undefined {
  if (node instanceof ruby.CallNode && (node.name === '[]' || node.name === '[]=')) {
    const [key, value] = node.arguments_?.arguments_ ?? [];
    return node.receiver === null || key === undefined ? undefined : { receiver: node.receiver, key, value };
  }
  if (
    node instanceof ruby.IndexOrWriteNode ||
    node instanceof ruby.IndexAndWriteNode ||
    node instanceof ruby.IndexOperatorWriteNode
  ) {
    const [key] = node.arguments_?.arguments_ ?? [];
    return node.receiver === null || key === undefined
      ? undefined
      : { receiver: node.receiver, key, value: node.value };
  }
  return undefined;
}

/** A key's name and where it stands. */
export function keyText(subject: GitlabRbSubject, node: ruby.Node): Key {
  if (node instanceof ruby.StringNode) {
    return { text: node.unescaped.value, span: subject.spanOf(node.contentLoc) };
  }
  if (node instanceof ruby.SymbolNode) {
    return { text: node.unescaped.value, span: subject.spanOf(node.valueLoc ?? node.location) };
  }
  return { text: undefined, span: subject.spanOf(node.location) };
}
