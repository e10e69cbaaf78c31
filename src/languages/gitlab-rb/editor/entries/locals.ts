import * as ruby from '@ruby/prism/src/nodes.js';
import type { Span } from '../../../core/rules/rule';
import type { GitlabRbSubject } from '../../subject';

/** A local variable where it is written or read. */
export interface LocalUse {
  readonly name: string;
  readonly span: Span;
  readonly role: 'definition' | 'use';
  /** The file, block or method it lives in. */
  readonly scope: string;
}

interface Step {
  readonly node: ruby.Node;
  /** Scopes around the node, the innermost last. */
  readonly scopes: readonly string[];
}

/** Every use of a local variable, in the order of the tree. */
export function localUses(subject: GitlabRbSubject): LocalUse[] {
  const { parsed } = subject;
  if (parsed === undefined) return [];
  const uses: LocalUse[] = [];
  const open: Step[] = [{ node: parsed.value, scopes: ['file'] }];
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    const { node, scopes } = step;
    const use = localUse(node);
    if (use !== undefined) {
      const { name, location, depth, role } = use;
      const scope = scopes.at(-1 - depth) ?? scopes[0] ?? 'file';
      uses.push({ name, span: subject.spanOf(location), role, scope });
    }
    const below = opensScope(node) ? [...scopes, String(node.location.startOffset)] : scopes;
    const children = node.childNodes();
    for (let at = children.length - 1; at >= 0; at -= 1) {
      const child = children[at];
      if (child) open.push({ node: child, scopes: below });
    }
  }
  return uses;
}

function opensScope(node: ruby.Node): boolean {
  return (
    node instanceof ruby.BlockNode ||
    node instanceof ruby.LambdaNode ||
    node instanceof ruby.DefNode ||
    node instanceof ruby.ClassNode ||
    node instanceof ruby.ModuleNode
  );
}

interface Found {
  readonly name: string;
  readonly location: ruby.Location;
  readonly depth: number;
  readonly role: LocalUse['role'];
}

function localUse(node: ruby.Node): Found | undefined {
  if (node instanceof ruby.LocalVariableReadNode) {
    return { name: node.name, location: node.location, depth: node.depth, role: 'use' };
  }
  if (node instanceof ruby.LocalVariableTargetNode) {
    return { name: node.name, location: node.location, depth: node.depth, role: 'definition' };
  }
  if (
    node instanceof ruby.LocalVariableWriteNode ||
    node instanceof ruby.LocalVariableOrWriteNode ||
    node instanceof ruby.LocalVariableAndWriteNode ||
    node instanceof ruby.LocalVariableOperatorWriteNode
  ) {
    return { name: node.name, location: node.nameLoc, depth: node.depth, role: 'definition' };
  }
  if (node instanceof ruby.RequiredParameterNode) {
    return { name: node.name, location: node.location, depth: 0, role: 'definition' };
  }
  if (node instanceof ruby.OptionalParameterNode) {
    return { name: node.name, location: node.nameLoc, depth: 0, role: 'definition' };
  }
  return undefined;
}
