import * as ruby from '@ruby/prism/src/nodes.js';
import type { HashEntry, RubyValue } from './value';
import { emptyHash, isGrowing, markOpen, type GrowingHash } from './config-tree';
import { LIMITS, rangeOf, sourceOf, unknownAt, type Evaluation } from './evaluation';

/** The value of a literal, or undefined when the node is none. */
export function literal(evaluation: Evaluation, node: ruby.Node): RubyValue | undefined {
  if (node instanceof ruby.StringNode) {
    return { kind: 'string', value: node.unescaped.value, range: rangeOf(evaluation, node.location) };
  }
  if (node instanceof ruby.SymbolNode) {
    return { kind: 'symbol', value: node.unescaped.value, range: rangeOf(evaluation, node.location) };
  }
  if (node instanceof ruby.IntegerNode) return integer(evaluation, node);
  if (node instanceof ruby.FloatNode) {
    return { kind: 'float', value: node.value, range: rangeOf(evaluation, node.location) };
  }
  if (node instanceof ruby.TrueNode || node instanceof ruby.FalseNode) {
    const value = node instanceof ruby.TrueNode;
    return { kind: 'boolean', value, range: rangeOf(evaluation, node.location) };
  }
  if (node instanceof ruby.NilNode) return { kind: 'nil', range: rangeOf(evaluation, node.location) };
  if (node instanceof ruby.ArrayNode) return array(evaluation, node.elements, node);
  if (node instanceof ruby.HashNode || node instanceof ruby.KeywordHashNode) return hash(evaluation, node);
  if (node instanceof ruby.InterpolatedStringNode) return interpolated(evaluation, node, 'string');
  if (node instanceof ruby.InterpolatedSymbolNode) return interpolated(evaluation, node, 'symbol');
  if (node instanceof ruby.XStringNode || node instanceof ruby.InterpolatedXStringNode) {
    return unknownAt(evaluation, node, 'it runs a command');
  }
  return undefined;
}

/** Text of a value as interpolation writes it; undefined for what has no plain text. */
export function textOf(value: RubyValue): string | undefined {
  switch (value.kind) {
    case 'string':
    case 'symbol':
      return value.value;
    case 'integer':
    case 'boolean':
      return String(value.value);
    case 'float':
      return Number.isInteger(value.value) ? value.value.toFixed(1) : String(value.value);
    case 'nil':
      return '';
    case 'array':
    case 'hash':
    case 'unknown':
      return undefined;
  }
}

/** Elements of an array or of a call's arguments, splats spread. */
export function array(evaluation: Evaluation, elements: readonly ruby.Node[], node: ruby.Node): RubyValue {
  const items: RubyValue[] = [];
  for (const element of elements) {
    if (!(element instanceof ruby.SplatNode)) {
      items.push(evaluation.evaluate(element));
      continue;
    }
    const spread = element.expression === null ? undefined : evaluation.evaluate(element.expression);
    if (spread?.kind !== 'array')
      return unknownAt(evaluation, element, 'it spreads a list that is not known');
    if (items.length + spread.items.length > LIMITS.items)
      return unknownAt(evaluation, node, 'it is too large');
    items.push(...spread.items);
  }
  return { kind: 'array', items, range: rangeOf(evaluation, node.location) };
}

/** Integers are read from the source: the parser's binding loses bits beyond the 31st. */
function integer(evaluation: Evaluation, node: ruby.IntegerNode): RubyValue {
  const range = rangeOf(evaluation, node.location);
  const source = sourceOf(evaluation, node.location).replaceAll('_', '').toLowerCase();
  const negative = source.startsWith('-');
  const digits = source.replace(/^[+-]/, '');
  const octal = /^0o?([0-7]+)$/.exec(digits);
  const value = octal === null ? Number(digits.replace(/^0d/, '')) : Number.parseInt(octal[1] ?? '', 8);
  if (!Number.isSafeInteger(value)) return unknownAt(evaluation, node, 'the number is too large');
  return { kind: 'integer', value: negative ? -value : value, range };
}

function hash(evaluation: Evaluation, node: ruby.HashNode | ruby.KeywordHashNode): RubyValue {
  const result = emptyHash(rangeOf(evaluation, node.location));
  for (const element of node.elements) {
    if (element instanceof ruby.AssocNode) addPair(evaluation, result, element);
    else if (element instanceof ruby.AssocSplatNode) addSplat(evaluation, result, element);
  }
  return result;
}

function addPair(evaluation: Evaluation, into: GrowingHash, pair: ruby.AssocNode): void {
  const key = textOf(evaluation.evaluate(pair.key));
  const value = evaluation.evaluate(pair.value instanceof ruby.ImplicitNode ? pair.value.value : pair.value);
  if (key === undefined) {
    markOpen(into, unknownAt(evaluation, pair.key, 'a key that is not known here may set it as well'));
    return;
  }
  into.entries.set(key, { key, keyRange: rangeOf(evaluation, pair.key.location), value });
}

function addSplat(evaluation: Evaluation, into: GrowingHash, splat: ruby.AssocSplatNode): void {
  const value = splat.value === null ? undefined : evaluation.evaluate(splat.value);
  if (value !== undefined && isGrowing(value)) mergeInto(into, value);
  else markOpen(into, unknownAt(evaluation, splat, 'it takes in a hash that is not known'));
}

/** Ruby's merge!: the other hash's entries win. */
export function mergeInto(into: GrowingHash, other: GrowingHash): void {
  if (other.open !== undefined) markOpen(into, other.open);
  for (const [key, entry] of other.entries) into.entries.set(key, entry satisfies HashEntry);
}

function interpolated(
  evaluation: Evaluation,
  node: ruby.InterpolatedStringNode | ruby.InterpolatedSymbolNode,
  kind: 'string' | 'symbol',
): RubyValue {
  let text = '';
  for (const part of node.parts) {
    const value = interpolatedPart(evaluation, part);
    if (value.kind === 'unknown') return value;
    const piece = textOf(value);
    if (piece === undefined)
      return unknownAt(evaluation, part, `it writes a whole ${value.kind} into a text`);
    text += piece;
    if (text.length > LIMITS.text) return unknownAt(evaluation, node, 'the text is too long');
  }
  return { kind, value: text, range: rangeOf(evaluation, node.location) };
}

function interpolatedPart(evaluation: Evaluation, part: ruby.Node): RubyValue {
  if (part instanceof ruby.EmbeddedStatementsNode) {
    const body = part.statements?.body ?? [];
    let last: RubyValue = { kind: 'nil', range: rangeOf(evaluation, part.location) };
    for (const statement of body) last = evaluation.evaluate(statement);
    return last;
  }
  if (part instanceof ruby.EmbeddedVariableNode) {
    // Ruby reads "#$name" as a global variable; one that nobody set is nil and vanishes from the text.
    const { variable } = part;
    const global = variable instanceof ruby.GlobalVariableReadNode && /^\$\w+$/.test(variable.name);
    if (global) return { kind: 'nil', range: rangeOf(evaluation, part.location) };
    return unknownAt(evaluation, part, 'it reads a variable of Ruby itself');
  }
  return evaluation.evaluate(part);
}
