import { atLeast, type HaproxyVersion } from '../schema/version';
import type { HaproxyDocument, Section, Statement } from '../syntax/document';
import type { Collector } from './collector';
import type { Reference } from './scope';
import { hasBackendSide, hasFrontendSide, isProxy } from './scope';

/** Names a document defines, for looking up references. */
interface Definitions {
  readonly backends: ReadonlySet<string>;
  readonly frontends: ReadonlySet<string>;
  /** Servers by the section they stand in. */
  readonly servers: ReadonlyMap<string, ReadonlySet<string>>;
  readonly tables: ReadonlySet<string>;
  readonly sections: ReadonlyMap<string, ReadonlySet<string>>;
  /** Sections that add servers under names nobody can list here. */
  readonly open: ReadonlySet<string>;
}

/** Looks every reference up, and reports names that are given twice. */
export function checkReferences(document: HaproxyDocument, collector: Collector): void {
  const definitions = collectDefinitions(document);
  for (const reference of collector.references) checkReference(reference, definitions, collector);
  checkDefaults(document, collector);
  checkDuplicateSections(document, collector);
  for (const section of document.sections) checkDuplicateServers(section, collector);
}

function collectDefinitions(document: HaproxyDocument): Definitions {
  const backends = new Set<string>();
  const frontends = new Set<string>();
  const servers = new Map<string, Set<string>>();
  const tables = new Set<string>();
  const sections = new Map<string, Set<string>>();
  const open = new Set<string>();
  for (const section of document.sections) {
    const name = section.name?.value ?? '';
    if (hasBackendSide(section.kind) && section.kind !== 'defaults') backends.add(name);
    if (hasFrontendSide(section.kind) && section.kind !== 'defaults') frontends.add(name);
    const group = sections.get(section.kind) ?? new Set();
    sections.set(section.kind, group.add(name));
    const own = servers.get(name) ?? new Set();
    servers.set(name, own);
    for (const statement of section.statements) define(section, statement, { own, tables, open, name });
  }
  return { backends, frontends, servers, tables, sections, open };
}

function define(
  section: Section,
  { keyword, args }: Statement,
  into: { own: Set<string>; tables: Set<string>; open: Set<string>; name: string },
): void {
  const [first] = args;
  if (keyword.value === 'server' && first !== undefined) {
    if (first.dynamic) into.open.add(into.name);
    into.own.add(first.value);
  } else if (keyword.value === 'server-template') into.open.add(into.name);
  else if (keyword.value === 'stick-table') into.tables.add(into.name);
  else if (keyword.value === 'table' && section.kind === 'peers' && first !== undefined) {
    into.tables.add(`${into.name}/${first.value}`);
  }
}

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

function checkLoop({ name, section, span }: Reference, collector: Collector): void {
  if (section.kind !== 'listen' || section.name?.value !== name) return;
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
  if (definitions.open.has(owner) || definitions.servers.get(owner)?.has(server) === true) return;
  if (right !== undefined && !definitions.backends.has(owner)) {
    return collector.add(
      'server-reference',
      reference.span,
      `There is no backend "${owner}".`,
      'Write backend/server.',
    );
  }
  const known = definitions.servers.get(owner) ?? new Set();
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
  if (kind === 'resolvers' && name === 'default') return;
  const message = `There is no section "${kind} ${name}".`;
  // HAProxy goes on without mails, unless everything else about them is set.
  const severity = kind === 'mailers' ? 'warning' : 'error';
  const remedy = among(collector, name, known, 'Add the section, or correct the name.');
  collector.add('section-reference', span, message, remedy, { severity });
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
  'peers',
  'mailers',
  'resolvers',
  'cache',
  'ring',
  'http-errors',
  'fcgi-app',
  'acme',
  'log-profile',
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

function checkDuplicateServers(section: Section, collector: Collector): void {
  if (!hasBackendSide(section.kind)) return;
  const seen = new Map<string, Statement>();
  for (const statement of section.statements) {
    const [name] = statement.args;
    if (statement.keyword.value !== 'server' || name === undefined || name.dynamic || statement.uncertain)
      continue;
    const first = seen.get(name.value);
    if (first === undefined) seen.set(name.value, statement);
    else {
      const related = { span: first.args[0] ?? first.keyword, message: 'the first one' };
      const message = `The server "${name.value}" stands twice in "${section.name?.value ?? ''}".`;
      collector.add('duplicate-server', name, message, 'Give each server its own name.', { related });
    }
  }
}
