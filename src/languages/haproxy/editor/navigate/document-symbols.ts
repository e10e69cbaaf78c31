import { SymbolKind, type DocumentSymbol } from 'vscode-languageserver-types';
import { rangeBetween } from '../../../../finding/text-lines';
import type { HaproxySubject } from '../../subject';
import type { HaproxyDocument, Section, Statement } from '../../syntax/document';

const SECTION_KINDS: ReadonlyMap<string, SymbolKind> = new Map([
  ['global', SymbolKind.Namespace],
  ['defaults', SymbolKind.Namespace],
  ['frontend', SymbolKind.Interface],
  ['listen', SymbolKind.Class],
  ['backend', SymbolKind.Class],
]);

/** Lines worth a place in the outline: how they are shown. */
const LINES: ReadonlyMap<string, SymbolKind> = new Map([
  ['bind', SymbolKind.Event],
  ['server', SymbolKind.Field],
  ['server-template', SymbolKind.Field],
  ['peer', SymbolKind.Field],
  ['nameserver', SymbolKind.Field],
  ['mailer', SymbolKind.Field],
  ['user', SymbolKind.Field],
  ['group', SymbolKind.Field],
  ['acl', SymbolKind.Constant],
  ['use_backend', SymbolKind.Operator],
  ['default_backend', SymbolKind.Operator],
  ['http-request', SymbolKind.Function],
  ['http-response', SymbolKind.Function],
  ['tcp-request', SymbolKind.Function],
  ['tcp-response', SymbolKind.Function],
  ['stick-table', SymbolKind.Array],
]);

/** Longest name of a symbol. */
const LONGEST = 80;

/** The outline: sections, and in them binds, servers, ACLs and rules. */
export function documentSymbols({ document }: HaproxySubject): DocumentSymbol[] {
  return document.sections.map((section, at) => {
    const end = sectionEnd(document, section, at);
    const { keyword, line } = section.header;
    const name = section.name?.value ?? '';
    return {
      name: isBlank(name) ? section.kind : name,
      detail: isBlank(name) ? '' : section.kind,
      kind: SECTION_KINDS.get(section.kind) ?? SymbolKind.Struct,
      range: rangeBetween(document.index, line.start, end),
      selectionRange: document.range(section.name ?? keyword),
      children: section.statements.flatMap((statement) => child(document, statement)),
    };
  });
}

/** Editors refuse an outline with a name of blanks only, such as a byte order mark. */
function isBlank(name: string): boolean {
  return name.trim() === '';
}

function child(document: HaproxyDocument, statement: Statement): DocumentSymbol[] {
  const { keyword, args, line } = statement;
  const kind = LINES.get(keyword.value);
  const last = line.words.at(-1);
  if (kind === undefined || last === undefined) return [];
  const named = kind === SymbolKind.Field || kind === SymbolKind.Constant;
  const [first, second] = args;
  const rest = document.text.slice(keyword.start, last.end);
  const name = named && first !== undefined ? first.value : rest;
  const detail = named ? (keyword.value === 'server' ? (second?.value ?? '') : keyword.value) : '';
  return [
    {
      name: isBlank(name.slice(0, LONGEST)) ? keyword.value : name.slice(0, LONGEST),
      detail: detail.slice(0, LONGEST),
      kind,
      range: document.range({ start: keyword.start, end: last.end }),
      selectionRange: document.range(named && first !== undefined ? first : keyword),
    },
  ];
}

/** End of a section's last line with words. */
export function sectionEnd({ sections, lines, text }: HaproxyDocument, section: Section, at: number): number {
  const next = sections[at + 1]?.header.line.number ?? lines.length;
  for (let number = next - 1; number > section.header.line.number; number -= 1) {
    const line = lines[number];
    if (line !== undefined && line.words.length > 0) return lineEnd(text, line.end);
  }
  return lineEnd(text, section.header.line.end);
}

/** Without a carriage return. */
function lineEnd(text: string, end: number): number {
  return text.charAt(end - 1) === '\r' ? end - 1 : end;
}
