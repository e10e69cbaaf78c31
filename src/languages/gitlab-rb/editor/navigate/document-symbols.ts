import { SymbolKind, type DocumentSymbol } from 'vscode-languageserver-types';
import { rangeBetween } from '../../../../finding/text-lines';
import type { Span } from '../../../core/rules/rule';
import type { GitlabRbSubject } from '../../subject';
import { short } from '../explain/describe';
import { readEntries, type Entry } from '../entries/entries';

/** The outline: roots that follow each other, their keys, and what stands in hashes. */
export function documentSymbols(subject: GitlabRbSubject): DocumentSymbol[] {
  const groups: Entry[][] = [];
  for (const entry of readEntries(subject)) {
    // An invisible sign can stand where a root should: editors refuse a whole outline for a name that is blank.
    if (entry.kind !== 'set' || entry.rootSpan === undefined || entry.root.trim() === '') continue;
    const last = groups.at(-1);
    const goesOn = last?.[0]?.root === entry.root && entry.keys.length > 0 && last[0].keys.length > 0;
    if (goesOn) last.push(entry);
    else groups.push([entry]);
  }
  return groups.map((group) => groupSymbol(subject, group));
}

function groupSymbol(subject: GitlabRbSubject, group: readonly Entry[]): DocumentSymbol {
  const [first] = group;
  const last = group.at(-1);
  if (first === undefined || last === undefined) throw new Error('A group has no entry');
  const whole = { start: first.span.start, end: Math.max(...group.map(({ span }) => span.end)) };
  if (first.keys.length === 0) {
    return symbol(subject, first.root, SymbolKind.Constant, whole, first.rootSpan ?? whole, first);
  }
  return {
    name: first.root,
    detail: '',
    kind: SymbolKind.Module,
    ...ranges(subject, whole, first.rootSpan ?? whole),
    children: group.map((entry) => entrySymbol(subject, entry, 0)),
  };
}

function entrySymbol(subject: GitlabRbSubject, entry: Entry, at: number): DocumentSymbol {
  const [first] = entry.keys;
  const last = entry.keys.at(-1);
  const text = entry.keys.map((key) => key.text ?? '…').join('.');
  const name =
    first === undefined || last === undefined ? `[${at}]` : text.trim() === '' ? `'${text}'` : text;
  const keys =
    first === undefined || last === undefined ? entry.span : { start: first.span.start, end: last.span.end };
  const kind = entry.children.length > 0 ? SymbolKind.Object : SymbolKind.Property;
  return symbol(subject, short(name, 80), kind, entry.span, keys, entry);
}

function symbol(
  subject: GitlabRbSubject,
  name: string,
  kind: SymbolKind,
  whole: Span,
  selected: Span,
  entry: Entry,
): DocumentSymbol {
  return {
    name,
    detail: detail(subject, entry),
    kind,
    ...ranges(subject, whole, selected),
    children: entry.children
      .filter(
        (child) => child.kind !== 'read' && child.span.start >= whole.start && child.span.end <= whole.end,
      )
      .map((child, at) => entrySymbol(subject, child, at)),
  };
}

function ranges(
  subject: GitlabRbSubject,
  whole: Span,
  selected: Span,
): Pick<DocumentSymbol, 'range' | 'selectionRange'> {
  const { lines } = subject.index;
  const inside = { start: Math.max(selected.start, whole.start), end: Math.min(selected.end, whole.end) };
  return {
    range: rangeBetween(lines, whole.start, whole.end),
    selectionRange: rangeBetween(lines, inside.start, inside.end),
  };
}

/** Values of secrets are not shown. */
const SECRET = /password|secret|token|_key$|key_base|dsn/;

/** The value, if it is short. */
function detail(subject: GitlabRbSubject, { value, keys, children }: Entry): string {
  if (value === undefined || children.length > 0) return '';
  if (keys.some(({ text }) => text !== undefined && SECRET.test(text))) return '';
  const { start, end } = subject.spanOf(value.location);
  const text = subject.text.slice(start, end);
  return text.includes('\n') ? '' : short(text, 60);
}
