import type { DocumentLink } from 'vscode-languageserver-types';
import type { HaproxySubject } from '../../subject';
import type { HaproxyDocument, Statement } from '../../syntax/document';
import type { Word } from '../../syntax/word';
import { BASE_OF, globalBases, link, storeLinks, type Bases } from './file-links';
import { argumentTypes, callsIn } from '../cursor/word-parts';
import { keywordTable } from '../../schema/keywords/tables';
import { lineSlots } from '../cursor/line-slots';
import type { Slot } from '../cursor/slot';

/** Parameters of bind and server lines whose value is a file. */
const FILE_PARAMETERS: ReadonlySet<string> = new Set([
  'crt',
  'crt-list',
  'default-crt',
  'ca-file',
  'ca-verify-file',
  'ca-sign-file',
  'crl-file',
  'tls-ticket-keys',
]);

/** Keywords whose argument of this place is a file. */
const FILE_ARGUMENTS: ReadonlyMap<string, number> = new Map([
  ['account-key', 0],
  ['errorfile', 1],
  ['lua-load', 0],
  ['lua-load-per-thread', 0],
  ['h1-case-adjust-file', 0],
  ['ssl-dh-param-file', 0],
  ['server-state-file', 0],
  ['stats-file', 0],
  ['backing-file', 0],
]);

/** Links to the files a configuration names: certificates, error pages, maps, Lua. The path is in `data`. */
export function documentLinks({ document }: HaproxySubject): DocumentLink[] {
  const bases = globalBases(document);
  return document.sections.flatMap((section) => {
    if (section.kind === 'crt-store') return storeLinks(document, section, bases);
    return section.statements.flatMap((statement) =>
      statementLinks(document, section.kind, statement, bases),
    );
  });
}

function statementLinks(
  document: HaproxyDocument,
  kind: string,
  { line, keyword, args }: Statement,
  bases: Bases,
): DocumentLink[] {
  const slots = lineSlots(line.words, kind, document.version);
  const place = FILE_ARGUMENTS.get(keyword.value);
  const named = place === undefined ? undefined : args[place];
  const direct = named === undefined ? [] : link(document, named, 0, named.value.length);
  const inline = line.words.flatMap((word, at) => {
    const before = line.words[at - 1]?.value ?? '';
    return inWord(document, word, before, slots[at] ?? [], bases);
  });
  const changed = /^(http|tcp)-/.test(keyword.value) ? args.slice(0, 2).flatMap(changedMap(document)) : [];
  return [...direct, ...inline, ...changed];
}

/** Map and pattern files whose entries an action changes while HAProxy runs: `set-map(hosts.map) …`. */
const changedMap =
  (document: HaproxyDocument) =>
  (word: Word): DocumentLink[] => {
    const match = /^(?:set-map|del-map|add-acl|del-acl)\(([^)]*)\)$/.exec(word.value);
    const file = match?.[1];
    if (file === undefined) return [];
    const from = word.value.indexOf('(') + 1;
    return link(document, word, from, from + file.length);
  };

function inWord(
  document: HaproxyDocument,
  word: Word,
  before: string,
  slots: readonly Slot[],
  bases: Bases,
): DocumentLink[] {
  const file = slots.find(
    (slot) =>
      slot.kind === 'value' &&
      (slot.type === 'file' || FILE_PARAMETERS.has(slot.owner) || isReplyFile(slot.owner, before)),
  );
  if (file?.kind === 'value') {
    return link(document, word, 0, word.value.length, bases.get(BASE_OF.get(file.owner) ?? ''));
  }
  return callsIn(word, slots).flatMap((call) => {
    const [first] = call.args;
    const maps = call.role === 'converter' && /^map(_|$)/.test(call.name) && first !== undefined;
    const known = maps && argumentTypes(call, keywordTable(document.version)).length > 0;
    return known ? link(document, word, first.start, first.end) : [];
  });
}

/** `return status 200 file <path>`, `deny errorfile <path>`. */
function isReplyFile(owner: string, before: string): boolean {
  return /^http-\S+ \S+ /.test(owner) && ['file', 'lf-file', 'errorfile'].includes(before);
}
