import { positionAt, textLines, type TextLines } from '../../../finding/text-lines';
import type { Range } from '../../../finding/finding';
import { lazy } from '../../core/data/lazy';
import type { Span } from '../../core/rules/rule';
import type { HaproxyVersion } from '../schema/version';
import { followConditions, type ConditionFault } from './conditions';
import { LongText } from './long-text';
import { beginsSection, namesOfSection, statementOn } from './statement';
import type { Section, SectionStart, Statement } from './statement';
import { tokenize } from './tokenizer';
import type { Line } from './word';

export { isSure, MOST_WORDS, sectionSpan, SECTION_NAMES, type Section, type Statement } from './statement';

export interface HaproxyDocument {
  readonly text: string;
  /** Where each of its files stands: a configuration may be written in several. */
  readonly files: readonly Span[];
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
  /** True for a long document, which has several parts. */
  readonly inParts: boolean;
  /** Its parts, one after the other: of a long document only the one that was asked for last is held. */
  parts(): Iterable<DocumentPart>;
}

/** Some sections of a document that follow one another, with all lines from the first to the last of them. */
export interface DocumentPart {
  /** The document as if it had no other sections than these, and the global and defaults sections. */
  readonly document: HaproxyDocument;
  readonly sections: readonly Section[];
  readonly lines: readonly Line[];
  /** Where its lines stand. */
  readonly span: Span;
}

/**
 * Reads a configuration: lines, sections, statements. Never throws.
 * @param files of a text joined of several files, where each stands: no section and no block of conditions goes on in
 * the next one
 * @param sizes lines from which on it is held in parts, and about how many lines each has
 */
export function parseHaproxy(
  text: string,
  version: HaproxyVersion,
  files: readonly Span[] = [{ start: 0, end: text.length }],
  sizes: Sizes = SIZES,
): HaproxyDocument {
  const index = textLines(text);
  const around: Frame = {
    text,
    files,
    version,
    index,
    range: ({ start, end }) => ({ start: positionAt(index, start), end: positionAt(index, end) }),
  };
  if (index.starts.length > MOST_LINES) return tooLong(around);
  const long = index.starts.length > sizes.long && files.length === 1 ? LongText.of(text) : undefined;
  if (long !== undefined)
    return long.sections.length > MOST_SECTIONS ? tooLong(around) : inParts(around, long, sizes.part);
  const starts = new Set(files.map(({ start }) => start));
  const lines = tokenize(text, starts);
  const { reach, faults } = followConditions(lines, version, starts);
  const sections: OpenSection[] = [];
  const orphans: Statement[] = [];
  let open: Statement[] = orphans;
  for (const line of lines) {
    if (starts.has(line.start)) open = orphans;
    const statement = statementOn(line, reach[line.number] ?? 'read');
    if (statement === undefined) continue;
    if (beginsSection(statement)) {
      if (sections.length >= MOST_SECTIONS) return tooLong(around);
      open = [];
      sections.push({ kind: statement.keyword.value, header: statement, statements: open });
    } else open.push(statement);
  }
  return whole(around, {
    lines,
    sections: sections.map((section) => ({ ...section, ...namesOfSection(section) })),
    orphans,
    conditionFaults: faults,
  });
}

/** What a document has before its lines are read. */
type Frame = Pick<HaproxyDocument, 'text' | 'files' | 'version' | 'index' | 'range'>;

type Contents = Pick<HaproxyDocument, 'lines' | 'sections' | 'orphans' | 'conditionFaults'>;

interface OpenSection extends SectionStart {
  readonly statements: Statement[];
}

function tooLong(around: Frame): HaproxyDocument {
  const nothing = { lines: [], sections: [], orphans: [], conditionFaults: [] };
  return { ...whole(around, nothing), tooLong: true };
}

/** A document that is one part. */
function whole(around: Frame, contents: Contents): HaproxyDocument {
  const { lines, sections } = contents;
  const span = { start: 0, end: around.text.length };
  const document: HaproxyDocument = {
    ...around,
    ...contents,
    tooLong: false,
    inParts: false,
    parts: () => [{ document, sections, lines, span }],
  };
  return document;
}

/** A document of which only a part is held at a time. */
function inParts(around: Frame, long: LongText, partLines: number): HaproxyDocument {
  const lines = lazy(() => tokenize(around.text));
  const withSections = (sections: readonly Section[]): HaproxyDocument => ({
    ...around,
    tooLong: false,
    get lines() {
      return lines();
    },
    sections,
    orphans: long.orphans,
    conditionFaults: [],
    inParts: true,
    parts: () => partsOf(long, partLines, around.text.length, withSections),
  });
  return withSections(long.sections);
}

function* partsOf(
  long: LongText,
  partLines: number,
  end: number,
  documentOf: (sections: readonly Section[]) => HaproxyDocument,
): Generator<DocumentPart> {
  for (const sections of long.groups(partLines)) {
    long.hold(sections);
    const lines = sections.flatMap((section) => section.lines);
    const isFirst = sections[0] === long.sections[0];
    const start = isFirst ? 0 : (sections[0]?.range.start ?? 0);
    yield {
      document: documentOf(long.withBases(sections)),
      sections,
      lines: isFirst ? [...long.above, ...lines] : lines,
      span: { start, end: sections.at(-1)?.range.end ?? end },
    };
  }
  long.hold([]);
}

/** Longer files are not read: they are no configurations, and their words would fill the memory. */
export const MOST_LINES = 400_000;
export const MOST_SECTIONS = 100_000;

export interface Sizes {
  readonly long: number;
  readonly part: number;
}

/** What is known of the lines of a part stays in the processor's caches. */
const SIZES: Sizes = { long: 4_000, part: 250 };
