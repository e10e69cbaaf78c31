import { CompletionItemKind } from 'vscode-languageserver-types';
import { hasBackendSide } from '../../check/scope';
import { PREDEFINED_ACLS } from '../../check/expressions/predefined-acls';
import { keywordTable } from '../../schema/keywords/tables';
import type { Completing } from './completing';
import { addConverters, addFetches } from './samples';
import { enumeration, PARAMETER_WORDS } from './enumerations';
import type { Items } from './items';
import { aclsOf } from '../../model/names';
import type { Slot } from '../cursor/slot';
import { SECTION_TYPES } from '../../schema/section-types';

/** Values of a type: names of the file, or one of few words. */
export function completeValue(completing: Completing, type: string, label: string): void {
  const { items, names, kind, document } = completing;
  if (addNames(completing, items, type)) return;
  if (type === 'filter' || type === 'service') {
    const table = keywordTable(document.version);
    return items.words(type === 'filter' ? table.filters : table.services, type);
  }
  if (type === 'log-target') {
    if (kind !== 'global') items.words(['global'], 'targets of the global section', 1);
    for (const ring of names.sections.get('ring')?.keys() ?? []) reference(items, `ring@${ring}`, 'ring');
  }
  const words =
    type === 'text' ? (PARAMETER_WORDS.get(label) ?? []) : enumeration(type, document.version, kind);
  items.words(words, label);
}

/** Adds the names a type refers to; false when the type is none of names. */
function addNames(completing: Completing, items: Items, type: string): boolean {
  const { names, cursor } = completing;
  const own = cursor.section?.name?.value ?? '';
  if (SECTION_TYPES.has(type)) {
    for (const name of names.sections.get(type)?.keys() ?? []) reference(items, name, type);
    return true;
  }
  switch (type) {
    case 'backend':
    case 'use-backend':
      for (const [name, kind] of names.backends) if (name !== own) reference(items, name, kind);
      return true;
    case 'frontend':
      for (const [name, kind] of names.frontends) reference(items, name, kind);
      return true;
    case 'user list':
      for (const name of names.sections.get('userlist')?.keys() ?? []) reference(items, name, 'userlist');
      return true;
    case 'table':
      for (const name of names.tables) reference(items, name, 'stick table');
      return true;
    case 'use-server':
      for (const { value } of names.servers.get(own) ?? []) reference(items, value, 'server');
      return true;
    case 'server':
    case 'track':
      if (type === 'server' && !isServerName(cursor.offset, completing)) return false;
      servers(completing, items);
      return true;
    case 'variable':
      for (const name of names.variables) reference(items, name, 'variable', CompletionItemKind.Variable);
      for (const scope of ['txn.', 'sess.', 'req.', 'res.', 'proc.'])
        reference(items, scope, 'scope of variables');
      return true;
    default:
      return false;
  }
}

/** The type `server` is an address on server lines and a name in expressions. */
function isServerName(offset: number, { document, cursor }: Completing): boolean {
  return document.text.slice(cursor.line.start, offset).includes('(');
}

function servers({ names, cursor }: Completing, items: Items): void {
  const own = cursor.section?.name?.value ?? '';
  for (const [backend, list] of names.servers) {
    for (const { value } of list) {
      reference(items, `${backend}/${value}`, 'server');
      if (backend === own && hasBackendSide(cursor.kind)) reference(items, value, 'server of this section');
    }
  }
}

function reference(
  items: Items,
  label: string,
  detail: string,
  kind: CompletionItemKind = CompletionItemKind.Reference,
): void {
  items.add({ label, kind, detail, rank: 1 });
}

const HEADERS = [
  'host',
  'user-agent',
  'authorization',
  'x-forwarded-for',
  'x-forwarded-proto',
  'cookie',
  'content-type',
  'content-length',
  'referer',
  'accept',
  'upgrade',
  'connection',
];

/** An argument of a fetch, converter or action. */
export function completeArgument(completing: Completing, items: Items, type: string, name = ''): void {
  if (addNames(completing, items, type)) return;
  if (['var', 'set-var', 'unset-var'].includes(name)) addNames(completing, items, 'variable');
  else if (name === 'acl')
    for (const acl of aclsOf(completing.cursor.section).keys()) reference(items, acl, 'acl');
  if (/hdr(_|$)/.test(name)) items.words(HEADERS, 'header');
  if (name === 'digest' || name === 'hmac')
    items.words(['sha256', 'sha384', 'sha512', 'sha1', 'md5'], 'algorithm');
}

/** ACLs of the section, those HAProxy brings along, and an anonymous condition. */
export function completeTerms({ items, cursor }: Completing): void {
  const bangs = /^!*/.exec(cursor.word?.value ?? '')?.[0] ?? '';
  for (const [name, words] of aclsOf(cursor.section)) {
    const count = words.length > 1 ? `acl, ${words.length} lines` : 'acl';
    items.add({ label: bangs + name, kind: CompletionItemKind.Reference, detail: count, rank: 1 });
  }
  const anonymous = { insert: `${bangs}{ $1 }`, snippet: true, detail: 'anonymous condition', rank: 2 };
  items.add({ label: `${bangs}{ … }`, kind: CompletionItemKind.Snippet, ...anonymous });
  for (const name of PREDEFINED_ACLS) {
    items.add({ label: bangs + name, kind: CompletionItemKind.Constant, detail: 'predefined acl', rank: 6 });
  }
}

/** Whole words that are expressions or converters. */
export function completeNames(completing: Completing, slot: Slot): void {
  if (slot.kind === 'expression') addFetches(completing.items, slot, completing.kind);
  else if (slot.kind === 'converter') addConverters(completing.items);
}
