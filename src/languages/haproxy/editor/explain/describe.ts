import { isProxy } from '../../check/scope';
import { OPTIONS } from '../../check/lines/options';
import { branchesWith, type KeywordTable } from '../../schema/keywords/tables';
import { unlistedActions } from '../../schema/actions';
import { CLASSIC_GLOBAL_KEYWORDS, UNLISTED_GLOBAL_KEYWORDS } from '../../schema/global';
import { CLASSIC_PROXY_KEYWORDS } from '../../schema/proxy';
import {
  DEPRECATED,
  REMOVED_GLOBAL,
  REMOVED_OPTIONS,
  REMOVED_PROXY,
  type Removal,
} from '../../schema/removed';
import { sectionSpan } from '../../syntax/document';
import { atLeast, HAPROXY_VERSIONS, type HaproxyVersion } from '../../schema/version';
import { ACTION_DOCS, ALIAS_DOCS } from '../../schema/descriptions/actions';
import { GLOBAL_DOCS } from '../../schema/descriptions/global';
import { BIND_DOCS, OPTION_DOCS, SERVER_DOCS } from '../../schema/descriptions/options';
import { PROXY_DOCS } from '../../schema/descriptions/proxy';
import { CONVERTER_DOCS, FETCH_DOCS } from '../../schema/descriptions/samples';
import { SECTION_DOCS, SMALL_SECTION_DOCS } from '../../schema/descriptions/sections';

/** What a word of a configuration is, for looking its description up. */
export type Described =
  | { readonly kind: 'section' | 'option' | 'bind' | 'server' | 'fetch' | 'converter' | 'alias' }
  | { readonly kind: 'keyword'; readonly section: string }
  | { readonly kind: 'action'; readonly ruleset: string };

/** A short description in own words; undefined where there is none. */
export function descriptionOf(what: Described, name: string): string | undefined {
  switch (what.kind) {
    case 'section':
      return SECTION_DOCS.get(name);
    case 'keyword':
      if (isProxy(what.section)) return PROXY_DOCS.get(name);
      return what.section === 'global'
        ? GLOBAL_DOCS.get(name)
        : SMALL_SECTION_DOCS.get(`${what.section} ${name}`);
    case 'option':
      return OPTION_DOCS.get(name);
    case 'bind':
      return BIND_DOCS.get(name);
    case 'server':
      return SERVER_DOCS.get(name);
    case 'action':
      return ACTION_DOCS.get(name);
    case 'fetch':
      return FETCH_DOCS.get(name);
    case 'converter':
      return CONVERTER_DOCS.get(name);
    case 'alias':
      return ALIAS_DOCS.get(name);
  }
}

/** Which of the covered branches know it, in a sentence; undefined when all do or nothing is known. */
export function availabilityOf(what: Described, name: string, version: HaproxyVersion): string | undefined {
  const removal = removalOf(what, name);
  if (removal !== undefined) return `Removed in HAProxy ${removal.since}. ${removal.remedy}`;
  const old = deprecationOf(what, name);
  const warning =
    old !== undefined && atLeast(version, old.since) ? ` Deprecated since ${old.since}. ${old.remedy}` : '';
  const branches = branchesOf(what, name);
  const text = branches.length === 0 ? '' : spanOf(branches);
  const all = `${text}${warning}`.trim();
  return all === '' ? undefined : all;
}

function spanOf(branches: readonly HaproxyVersion[]): string {
  const [first] = branches;
  const last = branches.at(-1);
  if (first === undefined || last === undefined || branches.length === HAPROXY_VERSIONS.length) return '';
  const before = HAPROXY_VERSIONS[HAPROXY_VERSIONS.indexOf(first) - 1];
  const after = HAPROXY_VERSIONS[HAPROXY_VERSIONS.indexOf(last) + 1];
  const since = before === undefined ? '' : `Since HAProxy ${first} (${before} does not know it). `;
  return `${since}${after === undefined ? '' : `Up to HAProxy ${last} (${after} does not know it).`}`.trim();
}

function removalOf(what: Described, name: string): Removal | undefined {
  if (what.kind === 'option') return REMOVED_OPTIONS.get(name);
  if (what.kind !== 'keyword') return undefined;
  if (isProxy(what.section)) return REMOVED_PROXY.get(name);
  return what.section === 'global' ? REMOVED_GLOBAL.get(name) : undefined;
}

function deprecationOf(what: Described, name: string): Removal | undefined {
  if (what.kind === 'option') return DEPRECATED.get(`option ${name}`);
  if (what.kind !== 'keyword') return undefined;
  return DEPRECATED.get(`${what.section === 'global' ? 'global' : 'proxy'} ${name}`);
}

/** Branches that know a name, oldest first; empty when that cannot be said. */
export function branchesOf(what: Described, name: string): readonly HaproxyVersion[] {
  switch (what.kind) {
    case 'section':
      return sectionBranches(name);
    case 'keyword':
      return keywordBranches(what.section, name);
    case 'option':
      return optionBranches(name);
    case 'bind':
      return branchesWith((table) => table.bind.has(name));
    case 'server':
      return branchesWith((table) => table.server.has(name));
    case 'action':
      return branchesWith((table) => hasAction(table, what.ruleset, name));
    case 'fetch':
      return branchesWith((table) => table.fetches.has(name) || table.acl.has(name));
    case 'converter':
      return branchesWith((table) => table.converters.has(name));
    case 'alias':
      return name === 'OG' ? ['3.2', '3.4'] : [];
  }
}

function sectionBranches(name: string): readonly HaproxyVersion[] {
  const span = sectionSpan(name);
  if (span === undefined) return [];
  return HAPROXY_VERSIONS.filter((version) => {
    if (span.since !== undefined && !atLeast(version, span.since)) return false;
    return span.until === undefined || version === span.until || !atLeast(version, span.until);
  });
}

function keywordBranches(section: string, name: string): readonly HaproxyVersion[] {
  const [first = ''] = name.split(' ');
  if (isProxy(section)) {
    if (CLASSIC_PROXY_KEYWORDS.has(first)) return [];
    return branchesWith((table) => table.sections.get('listen')?.has(first) === true);
  }
  if (section !== 'global') return branchesWith((table) => table.sections.get(section)?.has(first) === true);
  if (CLASSIC_GLOBAL_KEYWORDS.has(first)) return [];
  const span = UNLISTED_GLOBAL_KEYWORDS.get(first);
  if (span !== undefined) {
    const { since, until } = span;
    const ended = (version: HaproxyVersion): boolean =>
      until !== undefined && version !== until && atLeast(version, until);
    return HAPROXY_VERSIONS.filter((version) => atLeast(version, since) && !ended(version));
  }
  return branchesWith((table) => table.sections.get('global')?.has(first) === true);
}

function optionBranches(name: string): readonly HaproxyVersion[] {
  const special = OPTIONS.get(name);
  if (special === undefined) return branchesWith((table) => table.options.has(name));
  const { since } = special;
  if (since === undefined) return [];
  return HAPROXY_VERSIONS.filter((version) => atLeast(version, since) || listed(version, name));
}

function listed(version: HaproxyVersion, name: string): boolean {
  return branchesWith((table) => table.options.has(name)).includes(version);
}

/** True when a branch has the action in this rule set. */
export function hasAction(table: KeywordTable, ruleset: string, name: string): boolean {
  const names = [...(table.actions.get(ruleset) ?? []), ...unlistedActions(ruleset)];
  return names.some((known) => (known.endsWith('*') ? name.startsWith(known.slice(0, -1)) : known === name));
}

/** Address in HAProxy's manual, as near as its chapters are the same in all branches. */
export function manualLink(what: Described, name: string, version: HaproxyVersion): string {
  const page = `https://docs.haproxy.org/${version}/configuration.html`;
  switch (what.kind) {
    case 'section':
      return page;
    case 'keyword':
      if (isProxy(what.section)) return `${page}#4.2-${encodeURIComponent(name)}`;
      return what.section === 'global' ? `${page}#3` : page;
    case 'option':
      return `${page}#4.2-${encodeURIComponent(`option ${name}`)}`;
    case 'bind':
      return `${page}#5.1-${encodeURIComponent(name)}`;
    case 'server':
      return `${page}#5.2-${encodeURIComponent(name)}`;
    case 'action':
      return `${page}#4.2-${encodeURIComponent(what.ruleset.split(' ')[0] ?? '')}`;
    case 'fetch':
      return `${page}#7.3`;
    case 'converter':
      return `${page}#7.3.1-${encodeURIComponent(name)}`;
    case 'alias':
      return `${page}#8.2`;
  }
}
