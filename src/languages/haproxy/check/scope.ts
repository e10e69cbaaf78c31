import type { Fix, Severity } from '../../../finding/finding';
import type { SpanEdit, Span } from '../../core/rules/rule';
import type { KeywordTable } from '../schema/keywords/tables';
import type { Section, Statement } from '../syntax/document';
import type { Word } from '../syntax/word';
import type { HaproxyVersion } from '../schema/version';
import type { FaultKind } from './fault';

/** A name a file uses that something else has to define. */
export interface Reference {
  readonly kind: 'backend' | 'server' | 'table' | 'frontend' | ReferencedSection;
  readonly name: string;
  readonly span: Span;
  readonly section: Section;
  /** True where only its state is asked for: no traffic goes there. */
  readonly read?: boolean;
}

export type ReferencedSection =
  | 'userlist'
  | 'resolvers'
  | 'peers'
  | 'cache'
  | 'mailers'
  | 'ring'
  | 'http-errors'
  | 'fcgi-app'
  | 'log-profile'
  | 'healthcheck';

export interface FaultDetails {
  readonly fix?: { readonly title: Fix['title']; readonly edits: readonly SpanEdit[] };
  readonly severity?: Severity;
  readonly related?: { readonly span: Span; readonly message: string };
}

/** What a check of one statement may look at and report to. */
export interface Scope {
  readonly version: HaproxyVersion;
  readonly table: KeywordTable;
  /** Of the section: `backend`. */
  readonly kind: string;
  readonly section: Section;
  readonly statement: Statement;
  /** ACLs declared so far in the section. */
  readonly acls: ReadonlySet<string>;
  /** True when the file loads Lua, which adds actions, fetches, converters and services. */
  readonly lua: boolean;
  /** True when the file sets `tune.stick-counters`. */
  readonly moreCounters: boolean;
  /** True when experimental directives have been allowed above this line. */
  readonly experimental: boolean;
  /**
   * Checks words of the statement, unless the same ones were checked in the same kind of section and told nothing. Whatever else
   * the check looks at it asks this scope for, or it is the same wherever `place` is.
   * @param place what tells these words from the same ones elsewhere in a statement; undefined for all of a line
   */
  unlessSilent(words: readonly Word[], place: string | undefined, check: () => void): void;
  report(kind: FaultKind, span: Span, message: string, remedy: string, details?: FaultDetails): void;
  refer(reference: Reference): void;
  /** A remedy that names the word meant, or else all known ones. */
  suggest(written: string, known: Iterable<string>): string;
  /** Marks an ACL as used. */
  useAcl(name: string): void;
}

/** The stretch of a word's source that holds characters `from` to `to` of its value; the word when unclear. */
export function within(word: Word, from: number, to: number): Span {
  const surplus = word.end - word.start - word.value.length;
  if (!word.dynamic && surplus === 0)
    return { start: word.start + from, end: word.start + Math.max(to, from + 1) };
  return { start: word.start, end: word.end };
}

/** Where something is missing: right behind what was read last. */
export function behind(words: readonly Word[], at: number, statement: Statement): Span {
  const last = at > 0 ? words[at - 1] : undefined;
  return last ?? statement.keyword;
}

/** True for the kinds of sections whose lines configure traffic. */
export function isProxy(kind: string): boolean {
  return kind === 'frontend' || kind === 'backend' || kind === 'listen' || kind === 'defaults';
}

export function hasFrontendSide(kind: string): boolean {
  return kind === 'frontend' || kind === 'listen' || kind === 'defaults';
}

export function hasBackendSide(kind: string): boolean {
  return kind === 'backend' || kind === 'listen' || kind === 'defaults';
}
