import type { SemanticToken, TokenType } from '../../../core/language/language';
import { tokenAt, type TokenSpan } from '../../../core/language/token-at';
import { sectionSpan } from '../../syntax/document';
import { PREDEFINED_ACLS } from '../../check/expressions/predefined-acls';
import { keywordTable } from '../../schema/keywords/tables';
import type { HaproxySubject } from '../../subject';
import type { HaproxyDocument } from '../../syntax/document';
import type { Line, Word } from '../../syntax/word';
import { lineSlots } from '../cursor/line-slots';
import { SECTION_TYPES } from '../../schema/section-types';
import type { Slot } from '../cursor/slot';
import { sourceSpans } from '../cursor/source-map';
import { callsIn } from '../cursor/word-parts';

/** Colours by meaning: keywords, names and where they are declared, fetches, values, comments. */
export function semanticTokens({ document }: HaproxySubject): SemanticToken[] {
  const tokens: SemanticToken[] = [];
  let kind = '';
  let next = 0;
  for (const line of document.lines) {
    while (document.sections[next]?.header.line.start === line.start) {
      kind = document.sections[next]?.kind ?? '';
      next += 1;
    }
    for (const span of lineTokens(document, line, kind)) {
      const token = tokenAt(document.index, span);
      if (token !== undefined) tokens.push(token);
    }
  }
  return tokens;
}

function lineTokens(document: HaproxyDocument, line: Line, kind: string): TokenSpan[] {
  const slots = lineSlots(line.words, kind, document.version);
  const found = line.words.flatMap((word, at) => wordTokens(document, word, at, slots[at] ?? []));
  if (line.comment !== undefined) found.push({ ...line.comment, type: 'comment' });
  return found;
}

function wordTokens(document: HaproxyDocument, word: Word, at: number, slots: readonly Slot[]): TokenSpan[] {
  const { value, start, end } = word;
  if (at === 0) return [{ start, end, type: firstType(value) }];
  const calls = callsIn(word, slots);
  if (calls.length > 0) {
    const table = keywordTable(document.version);
    const spanOf = sourceSpans(document.text, word);
    return calls.flatMap(({ name, role, start: from, end: to }): TokenSpan[] => {
      const known =
        role === 'converter' ? table.converters.has(name) : table.fetches.has(name) || table.acl.has(name);
      const span = spanOf(from, to);
      if (!span.exact) return [];
      return [{ ...span, type: 'function', ...(known ? { modifiers: ['defaultLibrary'] } : {}) }];
    });
  }
  for (const slot of slots) {
    const token = slotToken(word, slot);
    if (token !== undefined) return [{ start, end, ...token }];
  }
  return [];
}

function firstType(value: string): TokenType {
  return sectionSpan(value) === undefined ? 'keyword' : 'namespace';
}

type Token = Pick<TokenSpan, 'type' | 'modifiers'>;

const NUMBER = /^\d+(?:us|ms|s|m|h|d|k|K|M|g|G)?$/;
const OPERATORS: ReadonlySet<string> = new Set(['{', '}', '!{', '||', 'or', '!']);

function slotToken({ value, quoted }: Word, slot: Slot): Token | undefined {
  switch (slot.kind) {
    case 'definition':
      return { type: slot.of === 'section' ? 'class' : 'variable', modifiers: ['declaration'] };
    case 'negatable':
    case 'action':
      return { type: 'keyword' };
    case 'option':
    case 'parameter':
      return { type: 'property' };
    case 'words':
      return slot.words.includes(value.replace(/\(.*$/s, '')) ? { type: 'keyword' } : undefined;
    case 'condition':
      return value === 'if' || value === 'unless' ? { type: 'keyword' } : undefined;
    case 'close':
      return value === '}' ? { type: 'operator' } : undefined;
    case 'operator':
      return OPERATORS.has(value) ? { type: 'operator' } : undefined;
    case 'term':
      return termToken(value);
    case 'flag':
      return /^-/.test(value) ? { type: 'parameter' } : undefined;
    case 'pattern':
      return { type: !quoted && NUMBER.test(value) ? 'number' : 'string' };
    case 'value':
      return valueToken(slot.type, value, quoted);
    case 'section':
    case 'keyword':
    case 'directive':
    case 'expression':
    case 'converter':
      return undefined;
  }
}

function termToken(value: string): Token {
  if (OPERATORS.has(value)) return { type: 'operator' };
  const predefined = PREDEFINED_ACLS.has(value.replace(/^!+/, ''));
  return { type: 'variable', ...(predefined ? { modifiers: ['defaultLibrary', 'readonly'] } : {}) };
}

const REFERENCES: ReadonlySet<string> = new Set(['backend', 'use-backend', 'table', ...SECTION_TYPES]);

function valueToken(type: string, value: string, quoted: boolean): Token {
  if (REFERENCES.has(type)) return { type: 'class' };
  if (type === 'use-server' || type === 'track') return { type: 'variable' };
  if (!quoted && NUMBER.test(value)) return { type: 'number' };
  return { type: type === 'mode' || type === 'algorithm' || type === 'level' ? 'enumMember' : 'string' };
}
