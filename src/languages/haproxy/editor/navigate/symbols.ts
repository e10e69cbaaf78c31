import type { SymbolUse } from '../../../core/language/language';
import { keywordTable } from '../../schema/keywords/tables';
import { PREDEFINED_ACLS } from '../../check/expressions/predefined-acls';
import type { HaproxySubject } from '../../subject';
import type { HaproxyDocument, Section, Statement } from '../../syntax/document';
import type { Word } from '../../syntax/word';
import type { Call } from '../cursor/expression-parts';
import { lineSlots } from '../cursor/line-slots';
import { namesOf, type Names } from '../../model/names';
import type { DefinedKind, Slot } from '../cursor/slot';
import { sourceSpans, type SourceSpan } from '../cursor/source-map';
import { argumentTypes, callsIn } from '../cursor/word-parts';
import { SECTION_TYPES } from '../../schema/section-types';

/** Every name a configuration defines or uses, in the order of the file. */
export function symbolUses({ document }: HaproxySubject): readonly SymbolUse[] {
  const names = namesOf(document);
  return document.sections.flatMap((section, at) => {
    const collector = new SectionSymbols(document, names, section, at);
    for (const statement of [section.header, ...section.statements]) collector.statement(statement);
    return collector.found;
  });
}

/** Whether two uses speak of one thing. */
export function isSame(a: SymbolUse, b: SymbolUse): boolean {
  return a.kind === b.kind && a.name === b.name && a.scope === b.scope;
}

/** Key of the scope that servers of a proxy live in. */
const serverScope = (proxy: string): string => `proxy ${proxy}`;

const VARIABLE = /^(?:proc|p?sess|p?txn|p?req|p?res|check)\.[A-Za-z0-9_.]+$/;
const SETS_VARIABLE = /^(?:set-var|set-var-fmt|do-resolve)$/;

const NOWHERE: SourceSpan = { start: 0, end: 0, exact: false };

/** Collects the names of one section. */
class SectionSymbols {
  readonly found: SymbolUse[] = [];
  /** Places within the word that is looked at. */
  private spanOf: (from: number, to: number) => SourceSpan = () => NOWHERE;
  private readonly owner: string;
  private readonly own: string;

  constructor(
    private readonly document: HaproxyDocument,
    private readonly names: Names,
    private readonly section: Section,
    at: number,
  ) {
    this.owner = section.name?.value ?? '';
    this.own = `section ${at}`;
  }

  statement({ line, uncertain }: Statement): void {
    if (line.fault !== undefined && uncertain) return;
    const slots = lineSlots(line.words, this.section.kind, this.document.version);
    line.words.forEach((word, at) => {
      this.spanOf = sourceSpans(this.document.text, word);
      this.word(word, slots[at] ?? []);
    });
  }

  private word(word: Word, slots: readonly Slot[]): void {
    for (const slot of slots) {
      if (slot.kind === 'definition') this.define(slot.of, word);
      else if (slot.kind === 'value') this.value(slot.type, word);
      else if (slot.kind === 'term') this.term(word);
      else if (slot.kind === 'action' || (slot.kind === 'words' && word.value.includes('(')))
        this.action(word);
    }
    for (const call of callsIn(word, slots)) this.call(word, call);
  }

  private add(
    kind: string,
    word: Word,
    role: SymbolUse['role'],
    scope?: string,
    from = 0,
    to = word.value.length,
  ): void {
    const name = word.value.slice(from, to);
    const span = this.spanOf(from, to);
    if (name === '' || word.dynamic || !span.exact) return;
    const range = this.document.range(span);
    this.found.push({ kind, name, range, role, ...(scope === undefined ? {} : { scope }) });
  }

  private define(of: DefinedKind, word: Word): void {
    if (of === 'section') {
      if (word === this.section.name) this.add(this.section.kind, word, 'definition');
    } else if (of === 'acl') this.add('acl', word, 'definition', this.own);
    else if (of === 'server') this.add('server', word, 'definition', serverScope(this.owner));
    else if (of === 'table') this.add('table', word, 'definition', serverScope(this.owner));
    else this.add(of, word, 'definition', this.own);
  }

  private value(type: string, word: Word): void {
    if (SECTION_TYPES.has(type)) return this.add(type, word, 'use');
    switch (type) {
      case 'backend':
        return this.add(this.backendKind(word.value), word, 'use');
      case 'use-backend':
        if (!word.value.includes('%[')) this.add(this.backendKind(word.value), word, 'use');
        return;
      case 'use-server':
        if (!word.value.includes('%[')) this.add('server', word, 'use', serverScope(this.owner));
        return;
      case 'table':
        return this.table(word, 0, word.value.length);
      case 'track':
        return this.server(word, 0, word.value.length);
      case 'log-target':
        return this.logTarget(word);
      case 'users':
      case 'groups':
        return this.list(type === 'users' ? 'user' : 'group', word);
    }
  }

  private backendKind(name: string): string {
    return this.names.backends.get(name) ?? 'backend';
  }

  private frontendKind(name: string): string {
    return this.names.frontends.get(name) ?? 'frontend';
  }

  private logTarget(word: Word): void {
    const [, kind = '', name = ''] = /^(ring|backend)@(.*)$/s.exec(word.value) ?? [];
    if (name === '') return;
    this.add(kind === 'ring' ? 'ring' : this.backendKind(name), word, 'use', undefined, kind.length + 1);
  }

  private list(kind: string, word: Word): void {
    for (const match of word.value.matchAll(/[^,]+/g)) {
      this.add(kind, word, 'use', this.own, match.index, match.index + match[0].length);
    }
  }

  /** `server` of this backend, or `backend/server`. */
  private server(word: Word, from: number, to: number): void {
    const text = word.value.slice(from, to);
    const slash = text.indexOf('/');
    if (slash < 0) return this.add('server', word, 'use', serverScope(this.owner), from, to);
    const backend = text.slice(0, slash);
    this.add(this.backendKind(backend), word, 'use', undefined, from, from + slash);
    this.add('server', word, 'use', serverScope(backend), from + slash + 1, to);
  }

  /** The table of a proxy, or `peers/table`. */
  private table(word: Word, from: number, to: number): void {
    const text = word.value.slice(from, to);
    const slash = text.indexOf('/');
    if (slash >= 0) {
      this.add('peers', word, 'use', undefined, from, from + slash);
      this.add('table', word, 'use', serverScope(text.slice(0, slash)), from + slash + 1, to);
    } else if (this.names.backends.has(text))
      this.add(this.backendKind(text), word, 'use', undefined, from, to);
    else if (this.names.frontends.has(text))
      this.add(this.frontendKind(text), word, 'use', undefined, from, to);
    else this.add('backend', word, 'use', undefined, from, to);
  }

  private term(word: Word): void {
    const bangs = /^!*/.exec(word.value)?.[0].length ?? 0;
    const name = word.value.slice(bangs);
    const joins = name === '||' || name.toLowerCase() === 'or' || name === '{' || name === '}';
    if (joins || PREDEFINED_ACLS.has(name)) return;
    this.add('acl', word, 'use', this.own, bangs);
  }

  /** `set-var(txn.x)`, `do-resolve(txn.ip,dns)`. */
  private action(word: Word): void {
    const open = word.value.indexOf('(');
    if (open < 0) return;
    const name = word.value.slice(0, open);
    const inner = /^[^)]*/.exec(word.value.slice(open + 1))?.[0] ?? '';
    const comma = inner.indexOf(',');
    const first = comma < 0 ? inner : inner.slice(0, comma);
    if (VARIABLE.test(first)) {
      const role = SETS_VARIABLE.test(name) ? 'definition' : 'use';
      this.add('variable', word, role, undefined, open + 1, open + 1 + first.length);
    }
    if (name !== 'do-resolve' || comma < 0) return;
    const second = inner.slice(comma + 1).split(',')[0] ?? '';
    const start = open + 1 + comma + 1;
    this.add('resolvers', word, 'use', undefined, start, start + second.length);
  }

  private call(word: Word, call: Call): void {
    const types = argumentTypes(call, keywordTable(this.document.version));
    call.args.forEach(({ text, start, end }, at) => {
      if (text === '' || /["'\\]/.test(text)) return;
      switch (types[at] ?? '') {
        case 'backend':
          return this.add(this.backendKind(text), word, 'use', undefined, start, end);
        case 'frontend':
          return this.add(this.frontendKind(text), word, 'use', undefined, start, end);
        case 'server':
          return this.server(word, start, end);
        case 'table':
          return this.table(word, start, end);
        case 'user list':
          return this.add('userlist', word, 'use', undefined, start, end);
        default:
          return this.text(word, call, start, end);
      }
    });
  }

  /** Arguments that are plain text for the tables: variables, ACLs of `acl(…)`. */
  private text(word: Word, call: Call, start: number, end: number): void {
    const text = word.value.slice(start, end);
    if (VARIABLE.test(text)) {
      const role = call.name === 'set-var' ? 'definition' : 'use';
      this.add('variable', word, role, undefined, start, end);
    } else if (call.name === 'acl' && call.role === 'fetch') {
      const bangs = /^!*/.exec(text)?.[0].length ?? 0;
      this.add('acl', word, 'use', this.own, start + bangs, end);
    }
  }
}
