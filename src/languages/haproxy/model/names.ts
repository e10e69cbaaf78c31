import { hasBackendSide, hasFrontendSide } from '../check/scope';
import type { HaproxyDocument, Section } from '../syntax/document';
import type { Word } from '../syntax/word';
import { append } from '../../core/data/append';

/** Names a document defines, for completion and for telling what a use refers to. */
export interface Names {
  /** Sections by kind and name. */
  readonly sections: ReadonlyMap<string, ReadonlyMap<string, Section>>;
  /** Kind of the section behind a name: `backend` or `listen`. */
  readonly backends: ReadonlyMap<string, string>;
  /** `frontend` or `listen`. */
  readonly frontends: ReadonlyMap<string, string>;
  /** Servers by the name of their backend. */
  readonly servers: ReadonlyMap<string, readonly Word[]>;
  /** Sections with a stick table, and `peers/table`. */
  readonly tables: ReadonlySet<string>;
  readonly variables: ReadonlySet<string>;
}

/** Collects the names of a document. */
export function namesOf(document: HaproxyDocument): Names {
  const sections = new Map<string, Map<string, Section>>();
  const backends = new Map<string, string>();
  const frontends = new Map<string, string>();
  const servers = new Map<string, Word[]>();
  const tables = new Set<string>();
  for (const section of document.sections) {
    const name = section.name?.value;
    if (name === undefined) continue;
    const group = sections.get(section.kind) ?? new Map<string, Section>();
    if (!group.has(name)) group.set(name, section);
    sections.set(section.kind, group);
    if (section.kind !== 'defaults' && hasBackendSide(section.kind)) backends.set(name, section.kind);
    if (section.kind !== 'defaults' && hasFrontendSide(section.kind)) frontends.set(name, section.kind);
    for (const { keyword, args } of section.statements) {
      const [first] = args;
      if (keyword.value === 'stick-table') tables.add(name);
      if (first === undefined) continue;
      if (keyword.value === 'table' && section.kind === 'peers') tables.add(`${name}/${first.value}`);
      if (keyword.value === 'server') append(servers, name, first);
    }
  }
  return { sections, backends, frontends, servers, tables, variables: variablesOf(document) };
}

const VARIABLE = /\b(?:set-var(?:-fmt)?|var)\(((?:proc|p?sess|p?txn|p?req|p?res|check)\.[A-Za-z0-9_.]+)/g;

function variablesOf({ text }: HaproxyDocument): ReadonlySet<string> {
  return new Set([...text.matchAll(VARIABLE)].map((match) => match[1] ?? ''));
}

/** ACLs a section declares, each name with its declarations in order. */
export function aclsOf(section: Section | undefined): ReadonlyMap<string, readonly Word[]> {
  const acls = new Map<string, Word[]>();
  for (const { keyword, args } of section?.statements ?? []) {
    const [name] = args;
    if (keyword.value !== 'acl' || name === undefined) continue;
    append(acls, name.value, name);
  }
  return acls;
}
