import type { SelectionRange } from 'vscode-languageserver-types';
import type { Position } from '../../../../finding/finding';
import { holds, nestedSelection } from '../../../core/language/nested-selection';
import type { Span } from '../../../core/rules/rule';
import type { HaproxySubject } from '../../subject';
import type { HaproxyDocument } from '../../syntax/document';
import type { Word } from '../../syntax/word';
import { cursorAt, type Cursor } from '../cursor/cursor';
import { sectionEnd } from '../navigate/document-symbols';
import { lineSlots } from '../cursor/line-slots';
import { sourceSpan, valueLengthBefore } from '../cursor/source-map';
import { callsIn } from '../cursor/word-parts';

/** Ever larger selections: part of a word, word, its group of arguments, line, section, file. */
export function selectionRange({ document }: HaproxySubject, position: Position): SelectionRange {
  const cursor = cursorAt(document, position);
  const stretches: Span[] = [
    ...wordStretches(document, cursor),
    ...lineStretches(cursor),
    ...sectionStretch(document, cursor),
  ];
  const around = stretches.filter((stretch) => holds(stretch, cursor.offset));
  return nestedSelection(document.index, around.reverse());
}

function wordStretches(document: HaproxyDocument, cursor: Cursor): Span[] {
  const { word, line, index, kind, offset } = cursor;
  if (word === undefined) return [];
  const slots = lineSlots(line.words, kind, document.version);
  const at = valueLengthBefore(document.text, word, offset);
  const call = callsIn(word, slots[index] ?? []).find(({ start, close }) => at >= start && at <= close);
  const argument = call?.args.find(({ start, end }) => at >= start && at <= end);
  const inner = [argument, call === undefined ? undefined : { start: call.start, end: call.close }].flatMap(
    (part) => (part === undefined ? [] : [sourceSpan(document.text, word, part.start, part.end)]),
  );
  const quoted = word.quoted && word.end - word.start > 2;
  const content = quoted ? [{ start: word.start + 1, end: word.end - 1 }] : [];
  return [...inner, ...content, word, ...group(line.words, index)];
}

/** A condition as a whole, or a parameter with its value. */
function group(words: readonly Word[], index: number): Span[] {
  const condition = words.findIndex(({ value, quoted }) => !quoted && (value === 'if' || value === 'unless'));
  const last = words.at(-1);
  const groups: Span[] = [];
  if (condition > 0 && index >= condition && last !== undefined) {
    const braces = braceGroup(words, index);
    if (braces !== undefined) groups.push(braces);
    const start = words[condition]?.start ?? last.start;
    groups.push({ start, end: last.end });
  }
  const first = words[1];
  const end = condition > 0 && index < condition ? words[condition - 1] : last;
  if (first !== undefined && end !== undefined && index > 0)
    groups.push({ start: first.start, end: end.end });
  return groups;
}

function braceGroup(words: readonly Word[], index: number): Span | undefined {
  const open = words.findLastIndex(({ value }, at) => at <= index && /^!*\{$/.test(value));
  const close = words.findIndex(({ value }, at) => at >= index && value === '}');
  const earlier = words.findLastIndex(({ value }, at) => at < index && value === '}');
  const [start, end] = [words[open], words[close]];
  if (start === undefined || end === undefined || earlier > open) return undefined;
  return { start: start.start, end: end.end };
}

function lineStretches({ line }: Cursor): Span[] {
  const [first] = line.words;
  const last = line.words.at(-1);
  const words = first === undefined || last === undefined ? [] : [{ start: first.start, end: last.end }];
  const comment = line.comment;
  const { start, end } = line;
  return [...(comment === undefined ? [] : [comment]), ...words, { start, end }];
}

function sectionStretch(document: HaproxyDocument, { section }: Cursor): Span[] {
  if (section === undefined) return [];
  const end = sectionEnd(document, section, document.sections.indexOf(section));
  return [{ start: section.header.line.start, end }];
}
