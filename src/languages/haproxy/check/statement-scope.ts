import type { Span } from '../../core/rules/rule';
import type { KeywordTable } from '../schema/keywords/tables';
import type { Section, Statement } from '../syntax/document';
import type { HaproxyVersion } from '../schema/version';
import type { Word } from '../syntax/word';
import type { Collector } from './collector';
import type { FaultKind } from './fault';
import type { FaultDetails, Reference, Scope } from './scope';
import type { SilentWords } from './silent-statements';

/** What all statements of a section share. */
export interface SectionScope {
  readonly version: HaproxyVersion;
  readonly table: KeywordTable;
  readonly section: Section;
  readonly acls: ReadonlySet<string>;
  readonly usedAcls: Set<string>;
  readonly lua: boolean;
  readonly moreCounters: boolean;
  /** Where experimental directives are allowed from; infinite when nowhere. */
  readonly experimentalFrom: number;
  readonly collector: Collector;
  readonly silent: SilentWords;
}

/** The scope of one statement. A class, because one is made for each line of a file. */
export class StatementScope implements Scope {
  readonly version: HaproxyVersion;
  readonly table: KeywordTable;
  readonly kind: string;
  readonly lua: boolean;
  readonly moreCounters: boolean;
  /**
   * True while a check has told nothing, and has looked at nothing that the same words may find otherwise
   * in another place of the document.
   */
  private isSilent = true;

  constructor(
    private readonly around: SectionScope,
    readonly statement: Statement,
  ) {
    this.version = around.version;
    this.table = around.table;
    this.kind = around.section.kind;
    this.lua = around.lua;
    this.moreCounters = around.moreCounters;
  }

  unlessSilent(words: readonly Word[], place: string | undefined, check: () => void): void {
    const { silent } = this.around;
    const key = this.statement.uncertain ? undefined : silent.keyOf(words, place);
    if (key === undefined) return check();
    if (silent.has(key)) return;
    const before = this.isSilent;
    this.isSilent = true;
    check();
    if (this.isSilent) silent.keep(key);
    this.isSilent &&= before;
  }

  get section(): Section {
    this.isSilent = false;
    return this.around.section;
  }

  get acls(): ReadonlySet<string> {
    this.isSilent = false;
    return this.around.acls;
  }

  get experimental(): boolean {
    this.isSilent = false;
    return this.statement.keyword.start > this.around.experimentalFrom;
  }

  report(kind: FaultKind, span: Span, message: string, remedy: string, details?: FaultDetails): void {
    this.isSilent = false;
    if (!this.statement.uncertain) this.around.collector.add(kind, span, message, remedy, details);
  }

  refer(reference: Reference): void {
    this.isSilent = false;
    if (!this.statement.uncertain) this.around.collector.references.push(reference);
  }

  suggest(written: string, known: Iterable<string>): string {
    this.isSilent = false;
    return this.around.collector.suggest(written, known);
  }

  useAcl(name: string): void {
    this.isSilent = false;
    this.around.usedAcls.add(name);
  }
}
