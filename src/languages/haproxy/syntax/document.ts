import { positionAt, textLines, type TextLines } from '../../../finding/text-lines';
import type { Range } from '../../../finding/finding';
import type { HaproxyVersion } from '../schema/version';
import { followConditions, type ConditionFault, type Reach } from './conditions';
import { tokenize } from './tokenizer';
import type { Line, Word } from './word';

/** Names that begin a section, with the branches that know them (empty: all). */
const SECTION_KINDS: ReadonlyMap<string, { readonly since?: string; readonly until?: string }> = new Map([
  ['global', {}],
  ['defaults', {}],
  ['frontend', {}],
  ['backend', {}],
  ['listen', {}],
  ['peers', {}],
  ['mailers', {}],
  ['resolvers', {}],
  ['userlist', {}],
  ['cache', {}],
  ['ring', {}],
  ['log-forward', {}],
  ['http-errors', {}],
  ['fcgi-app', {}],
  ['namespace_list', {}],
  ['program', { until: '3.2' }],
  ['crt-store', { since: '3.0' }],
  ['log-profile', { since: '3.2' }],
  ['traces', { since: '3.2' }],
  ['acme', { since: '3.2' }],
  ['healthcheck', { since: '3.4' }],
]);

/** Branches a section exists in; undefined for a word that begins none. */
export function sectionSpan(name: string): { readonly since?: string; readonly until?: string } | undefined {
  return SECTION_KINDS.get(name);
}

export const SECTION_NAMES: readonly string[] = [...SECTION_KINDS.keys()];

/** One directive: its keyword and arguments, after a `no` or `default` before it has been taken off. */
export interface Statement {
  readonly line: Line;
  readonly modifier: Word | undefined;
  readonly keyword: Word;
  /** Without what follows an empty argument, which ends the list for HAProxy. */
  readonly args: readonly Word[];
  /** True when it depends on an `.if` nobody can decide here, or on words the environment adds. */
  readonly uncertain: boolean;
}

export interface Section {
  readonly kind: string;
  readonly header: Statement;
  /** Its name; undefined for sections without one. */
  readonly name: Word | undefined;
  /** The `defaults` section named after `from`. */
  readonly from: Word | undefined;
  readonly statements: readonly Statement[];
}

export interface HaproxyDocument {
  readonly text: string;
  readonly version: HaproxyVersion;
  readonly index: TextLines;
  /** True when it has more lines or sections than are read: then it has none here. */
  readonly tooLong: boolean;
  readonly lines: readonly Line[];
  readonly sections: readonly Section[];
  /** Directives before the first section. */
  readonly orphans: readonly Statement[];
  readonly conditionFaults: readonly ConditionFault[];
  range(span: { readonly start: number; readonly end: number }): Range;
}

/** Reads a configuration: lines, sections, statements. Never throws. */
export function parseHaproxy(text: string, version: HaproxyVersion): HaproxyDocument {
  const index = textLines(text);
  const around: Frame = {
    text,
    version,
    index,
    range: ({ start, end }) => ({ start: positionAt(index, start), end: positionAt(index, end) }),
  };
  if (index.starts.length > MOST_LINES) return tooLong(around);
  const lines = tokenize(text);
  const { reach, faults } = followConditions(lines, version);
  const sections: OpenSection[] = [];
  const orphans: Statement[] = [];
  for (const line of lines) {
    const statement = statementOn(line, reach[line.number] ?? 'read');
    if (statement === undefined) continue;
    const kind = statement.keyword.value;
    if (line.fault === undefined && beginsSection(kind, statement)) {
      if (sections.length >= MOST_SECTIONS) return tooLong(around);
      sections.push({ kind, header: statement, statements: [] });
    } else (sections.at(-1)?.statements ?? orphans).push(statement);
  }
  return {
    ...around,
    tooLong: false,
    lines,
    sections: sections.map(finishSection),
    orphans,
    conditionFaults: faults,
  };
}

/** What a document has before its lines are read. */
type Frame = Pick<HaproxyDocument, 'text' | 'version' | 'index' | 'range'>;

interface OpenSection {
  readonly kind: string;
  readonly header: Statement;
  readonly statements: Statement[];
}

function tooLong(around: Frame): HaproxyDocument {
  return { ...around, tooLong: true, lines: [], sections: [], orphans: [], conditionFaults: [] };
}

/** The directive of a line; undefined for a line without one, and for one HAProxy skips. */
function statementOn(line: Line, reach: Reach): Statement | undefined {
  const first = line.words[0]?.value ?? '';
  if (reach === 'skipped' || first === '' || first.startsWith('.') || isScope(line)) return undefined;
  return toStatement(line, reach === 'unknown');
}

/** Longer files are not read: they are no configurations, and their words would fill the memory. */
export const MOST_LINES = 400_000;
export const MOST_SECTIONS = 100_000;

/** HAProxy reads at most so many words of a line and refuses longer ones as a whole. */
export const MOST_WORDS = 64;

/** `[name]` begins a scope, which only other programs' files use. */
function isScope(line: Line): boolean {
  const [first] = line.words;
  return first !== undefined && !first.quoted && first.value.startsWith('[');
}

function beginsSection(kind: string, statement: Statement): boolean {
  if (statement.modifier !== undefined) return false;
  const span = SECTION_KINDS.get(kind);
  // A section of another branch still begins one here, so that its lines are not judged by the section before it.
  return span !== undefined;
}

function toStatement(line: Line, uncertain: boolean): Statement | undefined {
  const [first, second] = line.words;
  if (first === undefined) return undefined;
  const modified = (first.value === 'no' || first.value === 'default') && second !== undefined;
  const keyword = modified ? second : first;
  const rest = line.words.slice(modified ? 2 : 1);
  const empty = rest.findIndex((word) => word.value === '' && !word.dynamic);
  return {
    line,
    modifier: modified ? first : undefined,
    keyword,
    args: empty < 0 ? rest : rest.slice(0, empty),
    uncertain: uncertain || line.openEnded || line.words.length > MOST_WORDS,
  };
}

const UNNAMED = new Set(['global', 'traces', 'namespace_list']);

function finishSection(section: OpenSection): Section {
  const { args } = section.header;
  const nameless = UNNAMED.has(section.kind) || (section.kind === 'defaults' && args[0]?.value === 'from');
  const fromAt = args.findIndex((word, at) => word.value === 'from' && at < 2);
  const from = fromAt < 0 ? undefined : args[fromAt + 1];
  return { ...section, name: nameless ? undefined : args[0], from };
}
