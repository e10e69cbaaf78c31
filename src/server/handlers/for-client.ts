import type { TextDocument } from 'vscode-languageserver-textdocument';
import {
  CompletionItemKind,
  CompletionItemTag,
  InsertTextFormat,
  MarkupContent,
  SymbolKind,
  type CodeAction,
  type Command,
  type CompletionItem,
  type Diagnostic,
  type DocumentSymbol,
  type Hover,
  type SignatureHelp,
  type SymbolInformation,
} from 'vscode-languageserver-types';
import { expandSnippet } from '../../languages/core/snippets/expand';
import type { ClientFacts, CompletionFacts, DiagnosticFacts } from '../session/client-facts';
import { markup } from './plain-text';

/** Items as the client can take them: snippets expanded, texts without Markdown, kinds it knows. */
export function itemsFor(
  items: readonly CompletionItem[],
  facts: CompletionFacts,
  document: TextDocument,
): CompletionItem[] {
  return items.map((item) => itemFor(item, facts, document));
}

function itemFor(item: CompletionItem, facts: CompletionFacts, document: TextDocument): CompletionItem {
  const { documentation, tags, insertTextMode, kind, ...rest } = item;
  const made: CompletionItem = facts.snippets ? rest : expanded(rest, facts, document);
  if (kind !== undefined) made.kind = facts.knows(kind) ? kind : CompletionItemKind.Value;
  if (insertTextMode !== undefined && facts.indents) made.insertTextMode = insertTextMode;
  if (documentation !== undefined) {
    made.documentation = MarkupContent.is(documentation)
      ? markup(documentation, facts.markdown)
      : documentation;
  }
  if (tags !== undefined && facts.tags) made.tags = tags;
  else if (tags?.includes(CompletionItemTag.Deprecated) === true) made.deprecated = true;
  return made;
}

/** A snippet as the text it has before anything is typed into it. */
function expanded(
  { insertTextFormat, ...item }: CompletionItem,
  facts: CompletionFacts,
  document: TextDocument,
): CompletionItem {
  if (insertTextFormat !== InsertTextFormat.Snippet) return item;
  const { textEdit, insertText } = item;
  if (textEdit === undefined) {
    return insertText === undefined ? item : { ...item, insertText: expandSnippet(insertText) };
  }
  const { line } = ('range' in textEdit ? textEdit.range : textEdit.insert).start;
  const indent = facts.indents ? '' : indentOf(document, line);
  const newText = expandSnippet(textEdit.newText).replace(/\n(?=[^\n])/g, `\n${indent}`);
  return { ...item, textEdit: { ...textEdit, newText } };
}

function indentOf(document: TextDocument, line: number): string {
  const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
  return /^[ \t]*/.exec(text)?.[0] ?? '';
}

/** A hover for clients that may not show Markdown. */
export function hoverFor(hover: Hover, { markdownHover }: ClientFacts): Hover {
  const { contents } = hover;
  return MarkupContent.is(contents) ? { ...hover, contents: markup(contents, markdownHover) } : hover;
}

/** Parameters by their text for clients that do not take them by their place. */
export function signaturesFor(help: SignatureHelp, { parameterPlaces }: ClientFacts): SignatureHelp {
  if (parameterPlaces) return help;
  return {
    ...help,
    signatures: help.signatures.map(({ parameters, ...signature }) => ({
      ...signature,
      ...(parameters === undefined
        ? {}
        : {
            parameters: parameters.map((parameter) => ({
              ...parameter,
              label:
                typeof parameter.label === 'string'
                  ? parameter.label
                  : signature.label.slice(...parameter.label),
            })),
          }),
    })),
  };
}

/** The outline as a tree, or as a list in the order of the file for clients that know no trees. */
export function symbolsFor(
  symbols: readonly DocumentSymbol[],
  uri: string,
  client: ClientFacts,
): DocumentSymbol[] | SymbolInformation[] {
  const kindOf = (kind: SymbolKind): SymbolKind => (client.knowsSymbol(kind) ? kind : SymbolKind.Property);
  if (client.nestedSymbols) {
    const tree = (list: readonly DocumentSymbol[]): DocumentSymbol[] =>
      list.map(({ children, ...symbol }) => ({
        ...symbol,
        kind: kindOf(symbol.kind),
        ...(children === undefined ? {} : { children: tree(children) }),
      }));
    return tree(symbols);
  }
  const found: SymbolInformation[] = [];
  const visit = (list: readonly DocumentSymbol[], containerName: string | undefined): void => {
    for (const { name, kind, range, children } of list) {
      const inside = containerName === undefined ? {} : { containerName };
      found.push({ name, kind: kindOf(kind), location: { uri, range }, ...inside });
      visit(children ?? [], name);
    }
  };
  visit(symbols, undefined);
  return found;
}

/** A client that takes commands only gets those; an edit it could not be given. */
export function actionsFor(actions: readonly CodeAction[], client: ClientFacts): CodeAction[] | Command[] {
  if (!client.actions) return actions.flatMap(({ command, edit }) => (command && !edit ? [command] : []));
  return actions.map(({ diagnostics, ...action }) => ({
    ...action,
    ...(diagnostics === undefined ? {} : { diagnostics: diagnosticsFor(diagnostics, client.diagnostics) }),
  }));
}

/** Diagnostics without the parts the client does not know. */
export function diagnosticsFor(diagnostics: readonly Diagnostic[], facts: DiagnosticFacts): Diagnostic[] {
  if (facts.related && facts.tags && facts.pages) return [...diagnostics];
  return diagnostics.map(({ relatedInformation, tags, codeDescription, ...diagnostic }) => ({
    ...diagnostic,
    ...(relatedInformation === undefined || !facts.related ? {} : { relatedInformation }),
    ...(tags === undefined || !facts.tags ? {} : { tags }),
    ...(codeDescription === undefined || !facts.pages ? {} : { codeDescription }),
  }));
}
