import { ErrorCodes, ResponseError } from 'vscode-languageserver';
import { toldOnceInFile } from '../../workspace/model/told-once';
import { codeActions } from '../handlers/code-actions';
import { wantsCompletion } from '../handlers/completion';
import { actionsFor, itemsFor } from '../handlers/for-client';
import { prepareRename, rename } from '../handlers/navigation';
import { carryOver, renameEverywhere } from './change-everywhere';
import { answer } from './register-reading';
import type { ServerState } from './state';

/** Questions whose answers become edits: completion, rename, formatting, actions. */
export function registerEditing(state: ServerState): void {
  const { connection, client } = state;
  connection.onCompletion(({ textDocument: { uri }, position, context }, token) =>
    answer(state, uri, token, null, ({ view, document }) =>
      wantsCompletion(view.language, document, position, context?.triggerCharacter)
        ? itemsFor(view.completion(position), client.completion, document)
        : null,
    ),
  );
  connection.onPrepareRename(({ textDocument: { uri }, position }, token) =>
    answer(state, uri, token, null, ({ view }) => prepareRename(view, position) ?? null),
  );
  connection.onRenameRequest(async ({ textDocument: { uri }, position, newName }, token) => {
    const outcome = await answer(state, uri, token, null, async (analysis) => {
      const { view } = analysis;
      const everywhere = await renameEverywhere(state, analysis, position, newName);
      return everywhere ?? rename(view, uri, position, newName) ?? null;
    });
    if (outcome !== null && 'refused' in outcome) {
      return new ResponseError(ErrorCodes.InvalidParams, outcome.refused);
    }
    return outcome;
  });
  connection.onDocumentFormatting(({ textDocument: { uri } }, token) =>
    answer(state, uri, token, null, ({ view }) => view.format()),
  );
  connection.onCodeAction((params, token) => {
    const { textDocument, range, context } = params;
    const { uri } = textDocument;
    return answer(state, uri, token, null, async (analysis) =>
      actionsFor(
        [
          ...codeActions(analysis, {
            range,
            only: context.only,
            opensRules: state.opensRules,
            diagnostics: state.diagnosticOptions(uri),
            between: toldOnceInFile(state.between.visibleIn(uri, analysis.settings), analysis.findings()),
            read: await state.read(analysis.kind),
          }),
          ...(await carryOver(state, analysis, params)),
        ],
        client,
      ),
    );
  });
}
