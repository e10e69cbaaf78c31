import type { DocumentLink } from 'vscode-languageserver-types';
import type { HaproxyDocument, Section } from '../../syntax/document';
import type { Word } from '../../syntax/word';
import { sourceSpan } from '../cursor/source-map';

/** Folders of relative paths, by the keyword that names them. */
export type Bases = ReadonlyMap<string, string>;

/** Which folder the path behind a parameter is relative to. */
export const BASE_OF: ReadonlyMap<string, string> = new Map([
  ['crt', 'crt-base'],
  ['default-crt', 'crt-base'],
  ['ca-file', 'ca-base'],
  ['ca-verify-file', 'ca-base'],
  ['crl-file', 'ca-base'],
]);

/** Files of a certificate in a store, and the folder each is relative to. */
const STORE_FILES: ReadonlyMap<string, string> = new Map([
  ['crt', 'crt-base'],
  ['key', 'key-base'],
  ['ocsp', 'crt-base'],
  ['issuer', 'crt-base'],
  ['sctl', 'crt-base'],
]);

/** The folders the global section names. */
export function globalBases({ sections }: HaproxyDocument): Bases {
  const bases = new Map<string, string>();
  for (const { kind, statements } of sections) {
    if (kind !== 'global') continue;
    for (const { keyword, args } of statements) {
      if (/^(crt|ca|key)-base$/.test(keyword.value) && args[0]?.dynamic === false)
        bases.set(keyword.value, args[0].value);
    }
  }
  return bases;
}

/** Links of a crt-store, whose own folders count for the lines below them. */
export function storeLinks(
  document: HaproxyDocument,
  { statements }: Section,
  around: Bases,
): DocumentLink[] {
  const bases = new Map(around);
  return statements.flatMap(({ keyword, args }) => {
    if (/^(crt|key)-base$/.test(keyword.value) && args[0] !== undefined)
      bases.set(keyword.value, args[0].value);
    if (keyword.value !== 'load') return [];
    return args.flatMap((word, at) => {
      const base = at % 2 === 1 ? STORE_FILES.get(args[at - 1]?.value ?? '') : undefined;
      return base === undefined ? [] : link(document, word, 0, word.value.length, bases.get(base));
    });
  });
}

/** A link from a part of a word to the file it names; the path is in `data`. */
export function link(
  document: HaproxyDocument,
  word: Word,
  from: number,
  to: number,
  base?: string,
): DocumentLink[] {
  const path = word.value.slice(from, to);
  // Sockets, aliases of certificate stores and virtual maps are no files to open.
  if (path === '' || word.dynamic || /^[@]|^(virt|opt)@/.test(path)) return [];
  const data = base === undefined || path.startsWith('/') ? path : `${base.replace(/\/$/, '')}/${path}`;
  return [{ range: document.range(sourceSpan(document.text, word, from, to)), data }];
}
