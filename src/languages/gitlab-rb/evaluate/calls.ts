import * as ruby from '@ruby/prism/src/nodes.js';
import { isGrowing } from './config-tree';
import { inDoubt, rangeOf, unknownAt, type Evaluation } from './evaluation';
import { array } from './literals';
import { callMethod } from './methods';
import { binary, formatted, isOperator } from './operators';
import { isRoot } from '../schema/roots';
import { valueAt, type RubyValue } from './value';
import { assign, assignRoot, indexedPlace, keyOf, placeOf, readPlace, strangerReason } from './writes';

/** Ruby's own methods without a receiver: their calls set nothing. */
const KERNEL = new Set(
  `puts print p pp printf warn raise fail abort exit require require_relative load sleep system exec spawn fork rand
  srand lambda proc loop catch throw binding caller at_exit trap open gets include extend using attr_accessor
  define_method private public Integer Float String Array Hash`.split(/\s+/),
);
/** Ruby's own methods that run further code, which may set anything. */
const CODE = new Set(['from_file', 'eval', 'instance_eval', 'class_eval', 'module_eval']);

/** A method call in any of its forms. */
export function call(evaluation: Evaluation, node: ruby.CallNode): RubyValue {
  if (node.name === '[]=' && node.isAttributeWrite()) return writeIndex(evaluation, node);
  if (node.receiver === null) return bareCall(evaluation, node);
  if (node.name === '[]') return readIndex(evaluation, node);
  const constant = constantName(node.receiver);
  if (constant !== undefined) return constantCall(evaluation, node, constant);
  if (node.block instanceof ruby.BlockNode) return blockCall(evaluation, node, node.block);
  const args = node.arguments_?.arguments_ ?? [];
  if (node.name.endsWith('=') && node.isAttributeWrite()) {
    const place = placeOf(evaluation, node.receiver);
    if (place !== undefined && !place.local) {
      const path = place.keys.map((key) => key.text);
      evaluation.misread.push({ root: place.root, path, range: rangeOf(evaluation, node.location) });
    }
    for (const arg of args) evaluation.evaluate(arg);
    return unknownAt(evaluation, node, 'settings have no methods: use [...] instead of a dot');
  }
  return plainCall(evaluation, node, node.receiver, args);
}

function plainCall(
  evaluation: Evaluation,
  node: ruby.CallNode,
  receiver: ruby.Node,
  args: readonly ruby.Node[],
): RubyValue {
  const left = evaluation.evaluate(receiver);
  const values = args.map((arg) => evaluation.evaluate(arg));
  const [right] = values;
  if (left.kind === 'unknown') return left;
  const range = rangeOf(evaluation, node.location);
  const operator = isOperator(node.name) && right !== undefined && values.length === 1;
  const result = operator
    ? binary(evaluation, node, node.name, left, right)
    : callMethod(left, node.name.replace(/!$/, '') || '!', values, range);
  if (result === undefined) return unknownAt(evaluation, node, `it calls the method "${node.name}"`);
  const changes = ['<<', 'push', 'append', 'concat'].includes(node.name) || /[a-z]!$/.test(node.name);
  // What was only read is an empty hash, for which Ruby knows no "<<": loading stops there.
  const fails = left.kind === 'hash' && operator;
  if (changes && !fails) storeChange(evaluation, node, receiver, result);
  return result;
}

/** `list << x`, `hash.merge!(x)`: the receiver itself changes. */
function storeChange(
  evaluation: Evaluation,
  node: ruby.CallNode,
  receiver: ruby.Node,
  value: RubyValue,
): void {
  const place = placeOf(evaluation, receiver);
  if (place === undefined) return;
  if (place.keys.length > 0) assign(evaluation, place, value, rangeOf(evaluation, node.location));
  else if (place.local && evaluation.doubt === undefined) evaluation.locals.set(place.root, value);
}

function writeIndex(evaluation: Evaluation, node: ruby.CallNode): RubyValue {
  const args = node.arguments_?.arguments_ ?? [];
  const last = args.at(-1);
  const value =
    last === undefined ? unknownAt(evaluation, node, 'nothing is assigned') : evaluation.evaluate(last);
  const place = args.length === 2 ? indexedPlace(evaluation, node) : undefined;
  if (place !== undefined) assign(evaluation, place, value, rangeOf(evaluation, node.location));
  return value;
}

function readIndex(evaluation: Evaluation, node: ruby.CallNode): RubyValue {
  const place = placeOf(evaluation, node);
  if (place !== undefined && !place.local) return readPlace(evaluation, place);
  const constant = node.receiver === null ? undefined : constantName(node.receiver);
  if (constant !== undefined) return constantCall(evaluation, node, constant);
  const base = node.receiver === null ? undefined : evaluation.evaluate(node.receiver);
  const args = node.arguments_?.arguments_ ?? [];
  const key = keyOf(evaluation, args);
  const [first] = args;
  if (base?.kind === 'unknown') return base;
  if (base?.kind === 'array' && first !== undefined) {
    const position = evaluation.evaluate(first);
    if (position.kind === 'integer') {
      return base.items.at(position.value) ?? { kind: 'nil', range: rangeOf(evaluation, node.location) };
    }
  }
  if (isGrowing(base) && key?.text !== undefined) {
    // Within a setting that was put into a variable, a missing key still reads as an empty hash; say unknown.
    return valueAt(base, [key.text]) ?? { kind: 'nil', range: rangeOf(evaluation, node.location) };
  }
  return unknownAt(evaluation, node, 'it reads a part of something that is not known');
}

/** A call without receiver: a setting that is called, a setting that is read, or a method. */
function bareCall(evaluation: Evaluation, node: ruby.CallNode): RubyValue {
  const args = node.arguments_?.arguments_ ?? [];
  const range = rangeOf(evaluation, node.location);
  if (evaluation.methods.has(node.name))
    return unknownAt(evaluation, node, `it calls the method "${node.name}"`);
  if (CODE.has(node.name)) return include(evaluation, node, args);
  if (node.name === 'format' || node.name === 'sprintf') {
    const [template, ...values] = args.map((arg) => evaluation.evaluate(arg));
    if (template?.kind === 'string') return formatted(template.value, values, range);
  }
  if (node.block instanceof ruby.BlockNode) return doubtfulBlock(evaluation, node, node.block);
  if (args.length === 0) return bareWord(evaluation, node);
  const values = args.map((arg) => evaluation.evaluate(arg));
  if (KERNEL.has(node.name)) return unknownAt(evaluation, node, `it calls the method "${node.name}"`);
  const value = values.length === 1 ? values[0] : array(evaluation, args, node);
  if (value !== undefined) assignRoot(evaluation, node, value);
  return value ?? unknownAt(evaluation, node, `it calls the method "${node.name}"`);
}

function bareWord(evaluation: Evaluation, node: ruby.CallNode): RubyValue {
  const place = placeOf(evaluation, node);
  if (place !== undefined && isRoot(node.name)) return readPlace(evaluation, place);
  const reason = KERNEL.has(node.name) ? `it calls the method "${node.name}"` : strangerReason(node.name);
  return unknownAt(evaluation, node, reason);
}

function include(evaluation: Evaluation, node: ruby.CallNode, args: readonly ruby.Node[]): RubyValue {
  const [first] = args;
  const path = first === undefined ? undefined : evaluation.evaluate(first);
  const known = node.name === 'from_file' && path?.kind === 'string';
  const range = rangeOf(evaluation, node.location);
  // What only may run sets nothing for sure.
  const read = known && evaluation.doubt === undefined && evaluation.include(path.value, range);
  evaluation.inclusions.push({
    path: known ? path.value : undefined,
    range,
    ...(read ? { read: true } : {}),
  });
  return unknownAt(evaluation, node, 'it comes from another file');
}

function constantName(node: ruby.Node): string | undefined {
  if (node instanceof ruby.ConstantReadNode) return node.name;
  if (node instanceof ruby.ConstantPathNode) return node.name ?? undefined;
  return undefined;
}

function constantCall(evaluation: Evaluation, node: ruby.CallNode, constant: string): RubyValue {
  for (const arg of node.arguments_?.arguments_ ?? []) evaluation.evaluate(arg);
  if (node.block instanceof ruby.BlockNode) doubtfulBlock(evaluation, node, node.block);
  if (constant === 'ENV') return unknownAt(evaluation, node, 'it reads the environment (ENV)');
  if (['File', 'IO', 'Dir', 'Pathname'].includes(constant)) {
    return unknownAt(evaluation, node, `it reads a file of the real machine (${constant}.${node.name})`);
  }
  const what = node.name === '[]' ? constant : `${constant}.${node.name}`;
  return unknownAt(evaluation, node, `it calls ${what}`);
}

/** `list.each { |x| … }` and `map` over something known are unrolled; other blocks may run or not. */
function blockCall(evaluation: Evaluation, node: ruby.CallNode, block: ruby.BlockNode): RubyValue {
  const receiver = node.receiver === null ? undefined : evaluation.evaluate(node.receiver);
  const rows = receiver === undefined ? undefined : rowsOf(receiver);
  const names = parameterNames(block);
  if (rows === undefined || names === undefined || !['each', 'map', 'collect'].includes(node.name)) {
    if (receiver?.kind === 'unknown') {
      doubtfulBlock(evaluation, node, block);
      return receiver;
    }
    return doubtfulBlock(evaluation, node, block);
  }
  const before = names.map((name) => [name, evaluation.locals.get(name)] as const);
  const results: RubyValue[] = [];
  for (const row of rows) {
    for (const [position, name] of names.entries()) {
      evaluation.locals.set(
        name,
        row[position] ?? { kind: 'nil', range: rangeOf(evaluation, block.location) },
      );
    }
    results.push(body(evaluation, block));
  }
  for (const [name, value] of before) {
    if (value === undefined) evaluation.locals.delete(name);
    else evaluation.locals.set(name, value);
  }
  if (node.name === 'each') return receiver ?? unknownAt(evaluation, node, 'it loops');
  return { kind: 'array', items: results, range: rangeOf(evaluation, node.location) };
}

function rowsOf(receiver: RubyValue): readonly (readonly RubyValue[])[] | undefined {
  if (receiver.kind === 'array') {
    return receiver.items.map((item) => (item.kind === 'array' ? [item, ...item.items.slice(1)] : [item]));
  }
  if (receiver.kind !== 'hash' || receiver.open !== undefined) return undefined;
  return [...receiver.entries.values()].map(({ key, keyRange, value }) => [
    { kind: 'string', value: key, range: keyRange },
    value,
  ]);
}

function parameterNames(block: ruby.BlockNode): readonly string[] | undefined {
  const { parameters } = block;
  if (parameters === null) return [];
  if (!(parameters instanceof ruby.BlockParametersNode)) return undefined;
  const list = parameters.parameters;
  if (list === null) return [];
  const simple = list.optionals.length + list.posts.length + list.keywords.length === 0 && list.rest === null;
  const names = list.requireds.flatMap((one) =>
    one instanceof ruby.RequiredParameterNode ? [one.name] : [],
  );
  return simple && names.length === list.requireds.length ? names : undefined;
}

function doubtfulBlock(evaluation: Evaluation, node: ruby.CallNode, block: ruby.BlockNode): RubyValue {
  const line = rangeOf(evaluation, node.location).start.line + 1;
  inDoubt(evaluation, `it is set inside a block of "${node.name}" (line ${line})`, () =>
    body(evaluation, block),
  );
  return unknownAt(evaluation, node, `it calls the method "${node.name}" with a block`);
}

function body(evaluation: Evaluation, block: ruby.BlockNode): RubyValue {
  if (block.body !== null) return evaluation.evaluate(block.body);
  return { kind: 'nil', range: rangeOf(evaluation, block.location) };
}
