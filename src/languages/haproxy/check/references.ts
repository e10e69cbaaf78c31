import { append } from '../../core/data/append';
import { lazy } from '../../core/data/lazy';
import { atLeast, type HaproxyVersion } from '../schema/version';
import type { HaproxyDocument, Section, Statement } from '../syntax/document';
import type { Collector } from './collector';
import type { Reference } from './scope';
import { hasBackendSide, hasFrontendSide, isProxy } from './scope';

/** Names a document defines, for looking up references; sections are added as they are read. */
export class Definitions {
  readonly backends = new Set<string>();
  readonly frontends = new Set<string>();
  readonly tables = new Set<string>();
  readonly sections = new Map<string, Set<string>>();
  /** Sections that add servers under names nobody can list here. */
  readonly open = new Set<string>();
  private readonly named = lazy(() => {
    const named = new Map<string, Section[]>();
    for (const section of this.document.sections) append(named, section.name?.value ?? '', section);
    return named;
  });
  private readonly known = new Map<string, ReadonlySet<string>>();

  constructor(private readonly document: HaproxyDocument) {}

  add(section: Section): void {
    const name = section.name?.value ?? '';
    if (hasBackendSide(section.kind) && section.kind !== 'defaults') this.backends.add(name);
    if (hasFrontendSide(section.kind) && section.kind !== 'defaults') this.frontends.add(name);
    const group = this.sections.get(section.kind) ?? new Set();
    this.sections.set(section.kind, group.add(name));
    for (const statement of section.statements) this.define(section, statement, name);
  }

  /** Servers of the sections of a name. */
  servers(owner: string): ReadonlySet<string> {
    const known = this.known.get(owner);
    if (known !== undefined) return known;
    const servers = new Set<string>();
    for (const { statements } of this.named().get(owner) ?? []) {
      for (const { keyword, args } of statements) {
        if (keyword.value === 'server' && args[0] !== undefined) servers.add(args[0].value);
      }
    }
    this.known.set(owner, servers);
    return servers;
  }

  private define(section: Section, { keyword, args }: Statement, name: string): void {
    const [first] = args;
    if (keyword.value === 'server') {
      if (first?.dynamic === true) this.open.add(name);
    } else if (keyword.value === 'server-template') this.open.add(name);
    else if (keyword.value === 'stick-table') this.tables.add(name);
    else if (keyword.value === 'table' && section.kind === 'peers' && first !== undefined) {
      this.tables.add(`${name}/${first.value}`);
    }
  }
}

/** Looks every reference up, and reports names that are given twice. */
export function checkReferences(
  document: HaproxyDocument,
  definitions: Definitions,
  stopped: ReadonlySet<Section>,
  collector: Collector,
): void {
  for (const reference of collector.references) {
    if (stopped.has(reference.section) && OF_RUNNING.has(reference.kind)) continue;
    checkReference(reference, definitions, collector);
  }
  checkDefaults(document, collector);
  checkDuplicateSections(document, collector);
}

/** Names that HAProxy looks for when a section runs; others it looks for where they are written. */
const OF_RUNNING: ReadonlySet<Reference['kind']> = new Set([
  'backend',
  'frontend',
  'table',
  'cache',
  'mailers',
  'resolvers',
  'userlist',
]);

function checkReference(reference: Reference, definitions: Definitions, collector: Collector): void {
  const { kind, name, span } = reference;
  switch (kind) {
    case 'backend':
      if (definitions.backends.has(name)) return checkLoop(reference, collector);
      return collector.add(
        'backend-reference',
        span,
        `There is no backend "${name}".`,
        among(collector, name, definitions.backends, 'Add the section, or correct the name.'),
      );
    case 'frontend':
      if (definitions.frontends.has(name)) return;
      return collector.add(
        'backend-reference',
        span,
        `There is no frontend "${name}".`,
        among(collector, name, definitions.frontends, 'Add the section, or correct the name.'),
      );
    case 'table':
      if (definitions.tables.has(name) || name.startsWith('@')) return;
      return collector.add(
        'table-reference',
        span,
        `No section "${name}" holds a stick-table.`,
        'Add a stick-table to that section, or correct the name.',
      );
    case 'server':
      return checkServerReference(reference, definitions, collector);
    case 'cache':
    case 'fcgi-app':
    case 'healthcheck':
    case 'http-errors':
    case 'log-profile':
    case 'mailers':
    case 'peers':
    case 'resolvers':
    case 'ring':
    case 'userlist':
      return checkSectionReference(reference, definitions, collector);
  }
}

function checkLoop({ name, section, span, read }: Reference, collector: Collector): void {
  if (read === true || !hasBackendSide(section.kind) || section.name?.value !== name) return;
  collector.add('backend-reference', span, `"${name}" sends its traffic to itself.`, 'Name another backend.');
}

/** Among more names none is searched for: each unknown name would be compared with each known one. */
const MOST_NAMES = 300;

function among(collector: Collector, name: string, known: ReadonlySet<string>, otherwise: string): string {
  if (known.size > MOST_NAMES) return otherwise;
  const remedy = collector.suggest(name, known);
  return remedy.startsWith('Use one') ? otherwise : remedy;
}

function checkServerReference(reference: Reference, definitions: Definitions, collector: Collector): void {
  const [left = '', right] = reference.name.split('/');
  const owner = right === undefined ? (reference.section.name?.value ?? '') : left;
  const server = right ?? left;
  if (definitions.open.has(owner) || definitions.servers(owner).has(server)) return;
  if (right !== undefined && !definitions.backends.has(owner)) {
    return collector.add(
      'server-reference',
      reference.span,
      `There is no backend "${owner}".`,
      'Write backend/server.',
    );
  }
  const known = definitions.servers(owner);
  const message = `There is no server "${server}" in "${owner}".`;
  collector.add(
    'server-reference',
    reference.span,
    message,
    among(collector, server, known, 'Add the server, or correct the name.'),
  );
}

function checkSectionReference(reference: Reference, definitions: Definitions, collector: Collector): void {
  const { kind, name, span } = reference;
  const known = definitions.sections.get(kind) ?? new Set<string>();
  if (known.has(name)) return;
  // These two are always there.
  if ((kind === 'resolvers' && name === 'default') || (kind === 'ring' && name === 'buf0')) return;
  const message = `There is no section "${kind} ${name}".`;
  const severity = kind === 'mailers' && !needsMailers(reference.section) ? 'warning' : 'error';
  const remedy = among(collector, name, known, 'Add the section, or correct the name.');
  collector.add('section-reference', span, message, remedy, { severity });
}

/** HAProxy goes on without mails, unless everything else about them is set. */
function needsMailers({ statements }: Section): boolean {
  const said = statements
    .filter(({ keyword }) => keyword.value === 'email-alert')
    .map(({ args }) => args[0]?.value);
  return said.includes('from') && said.includes('to');
}

/** `from` must name a defaults section above, and exactly one. */
function checkDefaults(document: HaproxyDocument, collector: Collector): void {
  const seen: SeenDefaults = {
    above: new Set(),
    twice: new Set(),
    named: new Set(),
    taken: new Set(),
    last: undefined,
  };
  for (const section of document.sections) {
    if (!isProxy(section.kind)) continue;
    checkFrom(section, seen, document.version, collector);
    if (section.kind === 'defaults') defineDefaults(section, seen, document.version, collector);
  }
}

interface SeenDefaults {
  readonly above: Set<string>;
  /** Names that stand above more than once. */
  readonly twice: Set<string>;
  /** Names that a `from` mentions. */
  readonly named: Set<string>;
  /** Names of sections that proxies without a `from` inherit. */
  readonly taken: Set<string>;
  last: string | undefined;
}

function checkFrom(
  section: Section,
  seen: SeenDefaults,
  version: HaproxyVersion,
  collector: Collector,
): void {
  const { from, header } = section;
  const inherited = from?.value ?? (section.kind === 'defaults' ? undefined : seen.last);
  if (inherited !== undefined) (from === undefined ? seen.taken : seen.named).add(inherited);
  if (header.uncertain || from?.dynamic === true || inherited === undefined) return;
  if (from === undefined || seen.above.has(inherited)) {
    if (from !== undefined && seen.twice.has(inherited) && !atLeast(version, '3.2')) {
      const message = `Several sections "defaults ${inherited}" stand above; it is not clear which one counts.`;
      collector.add('duplicate-section', from, message, 'Give each defaults section its own name.');
    } else if (seen.named.has(inherited) && seen.taken.has(inherited) && !atLeast(version, '3.0')) {
      const message = `"defaults ${inherited}" is inherited here by its name and there by its place, or the other way.`;
      const remedy = 'Write "from" in every section, or in none.';
      collector.add('duplicate-section', from ?? header.keyword, message, remedy, { severity: 'warning' });
    }
    return;
  }
  const message = `No "defaults ${inherited}" stands above this section.`;
  const remedy = among(collector, inherited, seen.above, 'Name a defaults section above.');
  collector.add('section-reference', from, message, remedy);
}

function defineDefaults(
  section: Section,
  seen: SeenDefaults,
  version: HaproxyVersion,
  collector: Collector,
): void {
  const { name } = section;
  seen.last = name?.value;
  if (name === undefined) return;
  if (seen.above.has(name.value)) {
    seen.twice.add(name.value);
    if (atLeast(version, '3.2') && seen.named.has(name.value) && !section.header.uncertain) {
      const message = `"defaults ${name.value}" is in use already and cannot be replaced.`;
      collector.add('duplicate-section', name, message, 'Give each defaults section its own name.');
    }
  }
  seen.above.add(name.value);
}

/** Kinds of sections whose names must differ, and from which branch on HAProxy refuses it. */
const UNIQUE: ReadonlySet<string> = new Set([
  'mailers',
  'peers',
  'resolvers',
  'cache',
  'ring',
  'http-errors',
  'fcgi-app',
  'acme',
  'log-profile',
  'healthcheck',
  'log-forward',
]);

function checkDuplicateSections(document: HaproxyDocument, collector: Collector): void {
  const seen = new Map<string, Section>();
  for (const section of document.sections) {
    const { name } = section;
    if (name === undefined || name.dynamic || section.header.uncertain) continue;
    for (const key of keysOf(section.kind, name.value, document.version)) {
      const first = seen.get(key);
      if (first === undefined) seen.set(key, section);
      else {
        const message = `"${name.value}" already names a ${first.kind}.`;
        const related = { span: first.header.keyword, message: 'the first one' };
        const severity = section.kind === 'userlist' ? 'warning' : 'error';
        collector.add('duplicate-section', name, message, 'Give each its own name.', { related, severity });
        break;
      }
    }
  }
}

function keysOf(kind: string, name: string, version: HaproxyVersion): string[] {
  if (kind === 'defaults') return [];
  if (!isProxy(kind)) return UNIQUE.has(kind) || kind === 'userlist' ? [`${kind} ${name}`] : [];
  if (atLeast(version, '3.4')) return [`proxy ${name}`];
  return [
    ...(hasFrontendSide(kind) ? [`front ${name}`] : []),
    ...(hasBackendSide(kind) ? [`back ${name}`] : []),
  ];
}
