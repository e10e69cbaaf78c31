import { MarkupKind, type Hover } from 'vscode-languageserver-types';
import type { Position } from '../../../../finding/finding';
import { positionAt } from '../../../../finding/text-lines';
import type { Span } from '../../../core/rules/rule';
import { namesOf, type NameUse } from '../../model/names';
import type { KeepalivedSubject } from '../../subject';
import type { KeepalivedDocument } from '../../syntax/document';
import type { Word } from '../../syntax/word';
import { cursorAt, entryAt, statementAt, type Cursor } from '../cursor/cursor';
import { describeArgument, describeKeyword, LINE_DOCS, signatureOf } from './describe';

/** What the word under the cursor is. */
export function hover({ document }: KeepalivedSubject, position: Position): Hover | undefined {
  const cursor = cursorAt(document, position);
  const { word } = cursor;
  if (word === undefined || cursor.inComment) return undefined;
  const text = definitionText(document, cursor, word) ?? nameText(document, word) ?? wordText(cursor, word);
  return text === undefined ? undefined : markdown(document, word, text);
}

function markdown(document: KeepalivedDocument, span: Span, value: string): Hover {
  return { contents: { kind: MarkupKind.Markdown, value }, range: document.range(span) };
}

const code = (text: string): string => `\`\`\`keepalived\n${text}\n\`\`\``;

function wordText(cursor: Cursor, word: Word): string | undefined {
  const statement = statementAt(cursor);
  if (statement !== undefined) {
    const { spec } = statement;
    if (spec === undefined) return undefined;
    if (statement.keyword === word) return `${code(signatureOf(spec))}\n\n${describeKeyword(spec)}`;
    const argument = spec.args[cursor.index - 1];
    const facts = argument === undefined ? undefined : describeArgument(argument);
    return `${code(signatureOf(spec))}${facts === undefined ? '' : `\n\n${facts}`}`;
  }
  const values = entryAt(cursor) === undefined ? undefined : cursor.blocks[0]?.values;
  return values === undefined ? undefined : LINE_DOCS[values];
}

/** Where a name comes from, or how often it is used. */
function nameText(document: KeepalivedDocument, word: Word): string | undefined {
  const names = namesOf(document);
  const own = names.find((use) => use.word === word);
  if (own === undefined) return undefined;
  const same = names.filter((use) => use.kind === own.kind && use.word.value === word.value);
  const line = ({ word: { start } }: NameUse): number => positionAt(document.index, start).line + 1;
  const title = code(`${own.kind} ${word.value}`);
  if (own.role === 'use') {
    const definition = same.find(({ role }) => role === 'definition');
    return `${title}\n\n${definition === undefined ? 'Not defined in this file.' : `Defined in line ${line(definition)}.`}`;
  }
  const uses = same.filter(({ role }) => role === 'use').map(line);
  return `${title}\n\n${uses.length === 0 ? 'Not used in this file.' : `Used in line ${uses.join(', ')}.`}`;
}

function definitionText(document: KeepalivedDocument, { offset }: Cursor, word: Word): string | undefined {
  for (const match of word.value.slice(0, 2_000).matchAll(/\$\{?([A-Za-z_]\w*)\}?/g)) {
    const start = word.start + (word.quoted ? 1 : 0) + match.index;
    if (offset < start || offset > start + match[0].length) continue;
    const definition = document.definitions.findLast(({ name }) => name === match[1]);
    if (definition !== undefined) return code(`$${definition.name}=${definition.value.slice(0, 500)}`);
  }
  return undefined;
}
