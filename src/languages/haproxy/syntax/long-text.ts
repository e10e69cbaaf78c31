import { isSectionName, namesOfSection, beginsSection, statementOn } from './statement';
import type { Section, Statement } from './statement';
import { isSpace, tokenizeLines, type LineRange } from './tokenizer';
import type { Line, Word } from './word';

const CR = 13;
const QUOTE = 34;
const HASH = 35;
const APOSTROPHE = 39;
const DOT = 46;
const BACKSLASH = 92;
const BYTE_ORDER_MARK = 0xfeff;

/** So many lines are kept of sections that somebody asked for. */
const MOST_RECENT = 500;
/** Global and defaults sections are looked at with every part, so there may not be too many of them. */
const MOST_BASES = 100;
const MOST_BASE_LINES = 2_000;

/** The lines of a section, its first one too, and what they say. */
interface ReadLines {
  readonly lines: readonly Line[];
  readonly statements: readonly Statement[];
}

/**
 * A long configuration, of which only the first lines of sections are kept: the others are read when somebody asks for
 * them, and again when it is asked for later. What a hundred thousand lines say would else fill memory, and neither the
 * processor's caches nor the collector of garbage would cope.
 */
export class LongText {
  readonly orphans: readonly Statement[];
  /** The lines above the first section. */
  readonly above: readonly Line[];
  readonly sections: readonly LongSection[];
  /** Those that others inherit or depend on; what stands in them is kept. */
  readonly bases: readonly LongSection[];
  private readonly kept: ReadonlyMap<LongSection, ReadLines>;
  private readonly recent = new Map<LongSection, ReadLines>();
  private recentLines = 0;
  private held: ReadonlyMap<LongSection, ReadLines> = new Map();

  private constructor(
    private readonly text: string,
    headers: readonly Statement[],
  ) {
    const first = headers[0]?.line.start ?? text.length;
    this.above = tokenizeLines(text, { start: 0, end: first, number: 0 });
    this.orphans = statementsOf(this.above);
    this.sections = headers.map(
      (header, at) => new LongSection(header, headers[at + 1]?.line.start ?? text.length, this),
    );
    const bases = this.sections.filter(({ kind }) => kind === 'global' || kind === 'defaults');
    this.bases = bases;
    this.kept = new Map(bases.slice(0, MOST_BASES).map((section) => [section, this.readAnew(section)]));
  }

  /**
   * @returns undefined for a text with blocks of conditions, which say of each line whether it is read, and for one with
   * more global and defaults sections than configurations have
   */
  static of(text: string): LongText | undefined {
    const headers = headersOf(text);
    const long = headers === undefined ? undefined : new LongText(text, headers);
    return long === undefined || long.hasTooManyBases() ? undefined : long;
  }

  private hasTooManyBases(): boolean {
    return this.bases.length > MOST_BASES || this.baseLines > MOST_BASE_LINES;
  }

  private get baseLines(): number {
    return [...this.kept.values()].reduce((sum, read) => sum + read.lines.length, 0);
  }

  /** What stands in a section. */
  read(section: LongSection): ReadLines {
    const known = this.held.get(section) ?? this.kept.get(section) ?? this.recent.get(section);
    if (known !== undefined) return known;
    const read = this.readAnew(section);
    this.recent.set(section, read);
    this.recentLines += read.lines.length;
    for (const [other, { lines }] of this.recent) {
      if (this.recentLines <= MOST_RECENT || other === section) break;
      this.recent.delete(other);
      this.recentLines -= lines.length;
    }
    return read;
  }

  /** Sections that follow one another, so many that they have about this number of lines; at least one group. */
  *groups(lines: number): Generator<readonly LongSection[]> {
    const { sections } = this;
    // Each part is looked at with the bases around it, which shall not be most of what is looked at.
    const least = Math.max(lines, 2 * this.baseLines);
    for (let from = 0, to = 0; from === 0 || from < sections.length; from = to) {
      const first = sections[from]?.range.number ?? 0;
      for (to = from + 1; to < sections.length; to += 1) {
        if ((sections[to]?.range.number ?? 0) - first >= least) break;
      }
      yield sections.slice(from, to);
    }
  }

  /** Sections with the bases around them, in the order of the text. */
  withBases(sections: readonly LongSection[]): readonly LongSection[] {
    const [first, last] = [sections[0]?.range.start ?? 0, sections.at(-1)?.range.start ?? 0];
    return [
      ...this.bases.filter(({ range }) => range.start < first),
      ...sections,
      ...this.bases.filter(({ range }) => range.start > last),
    ];
  }

  /** Keeps what stands in these sections until the next ones are to be kept. */
  hold(sections: readonly LongSection[]): void {
    this.held = new Map(sections.map((section) => [section, this.readAnew(section)]));
  }

  private readAnew({ range }: LongSection): ReadLines {
    const lines = tokenizeLines(this.text, range);
    return { lines, statements: statementsOf(lines).slice(1) };
  }
}

/** A section whose lines are read when they are asked for. */
export class LongSection implements Section {
  readonly kind: string;
  readonly name: Word | undefined;
  readonly from: Word | undefined;

  constructor(
    readonly header: Statement,
    private readonly end: number,
    private readonly source: LongText,
  ) {
    this.kind = header.keyword.value;
    const { name, from } = namesOfSection(this);
    this.name = name;
    this.from = from;
  }

  get statements(): readonly Statement[] {
    return this.source.read(this).statements;
  }

  /** Its lines, the first one too. */
  get lines(): readonly Line[] {
    return this.source.read(this).lines;
  }

  get range(): LineRange {
    const { start, number } = this.header.line;
    return { start, end: this.end, number };
  }
}

function statementsOf(lines: readonly Line[]): Statement[] {
  const statements: Statement[] = [];
  for (const line of lines) {
    const statement = statementOn(line, 'read');
    if (statement !== undefined) statements.push(statement);
  }
  return statements;
}

/** The first lines of all sections; undefined where a line says whether others are read. */
function headersOf(text: string): readonly Statement[] | undefined {
  const headers: Statement[] = [];
  let start = 0;
  for (let number = 0; start < text.length; number += 1) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    if (mayMatter(text, start, end)) {
      const [line] = tokenizeLines(text, { start, end: end + 1, number });
      if (line?.words[0]?.value.startsWith('.') === true) return undefined;
      const statement = line === undefined ? undefined : statementOn(line, 'read');
      if (statement !== undefined && beginsSection(statement)) headers.push(statement);
    }
    start = end + 1;
  }
  return headers;
}

/** Whether a line may begin a section or decide about others: by its first word, which most lines begin without signs. */
function mayMatter(text: string, start: number, end: number): boolean {
  let at = text.charCodeAt(start) === BYTE_ORDER_MARK ? start + 1 : start;
  while (at < end && text.charCodeAt(at) !== CR && isSpace(text.charCodeAt(at))) at += 1;
  const first = at;
  if (text.charCodeAt(first) === DOT) return first < end;
  for (; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE || code === APOSTROPHE || code === BACKSLASH) return true;
    if (code === HASH || isSpace(code)) break;
  }
  return at > first && isSectionName(text, first, at);
}
