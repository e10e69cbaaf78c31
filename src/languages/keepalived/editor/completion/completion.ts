import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver-types';
import type { Position, Range } from '../../../../finding/finding';
import { itemFor } from '../../../core/language/completion-items';
import { ADDRESS_OPTION_NAMES } from '../../check/address-line';
import { namesOf } from '../../model/names';
import type { Argument, Keyword, SymbolKind, ValueKind } from '../../schema/keyword';
import { findKeyword, keywordsOf } from '../../schema/schema';
import { snippetItems } from '../../snippets/items';
import type { KeepalivedSubject } from '../../subject';
import { type KeepalivedDocument } from '../../syntax/document';
import { STANDARD_DEFINITIONS } from '../../syntax/definitions';
import type { Block } from '../../syntax/tree';
import { cursorAt, type Cursor } from '../cursor/cursor';
import { describeKeyword, signatureOf } from '../explain/describe';

/** What may be written at a place: keywords of the block, values, names that are defined, snippets. */
export function completion(subject: KeepalivedSubject, position: Position): CompletionItem[] {
  const { document } = subject;
  const cursor = cursorAt(document, position);
  if (document.unknownBlocks.some(({ start, end }) => start <= cursor.offset && cursor.offset <= end))
    return [];
  if (cursor.inComment || cursor.word?.quoted === true) return [];
  return [...wordItems(subject, cursor), ...snippetItems(subject, cursor)];
}

function wordItems({ document }: KeepalivedSubject, cursor: Cursor): CompletionItem[] {
  const [block] = cursor.blocks;
  if (block === undefined) return [];
  const range = document.range(cursor.word ?? { start: cursor.offset, end: cursor.offset });
  if (cursor.word?.value.startsWith('$') === true) return definitions(document, range);
  if (block.values !== undefined) return entryItems(document, cursor, block.values, range);
  if (block.kind === undefined) return [];
  if (cursor.index === 0) return keywordItems(block, block.kind, cursor, range);
  const keyword = findKeyword(block.kind, cursor.words[0]?.value ?? '');
  const argument = keyword?.args[cursor.index - 1];
  return argument === undefined ? [] : argumentItems(document, argument, range);
}

function item(label: string, kind: CompletionItemKind, range: Range, detail?: string): CompletionItem {
  return itemFor(range, { label, kind, detail });
}

function keywordItems(block: Block, kind: string, cursor: Cursor, range: Range): CompletionItem[] {
  const there = new Set(
    block.statements.filter(({ keyword }) => keyword !== cursor.word).map(({ keyword }) => keyword.value),
  );
  return keywordsOf(kind).map((keyword) => {
    const used = there.has(keyword.name) && keyword.repeats !== true;
    const rank = keyword.replacedBy === undefined ? (used ? 6 : 3) : 9;
    const snippet = snippetOf(keyword);
    return itemFor(range, {
      label: keyword.name,
      kind: snippet === undefined ? CompletionItemKind.Keyword : CompletionItemKind.Class,
      detail: signatureOf(keyword),
      documentation: describeKeyword(keyword),
      insert: snippet,
      snippet: snippet !== undefined,
      deprecated: keyword.replacedBy !== undefined,
      rank,
    });
  });
}

function snippetOf({ name, args, required, block, values }: Keyword): string | undefined {
  if (block === undefined && values === undefined) return undefined;
  const words = args
    .slice(0, required)
    .map(({ label }, at) => `\${${at + 1}:${label.replace(/[|$}\\]/g, '_')}}`);
  return `${[name, ...words].join(' ')} {\n    $0\n}`;
}

/** Names of a kind that the file defines. */
function defined(document: KeepalivedDocument, kind: SymbolKind): string[] {
  const names = namesOf(document).filter(
    (use) => use.kind === kind && use.role === 'definition' && !use.word.dynamic,
  );
  return [...new Set(names.map(({ word }) => word.value))];
}

function argumentItems(document: KeepalivedDocument, argument: Argument, range: Range): CompletionItem[] {
  if (argument.kind === 'choice') {
    return argument.values.map((value) => item(value, CompletionItemKind.EnumMember, range, argument.label));
  }
  if (argument.kind === 'reference') {
    return defined(document, argument.to).map((name) =>
      item(name, CompletionItemKind.Reference, range, argument.to),
    );
  }
  if (argument.kind === 'interface') return interfaces(document, range);
  return [];
}

/** Interfaces the file names elsewhere. */
function interfaces(document: KeepalivedDocument, range: Range): CompletionItem[] {
  const names = new Set<string>();
  for (const { keyword, args } of document.statements) {
    const [name] = args;
    if (keyword.value === 'interface' && name !== undefined && !name.dynamic) names.add(name.value);
  }
  return [...names].map((name) => item(name, CompletionItemKind.Value, range, 'interface'));
}

function entryItems(
  document: KeepalivedDocument,
  { index, words }: Cursor,
  values: ValueKind,
  range: Range,
): CompletionItem[] {
  const option = (label: string): CompletionItem => item(label, CompletionItemKind.Keyword, range);
  switch (values) {
    case 'vrrp_instance':
      return defined(document, values).map((name) => item(name, CompletionItemKind.Reference, range, values));
    case 'vrrp_script':
    case 'vrrp_track_process':
    case 'track_file':
    case 'bfd_instance':
      if (index === 0)
        return defined(document, values).map((name) =>
          item(name, CompletionItemKind.Reference, range, values),
        );
      return weightOptions(index, ['reverse', 'noreverse'], range);
    case 'tracked-interfaces':
      return index === 0 ? interfaces(document, range) : weightOptions(index, ['reverse'], range);
    case 'addresses':
      if (index === 0) return [];
      return words[index - 1]?.value === 'dev'
        ? interfaces(document, range)
        : ADDRESS_OPTION_NAMES.map(option);
    case 'peers':
      return index % 2 === 1 ? ['min_ttl', 'max_ttl'].map(option) : [];
    case 'interfaces':
    case 'linkbeat-interfaces':
    case 'delays':
      return index === 0 || values === 'interfaces' ? interfaces(document, range) : [];
    case 'routes':
    case 'rules':
    case 'mail':
    case 'servers':
      return [];
  }
}

function weightOptions(index: number, directions: readonly string[], range: Range): CompletionItem[] {
  const words = index === 1 ? ['weight'] : index === 3 ? directions : [];
  return words.map((word) => item(word, CompletionItemKind.Keyword, range));
}

function definitions(document: KeepalivedDocument, range: Range): CompletionItem[] {
  const own = document.definitions.map(({ name, value }) => ({ name, detail: value.slice(0, 60) }));
  const standard = STANDARD_DEFINITIONS.map((name) => ({ name, detail: 'made by keepalived' }));
  return [...own, ...standard].map(({ name, detail }) =>
    item(`\${${name}}`, CompletionItemKind.Constant, range, detail),
  );
}
