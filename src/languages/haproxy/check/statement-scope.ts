import type { Span } from '../../core/rules/rule';
import type { KeywordTable } from '../schema/keywords/tables';
import type { Section, Statement } from '../syntax/document';
import type { HaproxyVersion } from '../schema/version';
import type { Collector } from './collector';
import type { FaultKind } from './fault';
import type { FaultDetails, Reference, Scope } from './scope';

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
}

/** The scope of one statement. A class, because one is made for each line of a file. */
export class StatementScope implements Scope {
  readonly version: HaproxyVersion;
  readonly table: KeywordTable;
  readonly section: Section;
  readonly acls: ReadonlySet<string>;
  readonly lua: boolean;
  readonly moreCounters: boolean;
  readonly experimental: boolean;

  constructor(
    private readonly around: SectionScope,
    readonly statement: Statement,
  ) {
    this.version = around.version;
    this.table = around.table;
    this.section = around.section;
    this.acls = around.acls;
    this.lua = around.lua;
    this.moreCounters = around.moreCounters;
    this.experimental = statement.keyword.start > around.experimentalFrom;
  }

  report(kind: FaultKind, span: Span, message: string, remedy: string, details?: FaultDetails): void {
    if (!this.statement.uncertain) this.around.collector.add(kind, span, message, remedy, details);
  }

  refer(reference: Reference): void {
    if (!this.statement.uncertain) this.around.collector.references.push(reference);
  }

  suggest(written: string, known: Iterable<string>): string {
    return this.around.collector.suggest(written, known);
  }

  useAcl(name: string): void {
    this.around.usedAcls.add(name);
  }
}
