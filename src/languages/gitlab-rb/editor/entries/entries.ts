import * as ruby from '@ruby/prism/src/nodes.js';
import type { Span } from '../../../core/rules/rule';
import { isRoot } from '../../schema/roots';
import { GITLAB_SCHEMA } from '../../schema';
import type { GitlabRbSubject } from '../../subject';
import { indexed, keyText, type Key } from './entry-keys';

/** A setting as the file writes it: its root and keys, its value, and what stands in that. */
export interface Entry {
  readonly root: string;
  /** All keys after the root, `[]` for items of an array; undefined for keys that are not known. */
  readonly path: readonly (string | undefined)[];
  /** `set` is an assignment, a call or a key of a hash; `read` only looks. */
  readonly kind: 'set' | 'read' | 'item';
  /** The root's word, when it is written here. */
  readonly rootSpan: Span | undefined;
  /** The keys written here, the last ones of the path. */
  readonly keys: readonly Key[];
  /** The whole statement, pair or item. */
  readonly span: Span;
  readonly value: ruby.Node | undefined;
  readonly children: readonly Entry[];
}

interface Target {
  readonly root: string;
  readonly path: readonly (string | undefined)[];
}

/** A node still to be visited, whose setting its value is, and where what is found goes. */
interface Step {
  readonly node: ruby.Node;
  readonly target: Target | undefined;
  readonly into: Entry[];
}

/** Every setting a file writes or reads, as a tree in the order of the file. Walks without recursion. */
export function readEntries(subject: GitlabRbSubject): readonly Entry[] {
  const top: Entry[] = [];
  const { parsed } = subject;
  if (parsed === undefined) return top;
  const open: Step[] = [{ node: parsed.value, target: undefined, into: top }];
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    const below = visit(subject, step);
    for (let at = below.length - 1; at >= 0; at -= 1) {
      const next = below[at];
      if (next !== undefined) open.push(next);
    }
  }
  return top;
}

/** Every entry, each before what stands in it. */
export function* allEntries(entries: readonly Entry[]): Generator<Entry> {
  const open = [...entries].reverse();
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    yield entry;
    open.push(...[...entry.children].reverse());
  }
}

function visit(subject: GitlabRbSubject, step: Step): Step[] {
  const { node } = step;
  if (node instanceof ruby.HashNode || node instanceof ruby.KeywordHashNode) return hash(subject, step, node);
  if (node instanceof ruby.ArrayNode) return array(subject, step, node);
  const place = indexed(subject, node);
  if (place !== undefined) return setting(subject, step, place);
  if (node instanceof ruby.CallNode) return call(subject, step, node);
  if (node instanceof ruby.ParenthesesNode || node instanceof ruby.StatementsNode)
    return children(step, step.target);
  return children(step, undefined);
}

function children({ node, into }: Step, target: Target | undefined): Step[] {
  return node.childNodes().flatMap((child) => (child === null ? [] : [{ node: child, target, into }]));
}

function setting(
  subject: GitlabRbSubject,
  { node, into }: Step,
  place: NonNullable<ReturnType<typeof indexed>>,
): Step[] {
  const { root, keys, value, other } = place;
  const path = keys.map(({ text }) => text);
  const entry = {
    root: root.text,
    path,
    kind: value === undefined ? ('read' as const) : ('set' as const),
    rootSpan: root.span,
    keys,
    span: subject.spanOf(node.location),
    value,
    children: [] as Entry[],
  };
  into.push(entry);
  const inside = other.map((child) => ({ node: child, target: undefined, into }));
  if (value === undefined) return inside;
  return [...inside, { node: value, target: { root: root.text, path }, into: entry.children }];
}

/** `roles [...]`, `gitlab_rails({ … })`, and `setting.merge!({ … })`, `setting << x`. */
function call(subject: GitlabRbSubject, step: Step, node: ruby.CallNode): Step[] {
  const args = node.arguments_?.arguments_ ?? [];
  const [first] = args;
  if (node.receiver === null && first !== undefined && isRootWord(node.name)) {
    const entry = {
      root: node.name,
      path: [],
      kind: 'set' as const,
      rootSpan: subject.spanOf(node.messageLoc ?? node.location),
      keys: [],
      span: subject.spanOf(node.location),
      value: first,
      children: [] as Entry[],
    };
    step.into.push(entry);
    return args.map((arg) => ({ node: arg, target: { root: node.name, path: [] }, into: entry.children }));
  }
  const place = node.receiver === null ? undefined : indexed(subject, node.receiver);
  const change = place !== undefined && place.value === undefined ? changed(node.name, place) : undefined;
  if (change === undefined) return children(step, undefined);
  const below = children(step, undefined).filter(({ node: child }) => child !== node.arguments_);
  return [...below, ...args.map((arg) => ({ node: arg, target: change, into: step.into }))];
}

function changed(name: string, { root, keys }: NonNullable<ReturnType<typeof indexed>>): Target | undefined {
  const path = keys.map(({ text }) => text);
  if (name === '<<' || name === 'push') return { root: root.text, path: [...path, '[]'] };
  return name === 'merge!' || name === 'update' ? { root: root.text, path } : undefined;
}

function isRootWord(name: string): boolean {
  return (
    isRoot(name) ||
    GITLAB_SCHEMA.removed(name, ['*']) !== undefined ||
    GITLAB_SCHEMA.removed(name, []) !== undefined
  );
}

function hash(subject: GitlabRbSubject, step: Step, node: ruby.HashNode | ruby.KeywordHashNode): Step[] {
  const { target, into } = step;
  return node.elements.flatMap((element): Step[] => {
    if (!(element instanceof ruby.AssocNode) || target === undefined) {
      return [{ node: element, target: element instanceof ruby.AssocSplatNode ? target : undefined, into }];
    }
    const key = keyText(subject, element.key);
    const path = [...target.path, key.text];
    const entry = {
      root: target.root,
      path,
      kind: 'set' as const,
      rootSpan: undefined,
      keys: [key],
      span: subject.spanOf(element.location),
      value: element.value,
      children: [] as Entry[],
    };
    into.push(entry);
    return [{ node: element.value, target: { root: target.root, path }, into: entry.children }];
  });
}

/** Hashes in a list become items of their own; words of it stay values. */
function array(subject: GitlabRbSubject, step: Step, node: ruby.ArrayNode): Step[] {
  const { target, into } = step;
  const path = target === undefined || target.path.at(-1) === '[]' ? target?.path : [...target.path, '[]'];
  return node.elements.map((element) => {
    if (target === undefined || path === undefined || !(element instanceof ruby.HashNode)) {
      return { node: element, target: undefined, into };
    }
    const entry = {
      root: target.root,
      path,
      kind: 'item' as const,
      rootSpan: undefined,
      keys: [],
      span: subject.spanOf(element.location),
      value: element,
      children: [] as Entry[],
    };
    into.push(entry);
    return { node: element, target: { root: target.root, path }, into: entry.children };
  });
}
