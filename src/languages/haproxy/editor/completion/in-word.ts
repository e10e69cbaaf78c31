import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver-types';
import { rangeBetween } from '../../../../finding/text-lines';
import { LOG_ALIASES } from '../../check/expressions/log-format';
import { keywordTable } from '../../schema/keywords/tables';
import { atLeast } from '../../schema/version';
import type { Completing } from './completing';
import { addConverters, addFetches, type ExpressionSlot } from './samples';
import { completeArgument } from './values';
import { formatParts, readCalls, type Call } from '../cursor/expression-parts';
import { Items } from './items';
import type { Slot } from '../cursor/slot';
import { valueLengthBefore } from '../cursor/source-map';
import { argumentTypes, isFormat } from '../cursor/word-parts';

/**
 * Completes within a word: a fetch, a converter, an argument, an alias of a log format.
 * @returns undefined when the word as a whole is to be completed
 */
export function completeInWord(completing: Completing): CompletionItem[] | undefined {
  const { document, cursor, slots } = completing;
  const { word } = cursor;
  const length = word === undefined ? 0 : valueLengthBefore(document.text, word, cursor.offset);
  const prefix = word?.value.slice(0, length) ?? '';
  const expression = slots.find((slot) => slot.kind === 'expression');
  // At the beginning of a word something else may stand as well, e.g. a condition.
  if (expression !== undefined && !/[(,]/.test(prefix)) return undefined;
  if (expression !== undefined) return insideExpression(completing, prefix, 0, expression, 'fetch').all;
  if (slots.some((slot) => slot.kind === 'action') || isVariableCommand(slots, prefix)) {
    return prefix.includes('(') ? insideAction(completing, prefix).all : undefined;
  }
  if (!slots.some(isFormat) && !isFormatLike(slots, prefix)) return undefined;
  const part = formatParts(prefix).at(-1);
  if (part === undefined || part.end !== prefix.length) return undefined;
  if (part.kind === 'alias') return aliases(completing, prefix.length - part.start).all;
  if (part.closed) return undefined;
  return insideExpression(completing, prefix, part.start, undefined, 'fetch').all;
}

/** `http-check set-var(…)`. */
function isVariableCommand(slots: readonly Slot[], prefix: string): boolean {
  return /^(un)?set-var(-fmt)?\(/.test(prefix) && slots.some((slot) => slot.kind === 'words');
}

/** Text with `%[` where nothing says that it is a log format, e.g. behind an action nobody knows. */
function isFormatLike(slots: readonly Slot[], prefix: string): boolean {
  return slots.length === 0 && prefix.includes('%[');
}

function insideAction(completing: Completing, prefix: string): Items {
  return insideArguments(completing, prefix, prefix.indexOf('('), ['variable', 'resolvers']);
}

function insideArguments(
  completing: Completing,
  prefix: string,
  open: number,
  types: readonly string[],
): Items {
  const inner = prefix.slice(open + 1);
  const args = inner.split(',');
  const items = itemsFrom(completing, args.at(-1)?.length ?? 0);
  if (!inner.includes(')')) completeArgument(completing, items, types[args.length - 1] ?? '');
  return items;
}

function aliases(completing: Completing, length: number): Items {
  const items = itemsFrom(completing, length);
  const newer = atLeast(items.version, '3.2') ? ['OG'] : [];
  for (const name of [...LOG_ALIASES, ...newer]) {
    items.described({ kind: 'alias' }, name, {
      kind: CompletionItemKind.Variable,
      detail: 'log format',
      rank: 3,
    });
  }
  return items;
}

/** Items that replace the last characters before the cursor. */
function itemsFrom({ document, cursor }: Completing, length: number): Items {
  const range = rangeBetween(document.index, cursor.offset - length, cursor.offset);
  return new Items(range, document.version);
}

function insideExpression(
  completing: Completing,
  prefix: string,
  start: number,
  slot: ExpressionSlot | undefined,
  role: Call['role'],
): Items {
  const call = readCalls(prefix, start, prefix.length, role).at(-1);
  if (call === undefined) return itemsFrom(completing, 0);
  const argument = call.args.at(-1);
  if (call.open !== undefined && !prefix.endsWith(')') && argument !== undefined) {
    const items = itemsFrom(completing, argument.text.length);
    const type = argumentTypes(call, keywordTable(items.version))[call.args.length - 1] ?? '';
    completeArgument(completing, items, type, call.name);
    return items;
  }
  const items = itemsFrom(completing, prefix.length - call.start);
  if (call.open !== undefined) return items;
  if (call.role === 'converter') addConverters(items);
  else addFetches(items, slot, completing.kind);
  return items;
}
