import * as ruby from '@ruby/prism/src/nodes.js';
import type { Range } from '../../../finding/finding';
import { isGrowing, ownCopy, readKey, writePath, type GrowingHash, type PathKey } from './config-tree';
import { rangeOf, unknownAt, type Evaluation } from './evaluation';
import { textOf } from './literals';
import { binary } from './operators';
import { isRoot } from '../schema/roots';
import { truthy, unknown, type RubyValue } from './value';

/** `root['a']['b']`: a place among the settings, or inside a local variable. */
export interface Place {
  readonly root: string;
  readonly local: boolean;
  readonly keys: readonly PathKey[];
  readonly range: Range;
}

/** The place an expression names; undefined when it is none. */
export function placeOf(evaluation: Evaluation, node: ruby.Node): Place | undefined {
  const named = namedPlace(evaluation, node);
  return named === undefined ? undefined : { ...named, range: rangeOf(evaluation, node.location) };
}

/** A place without its range. */
interface NamedPlace {
  readonly root: string;
  readonly local: boolean;
  readonly keys: readonly PathKey[];
}

function namedPlace(evaluation: Evaluation, node: ruby.Node): NamedPlace | undefined {
  const keys: PathKey[] = [];
  let current = node;
  while (current instanceof ruby.CallNode && current.name === '[]' && current.receiver !== null) {
    const key = keyOf(evaluation, current.arguments_?.arguments_ ?? []);
    if (key === undefined) return undefined;
    keys.unshift(key);
    current = current.receiver;
  }
  if (current instanceof ruby.LocalVariableReadNode) return { root: current.name, local: true, keys };
  if (!(current instanceof ruby.CallNode) || current.receiver !== null || current.block !== null)
    return undefined;
  const bare = (current.arguments_?.arguments_.length ?? 0) === 0 && current.openingLoc === null;
  if (!bare || evaluation.methods.has(current.name)) return undefined;
  return { root: current.name, local: false, keys };
}

/** The one key between brackets. */
export function keyOf(evaluation: Evaluation, args: readonly ruby.Node[]): PathKey | undefined {
  const [node] = args;
  return node === undefined || args.length !== 1 ? undefined : keyAt(evaluation, node);
}

function keyAt(evaluation: Evaluation, node: ruby.Node): PathKey {
  const plain = node instanceof ruby.StringNode || node instanceof ruby.SymbolNode;
  const text = plain ? node.unescaped.value : textOf(evaluation.evaluate(node));
  return { text, range: rangeOf(evaluation, node.location) };
}

/** The value at a place, creating empty hashes on the way as Omnibus does. */
export function readPlace(evaluation: Evaluation, place: Place): RubyValue {
  let current = baseOf(evaluation, place);
  for (const key of place.keys) current = readKey(current, key);
  return current;
}

function baseOf(evaluation: Evaluation, place: Place): RubyValue {
  if (place.local) return evaluation.locals.get(place.root) ?? { kind: 'nil', range: place.range };
  if (isRoot(place.root) || evaluation.tree.peek(place.root) !== undefined) {
    return evaluation.tree.root(place.root, place.range);
  }
  return unknown(strangerReason(place.root), place.range);
}

/** Why a word without quotes that is no setting cannot be known. */
export function strangerReason(name: string): string {
  return name === 'node'
    ? 'it reads the facts of the real machine (node)'
    : `"${name}" is nothing GitLab knows; a text needs quotes`;
}

/** Sets a place: a setting is recorded as an assignment, a local variable is changed. */
export function assign(evaluation: Evaluation, place: Place, value: RubyValue, range: Range): void {
  const { doubt } = evaluation;
  const stored = doubt === undefined ? ownCopy(value) : unknown(doubt, value.range);
  if (place.local) {
    const base = evaluation.locals.get(place.root);
    if (isGrowing(base)) writePath(base, place.keys, stored);
    return;
  }
  const path = place.keys.map((key) => key.text);
  const certain = doubt === undefined;
  evaluation.assignments.push({
    root: place.root,
    path,
    value: ownCopy(value),
    targetRange: place.range,
    range,
    style: 'index',
    certain,
  });
  writePath(hashRoot(evaluation, place), place.keys, stored);
}

/** `root value`: replaces what the root held. */
export function assignRoot(evaluation: Evaluation, node: ruby.CallNode, value: RubyValue): void {
  const { doubt } = evaluation;
  evaluation.assignments.push({
    root: node.name,
    path: [],
    value: ownCopy(value),
    targetRange: rangeOf(evaluation, node.messageLoc ?? node.location),
    range: rangeOf(evaluation, node.location),
    style: 'call',
    certain: doubt === undefined,
  });
  evaluation.tree.replace(node.name, doubt === undefined ? value : unknown(doubt, value.range));
}

function hashRoot(evaluation: Evaluation, place: Place): GrowingHash {
  const existing = evaluation.tree.root(place.root, place.range);
  if (isGrowing(existing)) return existing;
  const created: GrowingHash = { kind: 'hash', entries: new Map(), range: place.range };
  if (existing.kind === 'unknown') created.open = existing;
  evaluation.tree.replace(place.root, created);
  const stored = evaluation.tree.root(place.root, place.range);
  return isGrowing(stored) ? stored : created;
}

/** Assignments in all their forms; undefined when the node is none. */
export function write(evaluation: Evaluation, node: ruby.Node): RubyValue | undefined {
  if (node instanceof ruby.LocalVariableWriteNode) {
    return writeLocal(evaluation, node, evaluation.evaluate(node.value));
  }
  if (node instanceof ruby.LocalVariableOperatorWriteNode) {
    const before = evaluation.locals.get(node.name) ?? nilAt(evaluation, node);
    const after = evaluation.evaluate(node.value);
    return writeLocal(evaluation, node, binary(evaluation, node, node.binaryOperator, before, after));
  }
  if (node instanceof ruby.LocalVariableOrWriteNode || node instanceof ruby.LocalVariableAndWriteNode) {
    const before = evaluation.locals.get(node.name) ?? nilAt(evaluation, node);
    const value = evaluation.evaluate(node.value);
    const wanted = node instanceof ruby.LocalVariableOrWriteNode ? !truthy(before) : truthy(before);
    if (before.kind === 'unknown') return writeLocal(evaluation, node, before);
    return wanted ? writeLocal(evaluation, node, value) : before;
  }
  if (node instanceof ruby.MultiWriteNode) return writeSeveral(evaluation, node);
  return writeIndexed(evaluation, node);
}

function writeIndexed(evaluation: Evaluation, node: ruby.Node): RubyValue | undefined {
  const conditional = node instanceof ruby.IndexOrWriteNode || node instanceof ruby.IndexAndWriteNode;
  if (!conditional && !(node instanceof ruby.IndexOperatorWriteNode)) return undefined;
  const place = indexedPlace(evaluation, node);
  const value = evaluation.evaluate(node.value);
  if (place === undefined) return unknownAt(evaluation, node, 'it changes something that is not known');
  const before = readPlace(evaluation, place);
  const range = rangeOf(evaluation, node.location);
  if (node instanceof ruby.IndexOperatorWriteNode) {
    const after = binary(evaluation, node, node.binaryOperator, before, value);
    assign(evaluation, place, after, range);
    return after;
  }
  if (before.kind === 'unknown') return before;
  // A missing key reads as an empty hash, which is true: `||=` on a setting does nothing in gitlab.rb.
  const wanted = node instanceof ruby.IndexOrWriteNode ? !truthy(before) : truthy(before);
  if (wanted) assign(evaluation, place, value, range);
  return wanted ? value : before;
}

/** What all nodes with brackets before an assignment share. */
interface Indexed {
  readonly receiver: ruby.Node | null;
  readonly arguments_: ruby.ArgumentsNode | null;
  readonly closingLoc: ruby.Location | null;
  readonly location: ruby.Location;
}

/** The place of `receiver[key]`, where the brackets belong to an assignment. */
export function indexedPlace(evaluation: Evaluation, node: Indexed): Place | undefined {
  const base = node.receiver === null ? undefined : namedPlace(evaluation, node.receiver);
  const first = node.arguments_?.arguments_[0];
  if (base === undefined || first === undefined) return undefined;
  const key = keyAt(evaluation, first);
  const { startOffset } = node.location;
  const closing = node.closingLoc ?? node.location;
  const length = closing.startOffset + closing.length - startOffset;
  const range = rangeOf(evaluation, { startOffset, length });
  return { root: base.root, local: base.local, keys: [...base.keys, key], range };
}

function writeSeveral(evaluation: Evaluation, node: ruby.MultiWriteNode): RubyValue {
  const value = evaluation.evaluate(node.value);
  const simple = node.rest === null && node.rights.length === 0 && value.kind === 'array';
  for (const [position, target] of node.lefts.entries()) {
    const one = simple ? value.items[position] : undefined;
    const part = one ?? unknownAt(evaluation, target, 'it takes part in a multiple assignment');
    if (target instanceof ruby.LocalVariableTargetNode) writeLocal(evaluation, target, part);
    else if (target instanceof ruby.IndexTargetNode) {
      const place = indexedPlace(evaluation, target);
      if (place !== undefined) assign(evaluation, place, part, rangeOf(evaluation, node.location));
    }
  }
  return value;
}

function writeLocal(evaluation: Evaluation, node: ruby.Node & { name: string }, value: RubyValue): RubyValue {
  const { doubt } = evaluation;
  evaluation.locals.set(node.name, doubt === undefined ? value : unknown(doubt, value.range));
  if (isRoot(node.name)) {
    const nameOnly = { startOffset: node.location.startOffset, length: node.name.length };
    evaluation.shadowed.push({ name: node.name, range: rangeOf(evaluation, nameOnly) });
  }
  return value;
}

function nilAt(evaluation: Evaluation, node: ruby.Node): RubyValue {
  return { kind: 'nil', range: rangeOf(evaluation, node.location) };
}
