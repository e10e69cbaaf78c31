import type { Position, Range } from '../../../../finding/finding';
import { offsetAt } from '../../../../finding/text-lines';
import type { SymbolUse } from '../../../core/language/language';
import type { HaproxySubject } from '../../subject';
import type { HaproxyDocument } from '../../syntax/document';
import { lineAt, sectionOf } from '../cursor/cursor';
import { isSame, symbolUses } from '../navigate/symbols';

/** Most lines shown of a definition. */
const MOST_LINES = 12;

/** A name under a position: where it is defined, with its lines. Undefined for anything else. */
export function describeName(
  subject: HaproxySubject,
  position: Position,
): { readonly markdown: string; readonly start: number; readonly end: number } | undefined {
  const { document } = subject;
  const uses = symbolUses(subject);
  const symbol = uses.find(({ range }) => contains(range, position));
  if (symbol === undefined) return undefined;
  const definitions = uses.filter((use) => use.role === 'definition' && isSame(use, symbol));
  const others = uses.filter((use) => isSame(use, symbol)).length - definitions.length;
  const lines = definitions.flatMap((definition) => definitionLines(document, definition));
  if (lines.length === 0) return undefined;
  const shown = lines.slice(0, MOST_LINES);
  const more = lines.length > shown.length ? ['    …'] : [];
  const count = others === 1 ? 'Used once.' : others === 0 ? 'Not used.' : `Used ${others} times.`;
  return {
    markdown: [`**${symbol.kind}** \`${symbol.name}\``, fenced([...shown, ...more]), count].join('\n\n'),
    start: offsetAt(document.index, symbol.range.start),
    end: offsetAt(document.index, symbol.range.end),
  };
}

function contains({ start, end }: Range, { line, character }: Position): boolean {
  return start.line === line && character >= start.character && character <= end.character;
}

function fenced(lines: readonly string[]): string {
  return ['```haproxy', ...lines, '```'].join('\n');
}

/** A line; of sections what tells most about them. */
function definitionLines(document: HaproxyDocument, { range, kind }: SymbolUse): string[] {
  const line = lineAt(document, offsetAt(document.index, range.start));
  const section = sectionOf(document, line.number);
  const own = textOf(document, line.start, line.end);
  if (section === undefined || section.header.line !== line) return [own];
  const telling = TELLING.get(kind) ?? [];
  const inner = section.statements
    .filter(({ keyword }) => telling.includes(keyword.value))
    .map(({ line: one }) => `    ${textOf(document, one.start, one.end)}`);
  return [own, ...inner];
}

const TELLING: ReadonlyMap<string, readonly string[]> = new Map([
  ['backend', ['mode', 'balance', 'server', 'server-template']],
  ['frontend', ['mode', 'bind', 'default_backend', 'use_backend']],
  ['listen', ['mode', 'bind', 'balance', 'server', 'server-template', 'default_backend']],
  ['resolvers', ['nameserver', 'parse-resolv-conf']],
  ['peers', ['peer', 'server', 'bind']],
  ['mailers', ['mailer']],
  ['userlist', ['group']],
]);

/** The line without indentation, long ones cut, passwords never among them. */
function textOf({ text }: HaproxyDocument, start: number, end: number): string {
  const line = text.slice(start, Math.min(end, start + 400)).trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
