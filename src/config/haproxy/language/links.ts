import type { DocumentLink } from 'vscode-languageserver-types';
import type { HaproxySubject } from '../subject';
import type { HaproxyDocument } from '../syntax/document';
import type { Word } from '../syntax/word';
import { argumentTypes, callsIn } from './word-parts';
import { keywordTable } from '../keywords/tables';
import { lineSlots } from './line-slots';
import type { Slot } from './slot';
import { sourceSpan } from './source-map';

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
  return document.sections.flatMap((section) =>
    section.statements.flatMap(({ line, keyword, args }) => {
      const slots = lineSlots(line.words, section.kind, document.version);
      const place = FILE_ARGUMENTS.get(keyword.value);
      const named = place === undefined ? undefined : args[place];
      const direct = named === undefined ? [] : link(document, named, 0, named.value.length);
      const inline = line.words.flatMap((word, at) => {
        const before = line.words[at - 1]?.value ?? '';
        return inWord(document, word, before, slots[at] ?? []);
      });
      return [...direct, ...inline];
    }),
  );
}

function inWord(
  document: HaproxyDocument,
  word: Word,
  before: string,
  slots: readonly Slot[],
): DocumentLink[] {
  const whole = slots.some(
    (slot) =>
      slot.kind === 'value' &&
      (slot.type === 'file' || FILE_PARAMETERS.has(slot.owner) || isReplyFile(slot.owner, before)),
  );
  if (whole) return link(document, word, 0, word.value.length);
  return callsIn(word, slots).flatMap((call) => {
    const [file] = call.args;
    const maps = call.role === 'converter' && /^map(_|$)/.test(call.name) && file !== undefined;
    const known = maps && argumentTypes(call, keywordTable(document.version)).length > 0;
    return known ? link(document, word, file.start, file.end) : [];
  });
}

/** `return status 200 file <path>`, `deny errorfile <path>`. */
function isReplyFile(owner: string, before: string): boolean {
  return /^http-\S+ \S+ /.test(owner) && ['file', 'lf-file', 'errorfile'].includes(before);
}

function link(document: HaproxyDocument, word: Word, from: number, to: number): DocumentLink[] {
  const path = word.value.slice(from, to);
  // Sockets, aliases of certificate stores and virtual maps are no files to open.
  if (path === '' || word.dynamic || /^[@]|^(virt|opt)@/.test(path)) return [];
  return [{ range: document.range(sourceSpan(document.text, word, from, to)), data: path }];
}
