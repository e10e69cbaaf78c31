import type { CancellationToken, Location, Position } from 'vscode-languageserver';
import type { Analysis } from '../documents/documents';
import type { FileView } from '../documents/file-view';
import { folderOf } from '../files/paths';
import { hoverFor, signaturesFor, symbolsFor } from '../handlers/for-client';
import { resolveLinks } from '../handlers/links';
import { definitions, highlights, references, symbolAt } from '../handlers/navigation';
import { packTokens } from '../handlers/semantic-tokens';
import { describe, type ServerState } from './state';

/**
 * Answers a question about a file; `otherwise` when the file is none of ours, the question was called off, or the
 * language fails, which is logged and must not end the server.
 */
export async function answer<T>(
  { documents, connection }: ServerState,
  uri: string,
  token: CancellationToken,
  otherwise: T,
  ask: (analysis: Analysis) => T | Promise<T>,
): Promise<T> {
  try {
    const analysis = await documents.analysis(uri);
    if (analysis === undefined || token.isCancellationRequested) return otherwise;
    return await ask(analysis);
  } catch (error) {
    connection.console.error(`A question about ${uri} failed: ${describe(error)}`);
    return otherwise;
  }
}

/** Questions that change nothing: hover, navigation, outline, colours. */
export function registerReading(state: ServerState): void {
  const { connection, files, client } = state;
  connection.onHover(({ textDocument: { uri }, position }, token) =>
    answer(state, uri, token, null, ({ view }) => {
      const hover = view.hover(position);
      return hover === undefined ? null : hoverFor(hover, client);
    }),
  );
  connection.onSignatureHelp(({ textDocument: { uri }, position }, token) =>
    answer(state, uri, token, null, ({ view }) => {
      const help = view.signatureHelp(position);
      return help === undefined ? null : signaturesFor(help, client);
    }),
  );
  connection.onDefinition(({ textDocument: { uri }, position }, token) =>
    answer(state, uri, token, null, ({ view }) => [
      ...definitions(view, uri, position),
      ...filesOfNodeAt(state, view, uri, position),
    ]),
  );
  connection.onReferences(({ textDocument: { uri }, position, context }, token) =>
    answer(state, uri, token, null, ({ view }) =>
      references(view, uri, position, context.includeDeclaration),
    ),
  );
  connection.onDocumentHighlight(({ textDocument: { uri }, position }, token) =>
    answer(state, uri, token, null, ({ view }) => highlights(view, position)),
  );
  connection.onDocumentSymbol(({ textDocument: { uri } }, token) =>
    answer(state, uri, token, null, ({ view }) => symbolsFor(view.documentSymbols(), uri, client)),
  );
  connection.onFoldingRanges(({ textDocument: { uri } }, token) =>
    answer(state, uri, token, null, ({ view }) => view.foldingRanges()),
  );
  connection.onSelectionRanges(({ textDocument: { uri }, positions }, token) =>
    answer(state, uri, token, null, ({ view }) => positions.map((position) => view.selectionRange(position))),
  );
  connection.onDocumentLinks(({ textDocument: { uri } }, token) =>
    answer(state, uri, token, null, ({ view }) => resolveLinks(view.documentLinks(), uri, files)),
  );
  connection.onCodeLens(({ textDocument: { uri } }, token) =>
    answer(state, uri, token, null, ({ view }) => view.codeLenses()),
  );
  connection.languages.inlayHint.on(({ textDocument: { uri }, range }, token) =>
    answer(state, uri, token, null, ({ view }) => view.inlayHints(range)),
  );
  connection.languages.semanticTokens.on(({ textDocument: { uri } }, token) =>
    answer(state, uri, token, { data: [] }, ({ view }) => packTokens(view.semanticTokens())),
  );
}

/** A node's name in cluster.yaml stands for the files it has. */
function filesOfNodeAt({ index }: ServerState, view: FileView, uri: string, position: Position): Location[] {
  const symbol = view.language === 'cluster' ? symbolAt(view, position) : undefined;
  if (symbol?.kind !== 'node') return [];
  const start = { line: 0, character: 0 };
  return index
    .ofNode(folderOf(uri), symbol.name)
    .filter(({ node }) => node === symbol.name)
    .map(({ path }) => ({ uri: index.addressOf(uri, path), range: { start, end: start } }));
}
