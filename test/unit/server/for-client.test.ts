import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  CompletionItemKind,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
  SymbolKind,
  type CodeAction,
  type CompletionItem,
  type Diagnostic,
  type DocumentSymbol,
} from 'vscode-languageserver-types';
import { describe, expect, test } from 'vitest';
import { serverCapabilities } from '../../../src/server/session/capabilities';
import { clientFacts } from '../../../src/server/session/client-facts';
import {
  actionsFor,
  diagnosticsFor,
  hoverFor,
  itemsFor,
  signaturesFor,
  symbolsFor,
} from '../../../src/server/handlers/for-client';
import { withoutMarkdown } from '../../../src/server/handlers/plain-text';
import { stretch, URI } from './analysis';

const NOTHING = clientFacts({});
const EVERYTHING = clientFacts({
  textDocument: {
    completion: {
      completionItem: {
        snippetSupport: true,
        documentationFormat: ['markdown'],
        tagSupport: { valueSet: [1] },
        insertTextModeSupport: { valueSet: [1, 2] },
      },
      completionItemKind: { valueSet: [CompletionItemKind.Constant] },
    },
    hover: { contentFormat: ['markdown'] },
    signatureHelp: { signatureInformation: { parameterInformation: { labelOffsetSupport: true } } },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
    documentSymbol: {
      hierarchicalDocumentSymbolSupport: true,
      symbolKind: { valueSet: [SymbolKind.Struct, SymbolKind.Event] },
    },
    publishDiagnostics: {
      relatedInformation: true,
      codeDescriptionSupport: true,
      tagSupport: { valueSet: [1] },
    },
    rename: { prepareSupport: true },
  },
});

describe('completion', () => {
  const document = TextDocument.create(URI, 'x', 1, 'section\n\tse');
  const item: CompletionItem = {
    label: 'server',
    kind: CompletionItemKind.Constant,
    tags: [1],
    insertTextFormat: InsertTextFormat.Snippet,
    insertTextMode: InsertTextMode.adjustIndentation,
    documentation: { kind: MarkupKind.Markdown, value: 'A `server`.' },
    textEdit: { range: stretch(1, 1, 3), newText: 'server ${1:name}\n\n  port ${2|80,443|} of $1\n$0}' },
  };

  test('goes as it is to a client that can take it', () => {
    expect(itemsFor([item], EVERYTHING.completion, document)).toEqual([item]);
  });

  test('goes as plain text with the defaults in it to one that can take nothing else', () => {
    expect(itemsFor([item], NOTHING.completion, document)).toEqual([
      {
        label: 'server',
        kind: CompletionItemKind.Value,
        deprecated: true,
        documentation: { kind: MarkupKind.PlainText, value: 'A server.' },
        textEdit: { range: stretch(1, 1, 3), newText: 'server name\n\n\t  port 80 of name\n\t}' },
      },
    ]);
  });

  test('of plain text is not touched: a dollar sign there is a dollar sign', () => {
    const plain: CompletionItem = {
      label: 'x',
      insertTextFormat: InsertTextFormat.PlainText,
      textEdit: { range: stretch(1, 1, 3), newText: '${1:name}' },
    };
    expect(itemsFor([plain], NOTHING.completion, document)[0]?.textEdit).toEqual(plain.textEdit);
  });
});

describe('the outline', () => {
  const symbols: DocumentSymbol[] = [
    {
      name: 'a',
      kind: SymbolKind.Struct,
      range: stretch(0, 0, 9),
      selectionRange: stretch(0, 0, 1),
      children: [
        { name: 'b', kind: SymbolKind.Event, range: stretch(0, 3, 5), selectionRange: stretch(0, 3, 4) },
      ],
    },
  ];

  test('is a tree where trees are known, else a list with the names around', () => {
    expect(symbolsFor(symbols, URI, EVERYTHING)).toEqual(symbols);
    expect(symbolsFor(symbols, URI, NOTHING)).toEqual([
      { name: 'a', kind: SymbolKind.Property, location: { uri: URI, range: stretch(0, 0, 9) } },
      {
        name: 'b',
        kind: SymbolKind.Property,
        location: { uri: URI, range: stretch(0, 3, 5) },
        containerName: 'a',
      },
    ]);
  });
});

describe('signatures', () => {
  const help = { signatures: [{ label: 'a <b> <c>', parameters: [{ label: [2, 5] as [number, number] }] }] };

  test('name their parameters by place, or by text', () => {
    expect(signaturesFor(help, EVERYTHING)).toEqual(help);
    expect(signaturesFor(help, NOTHING).signatures[0]?.parameters).toEqual([{ label: '<b>' }]);
  });
});

describe('diagnostics and actions', () => {
  const diagnostic: Diagnostic = {
    range: stretch(0, 0, 1),
    message: 'Wrong.',
    tags: [1],
    codeDescription: { href: 'page:HAP801' },
    relatedInformation: [{ location: { uri: URI, range: stretch(1, 0, 1) }, message: 'there' }],
  };
  const bare = { range: stretch(0, 0, 1), message: 'Wrong.' };
  const fix: CodeAction = { title: 'Fix', diagnostics: [diagnostic], edit: { changes: {} } };
  const command = { title: 'Why?', command: 'open' };

  test('have what the client knows', () => {
    expect(diagnosticsFor([diagnostic], EVERYTHING.diagnostics)).toEqual([diagnostic]);
    expect(diagnosticsFor([diagnostic], NOTHING.diagnostics)).toEqual([bare]);
  });

  test('a client without actions is offered commands only', () => {
    expect(actionsFor([fix, { title: 'Why?', command }], EVERYTHING)).toEqual([
      fix,
      { title: 'Why?', command },
    ]);
    expect(actionsFor([fix, { title: 'Why?', command }], NOTHING)).toEqual([command]);
  });

  test('a rename is prepared only for clients that ask for it', () => {
    expect(serverCapabilities(EVERYTHING).renameProvider).toEqual({ prepareProvider: true });
    expect(serverCapabilities(NOTHING).renameProvider).toBe(true);
  });
});

describe('Markdown as plain text', () => {
  const contents = { kind: MarkupKind.Markdown, value: '**Name**' };

  test('is made for clients that do not take Markdown', () => {
    expect(hoverFor({ contents }, EVERYTHING).contents).toEqual(contents);
    expect(hoverFor({ contents }, NOTHING).contents).toEqual({ kind: MarkupKind.PlainText, value: 'Name' });
  });

  test.each([
    ['Set `a` and **b c**.', 'Set a and b c.'],
    ['[the page](https://x.example/y)', 'the page (https://x.example/y)'],
    ['```ruby\na = `b` ** 2\n```\n\nText', 'a = `b` ** 2\n\nText'],
    ['# Title\n\n\n\ntext', 'Title\n\ntext'],
    ['2 * 3 * 4, a_b_c, `x` or `y`', '2 * 3 * 4, a_b_c, x or y'],
    ['a \\_ b \\* c \\n', 'a _ b * c \\n'],
  ])('%j', (markdown, plain) => {
    expect(withoutMarkdown(markdown)).toBe(plain);
  });
});
