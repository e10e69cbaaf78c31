import * as ruby from '@ruby/prism/src/nodes.js';
import { inDoubt, rangeOf, unknownAt, type Evaluation } from './evaluation';
import { truthy, type RubyValue } from './value';

/** Statements that decide what runs; undefined when the node is none. */
export function control(evaluation: Evaluation, node: ruby.Node): RubyValue | undefined {
  if (node instanceof ruby.StatementsNode) return sequence(evaluation, node.body, node);
  if (node instanceof ruby.ParenthesesNode) {
    return node.body === null ? nilAt(evaluation, node) : evaluation.evaluate(node.body);
  }
  if (node instanceof ruby.IfNode) return branch(evaluation, node, node.statements, node.subsequent);
  if (node instanceof ruby.UnlessNode) return branch(evaluation, node, node.elseClause, node.statements);
  if (node instanceof ruby.ElseNode) {
    return node.statements === null ? nilAt(evaluation, node) : evaluation.evaluate(node.statements);
  }
  if (node instanceof ruby.AndNode || node instanceof ruby.OrNode) return logical(evaluation, node);
  if (node instanceof ruby.BeginNode) return begin(evaluation, node);
  if (node instanceof ruby.DefNode) {
    evaluation.methods.add(node.name);
    return { kind: 'symbol', value: node.name, range: rangeOf(evaluation, node.location) };
  }
  return undefined;
}

/** A node this evaluator has no meaning for: what is set inside it may be set or not. */
export function other(evaluation: Evaluation, node: ruby.Node): RubyValue {
  const line = rangeOf(evaluation, node.location).start.line + 1;
  inDoubt(evaluation, `it depends on what line ${line} decides on the real machine`, () => {
    // Not compactChildNodes(): it forgets the children that come as lists.
    for (const child of node.childNodes()) if (child !== null) evaluation.evaluate(child);
  });
  return unknownAt(evaluation, node, 'it is Ruby that only the real machine can run');
}

function sequence(evaluation: Evaluation, body: readonly ruby.Node[], node: ruby.Node): RubyValue {
  let last = nilAt(evaluation, node);
  for (const statement of body) last = evaluation.evaluate(statement);
  return last;
}

/** A condition that is known takes one way; one that is not takes both, and what they set is unknown. */
function branch(
  evaluation: Evaluation,
  node: ruby.IfNode | ruby.UnlessNode,
  whenTrue: ruby.Node | null,
  whenFalse: ruby.Node | null,
): RubyValue {
  const condition = evaluation.evaluate(node.predicate);
  if (condition.kind !== 'unknown') {
    const taken = truthy(condition) ? whenTrue : whenFalse;
    return taken === null ? nilAt(evaluation, node) : evaluation.evaluate(taken);
  }
  const line = rangeOf(evaluation, node.predicate.location).start.line + 1;
  inDoubt(evaluation, `it depends on the condition in line ${line}: ${condition.reason}`, () => {
    if (whenTrue !== null) evaluation.evaluate(whenTrue);
    if (whenFalse !== null) evaluation.evaluate(whenFalse);
  });
  return unknownAt(evaluation, node, `it depends on the condition in line ${line}: ${condition.reason}`);
}

function logical(evaluation: Evaluation, node: ruby.AndNode | ruby.OrNode): RubyValue {
  const left = evaluation.evaluate(node.left);
  if (left.kind === 'unknown') {
    inDoubt(evaluation, `it depends on a condition: ${left.reason}`, () => evaluation.evaluate(node.right));
    return left;
  }
  const decided = node instanceof ruby.AndNode ? !truthy(left) : truthy(left);
  return decided ? left : evaluation.evaluate(node.right);
}

function begin(evaluation: Evaluation, node: ruby.BeginNode): RubyValue {
  const { statements, rescueClause, elseClause, ensureClause } = node;
  if (rescueClause === null && elseClause === null) {
    const value = statements === null ? nilAt(evaluation, node) : evaluation.evaluate(statements);
    if (ensureClause?.statements) evaluation.evaluate(ensureClause.statements);
    return value;
  }
  return other(evaluation, node);
}

function nilAt(evaluation: Evaluation, node: ruby.Node): RubyValue {
  return { kind: 'nil', range: rangeOf(evaluation, node.location) };
}
