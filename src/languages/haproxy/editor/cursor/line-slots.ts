import { keywordTable } from '../../schema/keywords/tables';
import { CLASSIC_PROXY_KEYWORDS, PROXY_KEYWORDS } from '../../schema/proxy';
import { GLOBAL_KEYWORDS } from '../../schema/global';
import type { KeywordMap } from '../../schema/keyword';
import { SECTION_KEYWORDS } from '../../schema/sections';
import { isProxy } from '../../check/scope';
import { sectionSpan } from '../../syntax/document';
import type { Word } from '../../syntax/word';
import type { HaproxyVersion } from '../../schema/version';
import { PLACES } from '../../check/lines/special';
import { compileSignature } from '../../check/signature';
import type { LineSlots, Slot } from './slot';
import { SPECIAL_LINES } from './special-lines';
import { STOP, Walk } from './walk';
import { append } from '../../../core/data/append';

/**
 * What may stand at each word of a line.
 * @param kind the section the line stands in, `''` before the first one
 */
export function lineSlots(words: readonly Word[], kind: string, version: HaproxyVersion): LineSlots {
  const walk = new Walk(words, kind, version, keywordTable(version));
  walk.offer(0, { kind: 'section' });
  if (kind !== '') walk.offer(0, { kind: 'keyword' });
  walk.offer(0, { kind: 'directive' });
  const [first, second] = words;
  if (first === undefined) return walk.slots;
  if (first.value.startsWith('.')) conditionBlock(walk, first.value);
  else if (sectionSpan(first.value) !== undefined) header(walk, first.value);
  else if (first.value === 'no' || first.value === 'default') {
    walk.offer(1, { kind: 'negatable' });
    if (second !== undefined) statement(walk, 1);
  } else if (kind !== '') statement(walk, 0);
  return walk.slots;
}

const PREDICATES = compileSignature('<predicate> *');

function conditionBlock(walk: Walk, directive: string): void {
  if (directive === '.if' || directive === '.elif') walk.parts(PREDICATES, 1, directive);
}

const NAMELESS = new Set(['global', 'traces']);

function header(walk: Walk, kind: string): void {
  if (NAMELESS.has(kind)) return;
  const anonymous = kind === 'defaults' && walk.value(1) === 'from';
  if (!anonymous) walk.offer(1, { kind: 'definition', of: 'section' });
  if (!isProxy(kind)) return;
  const at = anonymous ? 1 : 2;
  const from: Slot = { kind: 'words', words: ['from'], owner: kind };
  walk.offer(at, from);
  if (kind === 'defaults' && walk.words.length === 1) walk.offer(1, from);
  if (walk.value(at) === 'from') {
    walk.offer(at + 1, { kind: 'value', type: 'defaults', label: 'defaults', owner: 'from' });
  }
}

function statement(walk: Walk, at: number): void {
  const name = walk.value(at) ?? '';
  const special =
    SPECIAL_LINES.get(`${walk.kind} ${name}`) ?? (isProxy(walk.kind) ? SPECIAL_LINES.get(name) : undefined);
  if (special !== undefined) return special(walk, at + 1);
  const map = keywordMap(walk.kind);
  if (map === undefined) return;
  const next = walk.value(at + 1);
  const both = next === undefined ? undefined : map.get(`${name} ${next.replace(/\(.*$/s, '')}`);
  const seconds = secondWords(walk.kind, name);
  if (seconds.length > 0) walk.offer(at + 1, { kind: 'words', words: seconds, owner: name });
  if (both !== undefined) {
    const owner = `${name} ${next ?? ''}`;
    walk.parts(both.parts, at + 2, owner, PLACES.get(owner));
    return;
  }
  const one = map.get(name);
  if (one !== undefined && walk.parts(one.parts, at + 1, name, PLACES.get(name)) === STOP) return;
}

/** Keywords of a kind of section with their arguments; undefined when nothing is known of them. */
export function keywordMap(kind: string): KeywordMap | undefined {
  if (isProxy(kind)) return PROXY_KEYWORDS;
  return kind === 'global' ? GLOBAL_KEYWORDS : SECTION_KEYWORDS.get(kind);
}

/** Second words of keywords that have two: `timeout client`. */
export function secondWords(kind: string, name: string): readonly string[] {
  return SECONDS.get(isProxy(kind) ? 'proxy' : kind)?.get(name) ?? [];
}

const SECONDS: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> = new Map(
  [['proxy', PROXY_KEYWORDS] as const, ['global', GLOBAL_KEYWORDS] as const, ...SECTION_KEYWORDS].map(
    ([kind, map]) => [kind, grouped(map)],
  ),
);

function grouped(map: KeywordMap): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const name of map.keys()) {
    const [first = '', second] = name.split(' ');
    if (second === undefined) continue;
    append(groups, first, second);
  }
  return groups;
}

/** Sections of which a branch lists every keyword, or none. */
const LISTED_WHOLE = new Set(['acme', 'crt-store', 'traces']);

/** Keywords valid in a kind of section of a version, by their first word. */
export function keywordsOf(kind: string, version: HaproxyVersion): readonly string[] {
  const table = keywordTable(version);
  const listed = table.sections.get(isProxy(kind) ? 'listen' : kind) ?? [];
  const others =
    LISTED_WHOLE.has(kind) && table.sections.get(kind)?.size !== 0 ? [] : keywordMap(kind)?.keys();
  const classic = isProxy(kind) ? CLASSIC_PROXY_KEYWORDS : (others ?? []);
  const names = new Set([...listed, ...[...classic].map((name) => name.split(' ')[0] ?? '')]);
  return [...names];
}
