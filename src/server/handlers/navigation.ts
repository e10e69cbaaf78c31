import {
  DocumentHighlightKind,
  type DocumentHighlight,
  type Location,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver-types';
import type { Position, Range } from '../../finding/finding';
import type { SymbolUse } from '../../languages/core/language/language';
import type { FileView } from '../documents/file-view';
import { touches } from '../documents/places';

/** The name at a place; the shortest when one stands inside another. */
export function symbolAt(view: FileView, position: Position): SymbolUse | undefined {
  let found: SymbolUse | undefined;
  for (const use of view.symbolUses()) {
    if (use.file !== undefined) continue;
    if (touches(use.range, position) && (found === undefined || isShorter(use.range, found.range)))
      found = use;
  }
  return found;
}

/** All places of the same name, in the order in which the program reads them: other files' of the configuration as well. */
export function usesOf(view: FileView, symbol: SymbolUse): readonly SymbolUse[] {
  return view
    .symbolUses()
    .filter(
      ({ kind, name, scope }) => kind === symbol.kind && name === symbol.name && scope === symbol.scope,
    );
}

/** Where the name at a position is defined in its configuration; none where no name stands there. */
export function definitions(view: FileView, uri: string, position: Position): Location[] {
  const symbol = symbolAt(view, position);
  if (symbol === undefined) return [];
  return usesOf(view, symbol)
    .filter((use) => use.role === 'definition')
    .map(({ range, file }) => ({ uri: file ?? uri, range }));
}

/** Where the name at a position is used in its configuration, with its definition when that is wanted. */
export function references(
  view: FileView,
  uri: string,
  position: Position,
  includeDeclaration: boolean,
): Location[] {
  const symbol = symbolAt(view, position);
  if (symbol === undefined) return [];
  return usesOf(view, symbol)
    .filter((use) => includeDeclaration || use.role === 'use')
    .map(({ range, file }) => ({ uri: file ?? uri, range }));
}

/** All places of the name at a position, for an editor to mark. */
export function highlights(view: FileView, position: Position): DocumentHighlight[] {
  const symbol = symbolAt(view, position);
  if (symbol === undefined) return [];
  const here = usesOf(view, symbol).filter(({ file }) => file === undefined);
  return here.map(({ range, role }) => ({
    range,
    kind: role === 'definition' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}

/** A name may be changed when the configuration also defines it: otherwise it belongs to somebody else. */
export function prepareRename(
  view: FileView,
  position: Position,
): { readonly range: Range; readonly placeholder: string } | undefined {
  const symbol = symbolAt(view, position);
  if (symbol === undefined || !usesOf(view, symbol).some((use) => use.role === 'definition'))
    return undefined;
  return { range: symbol.range, placeholder: symbol.name };
}

/** The edits of a rename in one configuration, or why it cannot be. */
export function rename(
  view: FileView,
  uri: string,
  position: Position,
  newName: string,
): WorkspaceEdit | { readonly refused: string } | undefined {
  const symbol = symbolAt(view, position);
  if (symbol === undefined || prepareRename(view, position) === undefined) return undefined;
  const refusal = view.refuseRename(symbol, newName);
  if (refusal !== undefined) return refusal;
  const changes: Record<string, TextEdit[]> = {};
  for (const { range, file } of usesOf(view, symbol)) {
    (changes[file ?? uri] ??= []).push({ range, newText: newName });
  }
  return { changes };
}

function isShorter(a: Range, b: Range): boolean {
  if (a.start.line !== a.end.line || b.start.line !== b.end.line) return a.start.line === a.end.line;
  return a.end.character - a.start.character < b.end.character - b.start.character;
}
