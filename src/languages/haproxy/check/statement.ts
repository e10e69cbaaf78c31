import { checkAcl } from './expressions/acl';
import { branchesWith, type KeywordTable } from '../schema/keywords/tables';
import { CLASSIC_GLOBAL_KEYWORDS, GLOBAL_KEYWORDS, UNLISTED_GLOBAL_KEYWORDS } from '../schema/global';
import type { Keyword, KeywordMap } from '../schema/keyword';
import { ARGUMENTS_SINCE, CLASSIC_PROXY_KEYWORDS, NEEDED_SINCE, PROXY_KEYWORDS } from '../schema/proxy';
import { DEPRECATED, REMOVED_GLOBAL, REMOVED_PROXY, type Removal } from '../schema/removed';
import { SECTION_KEYWORDS } from '../schema/sections';
import { sectionSpan, SECTION_NAMES } from '../syntax/document';
import { atLeast } from '../schema/version';
import { checkBindAddress } from './values/addresses';
import { checkExperimental } from './experimental';
import { matchAll } from './match';
import { behind, hasBackendSide, hasFrontendSide, isProxy, type Scope } from './scope';
import { PLACES, SPECIAL } from './lines/special';

/** Checks one directive of a section. */
export function checkStatement(scope: Scope): void {
  const { keyword } = scope.statement;
  if (keyword.dynamic || !checkModifier(scope)) return;
  if (isProxy(scope.kind)) checkProxyStatement(scope);
  else if (scope.kind === 'global') checkGlobalStatement(scope);
  else checkSectionStatement(scope);
}

const NEGATABLE = new Set([
  'option',
  'log',
  'busy-polling',
  'set-dumpable',
  'strict-limits',
  'insecure-fork-wanted',
  'insecure-setuid-wanted',
  'numa-cpu-mapping',
  'h2-workaround-bogus-websocket-clients',
]);

function checkModifier(scope: Scope): boolean {
  const { modifier, keyword } = scope.statement;
  if (modifier === undefined || NEGATABLE.has(keyword.value)) return true;
  const message = `"${modifier.value}" cannot stand before "${keyword.value}".`;
  scope.report('modifier', modifier, message, 'It is for options, log and a few global switches only.');
  return false;
}

function checkProxyStatement(scope: Scope): void {
  const name = scope.statement.keyword.value;
  const removed = REMOVED_PROXY.get(name);
  if (removed !== undefined) return reportRemoved(scope, removed);
  const listed = scope.table.sections.get('listen');
  if (!CLASSIC_PROXY_KEYWORDS.has(name) && listed?.has(name) !== true) return reportUnknown(scope, 'listen');
  reportDeprecated(scope, `proxy ${name}`);
  const found = findKeyword(scope, PROXY_KEYWORDS);
  if (found === undefined || !exists(scope, found) || !belongs(scope, found)) return;
  checkArguments(scope, found);
}

/** Whether the branch has the first argument of a keyword of two words. */
function exists(scope: Scope, found: Found): boolean {
  const { keyword, args } = scope.statement;
  const [first] = args;
  const name = `${keyword.value} ${first?.value ?? ''}`;
  const since = found.taken === 0 ? undefined : ARGUMENTS_SINCE.get(name);
  if (since === undefined || first === undefined || atLeast(scope.version, since)) return true;
  scope.report(
    'newer',
    first,
    `HAProxy ${scope.version} does not know "${name}".`,
    `It exists since HAProxy ${since}.`,
  );
  return false;
}

interface Found {
  readonly keyword: Keyword;
  /** Words of the arguments the keyword's name has taken. */
  readonly taken: number;
}

/** The keyword's entry, by two words where one is not enough. Undefined when nothing is known, or after a fault. */
function findKeyword(scope: Scope, map: KeywordMap): Found | undefined {
  const { keyword, args } = scope.statement;
  const [first] = args;
  const one = map.get(keyword.value);
  const both = first === undefined ? undefined : map.get(`${keyword.value} ${first.value}`);
  if (one !== undefined && both !== undefined) return { keyword: both, taken: 1 };
  if (one !== undefined) return { keyword: one, taken: 0 };
  const prefix = `${keyword.value} `;
  const name = first?.value.replace(/\(.*$/s, '') ?? '';
  const two = first === undefined || first.unset ? undefined : map.get(prefix + name);
  if (two !== undefined) return { keyword: two, taken: 1 };
  const seconds = [...map.keys()]
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length));
  if (seconds.length === 0 || first?.unset === true) return undefined;
  if (first === undefined) {
    const what = seconds.join(', ');
    const span = behind(args, 0, scope.statement);
    scope.report('missing-argument', span, `"${keyword.value}" needs one of: ${what}.`, 'Add it.');
    return undefined;
  }
  const message = `"${keyword.value}" does not know "${first.value}".`;
  scope.report('enumeration', first, message, scope.suggest(name, seconds));
  return undefined;
}

/** Whether the keyword may stand in this kind of section; reports when not. */
function belongs(scope: Scope, found: Found): boolean {
  const { keyword } = found;
  const { kind } = scope;
  const { keyword: word, args } = scope.statement;
  if (kind === 'defaults') {
    if (keyword.inDefaults === 'no') {
      const message = `"${word.value}" is not allowed in "defaults".`;
      scope.report('not-in-section', word, message, 'Move it to the sections that need it.');
      return false;
    }
    if (keyword.inDefaults === 'named' && scope.section.name === undefined) {
      const message = `"${word.value}" is allowed only in a "defaults" section with a name.`;
      scope.report('not-in-section', word, message, 'Name the section and refer to it with "from".');
      return false;
    }
    return true;
  }
  if (isAtHome(scope, keyword)) return true;
  const other = keyword.side === 'front' ? 'frontend' : 'backend';
  const refused = keyword.elsewhere === 'refused';
  const written = found.taken > 0 ? `${word.value} ${args[0]?.value ?? ''}` : word.value;
  const message = refused
    ? `"${written}" is not allowed in a ${kind}.`
    : `"${written}" is ignored in a ${kind}.`;
  scope.report(
    refused ? 'not-in-section' : 'ignored-in-section',
    word,
    message,
    `Move it to a ${other} or listen section.`,
  );
  return !refused;
}

/** Whether a section has the side a keyword belongs to. */
function isAtHome({ kind }: Scope, { side }: Keyword): boolean {
  return side === 'front' ? hasFrontendSide(kind) : side !== 'back' || hasBackendSide(kind);
}

function checkArguments(scope: Scope, found: Found): void {
  const { keyword, args } = scope.statement;
  const special = SPECIAL.get(keyword.value);
  if (special !== undefined) return special(scope, args);
  const second = found.taken > 0 ? ` ${args[0]?.value ?? ''}` : '';
  // Where the line is ignored, nothing it reads is asked for.
  const place = isAtHome(scope, found.keyword)
    ? (PLACES.get(keyword.value + second) ?? PLACES.get(keyword.value))
    : undefined;
  const subject = keyword.value + second;
  const needed = NEEDED_SINCE.get(subject);
  if (needed !== undefined && args.length === found.taken && atLeast(scope.version, needed)) {
    const span = behind(args, found.taken, scope.statement);
    return scope.report('missing-argument', span, `"${subject}" needs a value.`, 'Add it.');
  }
  matchAll({ scope, words: args, place, subject }, found.keyword.parts, found.taken);
}

function reportRemoved(scope: Scope, removed: Removal): void {
  const { keyword } = scope.statement;
  if (!atLeast(scope.version, removed.since)) {
    const message = `"${keyword.value}" has no effect any more and ends with HAProxy ${removed.since}.`;
    return scope.report('deprecated', keyword, message, removed.remedy);
  }
  const message = `"${keyword.value}" was removed in HAProxy ${removed.since}.`;
  const edits = [{ start: keyword.start, end: keyword.end, newText: removed.replacement ?? '' }];
  const fix =
    removed.replacement === undefined ? {} : { fix: { title: `Write ${removed.replacement}`, edits } };
  scope.report('removed', keyword, message, removed.remedy, fix);
}

function reportDeprecated(scope: Scope, key: string): void {
  const entry = DEPRECATED.get(key);
  const { keyword } = scope.statement;
  if (entry === undefined || !atLeast(scope.version, entry.since)) return;
  scope.report('deprecated', keyword, `"${keyword.value}" is deprecated.`, entry.remedy);
}

/** A name the branch's section does not know: of another branch, of another section, or of none. */
function reportUnknown(scope: Scope, group: string): void {
  const { keyword } = scope.statement;
  const { kind } = scope;
  const branches = branchesWith((table) => table.sections.get(group)?.has(keyword.value) === true);
  if (branches.length > 0) {
    const message = `HAProxy ${scope.version} does not know "${keyword.value}" in "${kind}".`;
    return scope.report('newer', keyword, message, `It exists in HAProxy ${branches.join(', ')}.`);
  }
  const close = scope.suggest(keyword.value, namesOf(scope.table, group));
  const elsewhere =
    isGlobalName(scope.table, keyword.value) && group !== 'global'
      ? 'It belongs to the global section.'
      : undefined;
  const proxyName =
    group === 'global' && CLASSIC_PROXY_KEYWORDS.has(keyword.value)
      ? 'It belongs to a proxy or defaults section.'
      : undefined;
  const remedy =
    elsewhere ??
    proxyName ??
    (close.startsWith('Use one') ? 'Check its spelling and the section it stands in.' : close);
  const word = /"([^"]+)"\?$/.exec(close)?.[1];
  const edits = [{ start: keyword.start, end: keyword.end, newText: word ?? '' }];
  const fix = word === undefined || elsewhere !== undefined ? {} : { fix: { title: `Write ${word}`, edits } };
  scope.report('unknown-keyword', keyword, `Unknown keyword "${keyword.value}" in "${kind}".`, remedy, fix);
}

/** Words that may begin a line there: keywords of the section, and further sections. */
function* namesOf(table: KeywordTable, group: string): Generator<string> {
  yield* table.sections.get(group) ?? [];
  if (group === 'listen') yield* CLASSIC_PROXY_KEYWORDS;
  if (group === 'global') yield* CLASSIC_GLOBAL_KEYWORDS;
  yield* SECTION_KEYWORDS.get(group)?.keys() ?? [];
  yield* SECTION_NAMES;
}

function isGlobalName(table: KeywordTable, name: string): boolean {
  if (CLASSIC_GLOBAL_KEYWORDS.has(name) || table.sections.get('global')?.has(name) === true) return true;
  const span = UNLISTED_GLOBAL_KEYWORDS.get(name);
  if (span === undefined || !atLeast(table.version, span.since)) return false;
  return span.until === undefined || !atLeast(table.version, span.until) || table.version === span.until;
}

function checkGlobalStatement(scope: Scope): void {
  const { keyword, args } = scope.statement;
  const removed = REMOVED_GLOBAL.get(keyword.value);
  if (removed !== undefined) return reportRemoved(scope, removed);
  if (!isGlobalName(scope.table, keyword.value)) {
    const span = UNLISTED_GLOBAL_KEYWORDS.get(keyword.value);
    if (span === undefined) return reportUnknown(scope, 'global');
    const message = `HAProxy ${scope.version} does not know "${keyword.value}" in "global".`;
    const over = span.until !== undefined && atLeast(scope.version, span.until);
    const remedy = over
      ? `Remove it: it is gone since the branch after HAProxy ${span.until}.`
      : `It exists since HAProxy ${span.since}.`;
    return scope.report('newer', keyword, message, remedy);
  }
  if (keyword.value === 'stats' && args[0]?.value === 'bind-process' && atLeast(scope.version, '3.0')) {
    const message = '"stats bind-process" was removed: HAProxy runs one process.';
    return scope.report('removed', args[0], message, 'Remove the line.');
  }
  if (!checkExperimental(scope, keyword, `global ${keyword.value}`)) return;
  reportDeprecated(scope, `global ${keyword.value}`);
  const special =
    keyword.value === 'stats' && args[0]?.value !== 'socket'
      ? undefined
      : SPECIAL.get(`global ${keyword.value}`);
  if (special !== undefined) return special(scope, args);
  if (!argumentsExist(scope)) return;
  const found = findKeyword(scope, GLOBAL_KEYWORDS);
  if (found === undefined) return;
  const subject = found.taken > 0 ? `${keyword.value} ${args[0]?.value ?? ''}` : keyword.value;
  const place = keyword.value === 'set-var' ? 'configuration' : undefined;
  matchAll({ scope, words: args, place, subject }, found.keyword.parts, found.taken);
}

/** Whether the branch takes what stands behind a keyword of the global section; reports when not. */
function argumentsExist(scope: Scope): boolean {
  const { keyword, args } = scope.statement;
  const [first] = args;
  const since = ARGUMENTS_SINCE.get(`global ${keyword.value}`);
  if (first !== undefined && since !== undefined && !atLeast(scope.version, since)) {
    const message = `HAProxy ${scope.version} takes nothing behind "${keyword.value}".`;
    scope.report('newer', first, message, `"${first.value}" exists since HAProxy ${since}.`);
    return false;
  }
  const needed = NEEDED_SINCE.get(keyword.value);
  const missing = first === undefined || (first.value === '' && !first.dynamic);
  if (needed === undefined || !missing || !atLeast(scope.version, needed)) return true;
  const span = behind(args, 0, scope.statement);
  scope.report('missing-argument', span, `"${keyword.value}" needs a value.`, 'Add it.');
  return false;
}

function checkSectionStatement(scope: Scope): void {
  const { keyword, args } = scope.statement;
  const { kind } = scope;
  const map = SECTION_KEYWORDS.get(kind);
  if (map === undefined) return;
  const found = map.get(keyword.value);
  const listed = scope.table.sections.get(kind);
  // Not every branch lists the keywords of these sections.
  const unlisted = listed !== undefined && listed.size > 0 && !listed.has(keyword.value);
  if (found === undefined ? listed?.has(keyword.value) !== true : unlisted) return reportUnknown(scope, kind);
  if (found === undefined) return;
  const since = ARGUMENTS_SINCE.get(`${kind} ${keyword.value}`);
  if (since !== undefined && !atLeast(scope.version, since)) {
    const message = `HAProxy ${scope.version} does not know "${keyword.value}" in "${kind}".`;
    return scope.report('newer', keyword, message, `It exists since HAProxy ${since}.`);
  }
  const special = SPECIAL.get(`${kind} ${keyword.value}`);
  if (special !== undefined) return special(scope, args);
  if (keyword.value === 'bind' && args[0] !== undefined) checkBindAddress(scope, args[0]);
  if (keyword.value === 'acl') checkAcl(scope, args.slice(1));
  matchAll({ scope, words: args, place: undefined, subject: keyword.value }, found.parts, 0);
}

/** Whether the branch knows this kind of section. */
export function sectionExists(scope: Scope): boolean {
  const span = sectionSpan(scope.kind);
  if (span?.since !== undefined && !atLeast(scope.version, span.since)) return false;
  return span?.until === undefined || scope.version === span.until || !atLeast(scope.version, span.until);
}
