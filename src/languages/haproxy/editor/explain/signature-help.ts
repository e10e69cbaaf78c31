import type { SignatureHelp } from 'vscode-languageserver-types';
import type { Position } from '../../../../finding/finding';
import { keywordTable } from '../../schema/keywords/tables';
import type { HaproxySubject } from '../../subject';
import type { HaproxyDocument } from '../../syntax/document';
import type { Word } from '../../syntax/word';
import { cursorAt, type Cursor } from '../cursor/cursor';
import { descriptionOf, type Described } from './describe';
import { readCalls, formatParts, type Call } from '../cursor/expression-parts';
import { lineSlots } from '../cursor/line-slots';
import { actionArguments, keywordArguments } from './signature-text';
import type { Slot } from '../cursor/slot';
import { valueLengthBefore } from '../cursor/source-map';
import { argumentTypes, isFormat } from '../cursor/word-parts';

/** The arguments of the keyword, action or fetch around a position, and which of them stands there. */
export function signatureHelp(subject: HaproxySubject, position: Position): SignatureHelp | undefined {
  const { document } = subject;
  const cursor = cursorAt(document, position);
  if (cursor.inComment || cursor.line.words.length === 0) return undefined;
  const before = cursor.line.words.slice(0, cursor.index);
  const slots = lineSlots(before, cursor.kind, document.version);
  return callHelp(document, cursor, slots[cursor.index] ?? []) ?? lineHelp(cursor, before, slots);
}

/** A fetch or converter whose parenthesis is open at the position. */
function callHelp(
  document: HaproxyDocument,
  { word, offset }: Cursor,
  slots: readonly Slot[],
): SignatureHelp | undefined {
  if (word === undefined) return undefined;
  const prefix = word.value.slice(0, valueLengthBefore(document.text, word, offset));
  const call = openCall(prefix, slots);
  if (call?.open === undefined || prefix.endsWith(')')) return undefined;
  const types = argumentTypes(call, keywordTable(document.version));
  if (types.length === 0) return undefined;
  const what: Described = { kind: call.role };
  return help(call.name, types, call.args.length - 1, descriptionOf(what, call.name), ['(', ', ', ')']);
}

function openCall(prefix: string, slots: readonly Slot[]): Call | undefined {
  if (slots.some((slot) => slot.kind === 'expression')) return readCalls(prefix, 0, prefix.length).at(-1);
  if (!slots.some(isFormat)) return undefined;
  const part = formatParts(prefix).at(-1);
  if (part === undefined || part.closed || part.kind === 'alias') return undefined;
  return readCalls(prefix, part.start, prefix.length).at(-1);
}

/** The keyword or action of the line. */
function lineHelp(
  cursor: Cursor,
  before: readonly Word[],
  slots: readonly (readonly Slot[])[],
): SignatureHelp | undefined {
  if (before.length === 0 || cursor.kind === '') return undefined;
  const actionAt = slots.findIndex((list) => list.some((slot) => slot.kind === 'action'));
  if (actionAt >= 0 && actionAt < before.length) return actionHelp(cursor, before, slots, actionAt);
  const first = before[0]?.value === 'no' || before[0]?.value === 'default' ? 1 : 0;
  const keyword = before[first]?.value;
  if (keyword === undefined) return undefined;
  const second = before[first + 1]?.value.replace(/\(.*$/s, '');
  const both = second === undefined ? undefined : `${keyword} ${second}`;
  const longer = both === undefined ? undefined : keywordArguments(cursor.kind, both);
  const [name, text, used] =
    both !== undefined && longer !== undefined
      ? [both, longer, first + 2]
      : [keyword, keywordArguments(cursor.kind, keyword), first + 1];
  if (text === undefined || text === '') return undefined;
  const what: Described = { kind: 'keyword', section: cursor.kind };
  return help(name, parametersOf(text), cursor.index - used, descriptionOf(what, name));
}

function actionHelp(
  cursor: Cursor,
  before: readonly Word[],
  slots: readonly (readonly Slot[])[],
  at: number,
): SignatureHelp | undefined {
  const slot = slots[at]?.find((one) => one.kind === 'action');
  const name = before[at]?.value.replace(/\(.*$/s, '') ?? '';
  const text = actionArguments(name);
  if (slot?.kind !== 'action' || text === undefined) return undefined;
  const inner = /^\(.*?\)/.exec(text)?.[0] ?? '';
  const parameters = parametersOf(text.slice(inner.length).trim());
  const what: Described = { kind: 'action', ruleset: slot.ruleset };
  return help(
    `${slot.ruleset} ${name}${inner}`,
    parameters,
    cursor.index - at - 1,
    descriptionOf(what, name),
  );
}

/** `<name> [len <n>] …` as parameters: brackets belong together. */
export function parametersOf(text: string): readonly string[] {
  return text.match(/\[[^\]]*\]|<[^>]*>|[^\s[<]+/g) ?? [];
}

function help(
  name: string,
  parameters: readonly string[],
  active: number,
  documentation: string | undefined,
  [open, between, close]: readonly [string, string, string] = [' ', ' ', ''],
): SignatureHelp {
  const label = name + open + parameters.join(between) + close;
  let at = name.length + open.length;
  const ranges = parameters.map((parameter) => {
    const range: [number, number] = [at, at + parameter.length];
    at += parameter.length + between.length;
    return { label: range };
  });
  const signature = { label, parameters: ranges, ...(documentation === undefined ? {} : { documentation }) };
  const activeParameter = Math.min(Math.max(active, 0), Math.max(parameters.length - 1, 0));
  return { signatures: [signature], activeSignature: 0, activeParameter };
}
