import type { Node } from '@ruby/prism/src/nodes.js';
import type { Range } from '../../../finding/finding';
import { LIMITS, rangeOf, unknownAt, type Evaluation } from './evaluation';
import { textOf } from './literals';
import { unknown, type RubyValue } from './value';

const OPERATORS = new Set(['+', '-', '*', '/', '%', '**', '<<', '==', '!=', '<', '>', '<=', '>=']);

/** True for the operators this evaluator knows. */
export function isOperator(name: string): boolean {
  return OPERATORS.has(name);
}

/** Ruby's binary operators on known values. */
export function binary(
  evaluation: Evaluation,
  node: Node,
  operator: string,
  left: RubyValue,
  right: RubyValue,
): RubyValue {
  if (left.kind === 'unknown') return left;
  const range = rangeOf(evaluation, node.location);
  if (left.kind === 'array' && operator === '<<') {
    if (left.items.length >= LIMITS.items) return unknown('it is too large', range);
    return { kind: 'array', items: [...left.items, right], range };
  }
  if (right.kind === 'unknown') return right;
  const result = numeric(operator, left, right, range) ?? textual(operator, left, right, range);
  if (result !== undefined) return result;
  if (operator === '==' || operator === '!=') return equality(operator, left, right, range);
  if (left.kind === 'array' && right.kind === 'array' && operator === '+') {
    if (left.items.length + right.items.length > LIMITS.items) return unknown('it is too large', range);
    return { kind: 'array', items: [...left.items, ...right.items], range };
  }
  return unknownAt(evaluation, node, `a ${left.kind} and a ${right.kind} do not go with "${operator}"`);
}

function numeric(operator: string, left: RubyValue, right: RubyValue, range: Range): RubyValue | undefined {
  const numbers =
    (left.kind === 'integer' || left.kind === 'float') &&
    (right.kind === 'integer' || right.kind === 'float');
  if (!numbers) return undefined;
  const compared = compare(operator, left.value, right.value);
  if (compared !== undefined) return { kind: 'boolean', value: compared, range };
  const whole = left.kind === 'integer' && right.kind === 'integer';
  const value = calculate(operator, left.value, right.value, whole);
  if (value === undefined || !Number.isFinite(value)) return unknown('the calculation has no result', range);
  if (!whole) return { kind: 'float', value, range };
  // A negative exponent gives a fraction, and beyond 53 bits the result would be wrong.
  if (!Number.isSafeInteger(value)) return unknown('the number is too large', range);
  return { kind: 'integer', value, range };
}

/** Ruby's integer division and remainder round towards minus infinity. */
function calculate(operator: string, left: number, right: number, whole: boolean): number | undefined {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return whole ? Math.floor(left / right) : left / right;
    case '%':
      return right === 0 ? undefined : left - right * Math.floor(left / right);
    case '**':
      return left ** right;
    default:
      return undefined;
  }
}

function textual(operator: string, left: RubyValue, right: RubyValue, range: Range): RubyValue | undefined {
  if (left.kind !== 'string') return undefined;
  if (operator === '%') return formatted(left.value, right.kind === 'array' ? right.items : [right], range);
  if (operator === '*' && right.kind === 'integer') {
    const times = Math.max(right.value, 0);
    if (left.value.length * times > LIMITS.text) return unknown('the text is too long', range);
    return { kind: 'string', value: left.value.repeat(times), range };
  }
  if (right.kind !== 'string') return undefined;
  if (operator === '+' || operator === '<<') {
    const value = left.value + right.value;
    if (value.length > LIMITS.text) return unknown('the text is too long', range);
    return { kind: 'string', value, range };
  }
  const compared = compare(operator, left.value, right.value);
  return compared === undefined ? undefined : { kind: 'boolean', value: compared, range };
}

function compare<T extends string | number>(operator: string, left: T, right: T): boolean | undefined {
  switch (operator) {
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '<=':
      return left <= right;
    case '>=':
      return left >= right;
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    default:
      return undefined;
  }
}

function equality(operator: string, left: RubyValue, right: RubyValue, range: Range): RubyValue {
  const collections = [left.kind, right.kind].some((kind) => kind === 'array' || kind === 'hash');
  if (collections) return unknown('it compares lists or hashes', range);
  const same = left.kind === right.kind && textOf(left) === textOf(right);
  return { kind: 'boolean', value: same === (operator === '=='), range };
}

/** `format('%s:%d', …)` for %s, %d, %i and %%; anything finer is left alone. */
export function formatted(template: string, values: readonly RubyValue[], range: Range): RubyValue {
  let next = 0;
  let trouble: RubyValue | undefined;
  const text = template.replace(/%(.)/gs, (_, letter: string) => {
    if (letter === '%') return '%';
    const value = values[next];
    next += 1;
    if (value?.kind === 'unknown') trouble ??= value;
    const piece = value === undefined ? undefined : textOf(value);
    const fits = letter === 's' || ((letter === 'd' || letter === 'i') && value?.kind === 'integer');
    if (!fits || piece === undefined) trouble ??= unknown(`it formats with "%${letter}"`, range);
    return piece ?? '';
  });
  if (trouble !== undefined) return trouble;
  if (text.length > LIMITS.text) return unknown('the text is too long', range);
  return { kind: 'string', value: text, range };
}
