import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver-types';
import type { Position } from '../../../../finding/finding';
import { snippetItems } from '../../snippets/items';
import { hasBackendSide, hasFrontendSide, isProxy } from '../../check/scope';
import { OPTIONS } from '../../check/lines/options';
import { keywordTable } from '../../schema/keywords/tables';
import { unlistedActions } from '../../schema/actions';
import { REMOVED_GLOBAL, REMOVED_PROXY } from '../../schema/removed';
import type { HaproxySubject } from '../../subject';
import { SECTION_NAMES } from '../../syntax/document';
import type { HaproxyVersion } from '../../schema/version';
import { completedKind, completedSpan, cursorAt } from '../cursor/cursor';
import { branchesOf } from '../explain/describe';
import type { Completing } from './completing';
import { completeInWord } from './in-word';
import { completeNames, completeTerms, completeValue } from './values';
import { Items } from './items';
import { keywordMap, keywordsOf, lineSlots } from '../cursor/line-slots';
import { namesOf } from '../../model/names';
import { actionArguments, keywordArguments } from '../explain/signature-text';
import type { ParameterLine, Slot } from '../cursor/slot';

/** What can be written at a position. */
export function completion(subject: HaproxySubject, position: Position): CompletionItem[] {
  const { document } = subject;
  const cursor = cursorAt(document, position);
  if (cursor.inComment || cursor.line.words.some(({ dynamic }, at) => dynamic && at === cursor.index))
    return [];
  const before = cursor.line.words.slice(0, cursor.index);
  const kind = completedKind(document, cursor);
  const slots = lineSlots(before, kind, document.version)[cursor.index] ?? [];
  const items = new Items(document.range(completedSpan(cursor)), document.version);
  const completing: Completing = { document, cursor, kind, slots, names: namesOf(document), items };
  const inside = completeInWord(completing);
  if (inside !== undefined) return inside;
  for (const slot of slots) completeSlot(completing, slot);
  return [...items.all, ...snippetItems(subject, cursor)];
}

function completeSlot(completing: Completing, slot: Slot): void {
  const { items, kind, document } = completing;
  switch (slot.kind) {
    case 'section':
      return sections(items);
    case 'directive':
      return directives(completing);
    case 'keyword':
      return keywords(items, kind, document.version);
    case 'negatable':
      return negatable(items, kind);
    case 'option':
      return options(completing);
    case 'words':
      return items.words(slot.words, slot.owner, 2);
    case 'value':
      return completeValue(completing, slot.type, slot.label);
    case 'action':
      return actions(items, slot.ruleset);
    case 'parameter':
      return parameters(completing, slot.line);
    case 'condition':
      return items.words(['if', 'unless'], 'condition', 7);
    case 'term':
      return completeTerms(completing);
    case 'operator':
      return items.words(['or', '||'], 'joins conditions', 8);
    case 'close':
      return items.words(['}'], 'ends the condition', 8);
    case 'flag':
      return items.words(['-i', '-m', '-f', '-n', '-M', '-u', '--'], 'flag of an ACL', 9);
    case 'pattern':
      return patterns(items, slot.subject.value);
    case 'expression':
    case 'converter':
    case 'definition':
      return completeNames(completing, slot);
  }
}

function sections(items: Items): void {
  for (const name of SECTION_NAMES) {
    if (!branchesOf({ kind: 'section' }, name).includes(items.version)) continue;
    items.described({ kind: 'section' }, name, {
      kind: CompletionItemKind.Class,
      detail: 'section',
      rank: 6,
    });
  }
}

const DIRECTIVES = ['.if', '.elif', '.else', '.endif', '.notice', '.warning', '.alert', '.diag'];

function directives({ items, cursor }: Completing): void {
  if (cursor.word?.value.startsWith('.') === true) items.words(DIRECTIVES, 'conditional block', 1);
}

function keywords(items: Items, kind: string, version: HaproxyVersion): void {
  const removed = isProxy(kind) ? REMOVED_PROXY : kind === 'global' ? REMOVED_GLOBAL : undefined;
  for (const name of keywordsOf(kind, version)) {
    if (removed?.has(name) === true || !belongs(kind, name)) continue;
    const detail = keywordArguments(kind, name);
    items.described({ kind: 'keyword', section: kind }, name, {
      kind: CompletionItemKind.Keyword,
      detail,
      rank: 4,
    });
  }
  if (!isProxy(kind) && kind !== 'global') return;
  items.words(['no'], 'switches an option off', 6);
  items.words(['default'], 'sets an option back', 6);
}

/** Whether a keyword has an effect in this kind of proxy. */
function belongs(kind: string, name: string): boolean {
  if (!isProxy(kind)) return true;
  const map = keywordMap(kind);
  const one = map?.get(name);
  const found = one === undefined ? [...(map ?? [])].filter(([key]) => key.startsWith(`${name} `)) : [];
  const candidates = one === undefined ? found.map(([, keyword]) => keyword) : [one];
  if (candidates.length === 0) return true;
  return candidates.some(({ side, inDefaults }) => {
    if (kind === 'defaults') return inDefaults !== 'no';
    return side === 'front' ? hasFrontendSide(kind) : side !== 'back' || hasBackendSide(kind);
  });
}

const SWITCHES = [
  'busy-polling',
  'h2-workaround-bogus-websocket-clients',
  'insecure-fork-wanted',
  'insecure-setuid-wanted',
  'log',
  'numa-cpu-mapping',
  'set-dumpable',
  'strict-limits',
];

function negatable(items: Items, kind: string): void {
  for (const name of isProxy(kind) ? ['option', 'log'] : SWITCHES) {
    items.described({ kind: 'keyword', section: kind }, name, { kind: CompletionItemKind.Keyword, rank: 2 });
  }
}

function options({ items, kind, cursor }: Completing): void {
  const table = keywordTable(items.version);
  const negated = ['no', 'default'].includes(cursor.line.words[0]?.value ?? '');
  for (const name of new Set([...table.options.keys(), ...OPTIONS.keys()])) {
    const branches = branchesOf({ kind: 'option' }, name);
    if (branches.length > 0 && !branches.includes(items.version)) continue;
    const special = OPTIONS.get(name);
    const flags = table.options.get(name);
    const front = special === undefined ? flags?.has('FE') === true : special.side !== 'back';
    const back = special === undefined ? flags?.has('BE') === true : special.side !== 'front';
    if (!((front && hasFrontendSide(kind)) || (back && hasBackendSide(kind)))) continue;
    if (negated && special?.negatable === false) continue;
    const detail = keywordArguments(kind, `option ${name}`);
    items.described({ kind: 'option' }, name, { kind: CompletionItemKind.Property, detail, rank: 2 });
  }
}

function actions(items: Items, ruleset: string): void {
  const table = keywordTable(items.version);
  for (const known of new Set([...(table.actions.get(ruleset) ?? []), ...unlistedActions(ruleset)])) {
    const bare = known.replace('*', '');
    const names = bare === 'track-sc' ? ['track-sc0', 'track-sc1', 'track-sc2'] : [bare];
    const call = known.endsWith('*') && bare !== 'track-sc';
    for (const name of names) {
      items.described({ kind: 'action', ruleset }, name, {
        kind: CompletionItemKind.Function,
        detail: actionArguments(name)?.trim(),
        rank: 2,
        ...(call ? { insert: `${name}($1)`, snippet: true } : {}),
      });
    }
  }
}

function parameters({ items, cursor }: Completing, line: ParameterLine): void {
  const table = keywordTable(items.version);
  const counts = line === 'bind' ? table.bind : table.server;
  const written = new Set(cursor.line.words.filter((_, at) => at !== cursor.index).map(({ value }) => value));
  for (const name of ['ssl', ...counts.keys()]) {
    if (written.has(name)) continue;
    const takes = name !== 'ssl' && (counts.get(name) ?? 0) !== 0;
    const detail = `${line} parameter${takes ? ' with a value' : ''}`;
    items.described({ kind: line }, name, { kind: CompletionItemKind.Property, detail, rank: 3 });
  }
}

function patterns(items: Items, subject: string): void {
  if (/^method\b/.test(subject)) {
    items.words(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'CONNECT'], 'method', 3);
  } else if (/^(req|res)[._]ver/.test(subject)) items.words(['1.0', '1.1', '2.0'], 'HTTP version', 3);
}
