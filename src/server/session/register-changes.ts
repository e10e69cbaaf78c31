import {
  CodeLensRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DocumentFormattingRequest,
  SemanticTokensRegistrationType,
} from 'vscode-languageserver';
import { globsOf } from '../../languages/file-types';
import { OWN_FILES, TOKENS_OPTIONS } from './capabilities';
import { SETTINGS_SECTION } from '../protocol';
import { describe, type ServerState } from './state';

/** Files outside the editor whose changes matter. */
const WATCHED = [...globsOf(), '**/nodes/*'];

/** Follows the editor's texts, the workspace's files and the user's settings. */
export function registerChanges(state: ServerState, folders: readonly string[]): void {
  const { connection, client, opened, scheduler, documents, configuration, index, between } = state;
  opened.onDidOpen(({ document }) => scheduler.soon(document.uri));
  opened.onDidChangeContent(({ document }) => {
    if (document.version > 1) scheduler.afterRest(document.uri);
  });
  opened.onDidClose(({ document: { uri } }) => {
    scheduler.drop(uri);
    documents.forget(uri);
    configuration.forget(uri);
    attempt(state, `${uri} was not closed`, async () => {
      await connection.sendDiagnostics({ uri, diagnostics: [] });
      between.forget(uri);
      if (await index.closed(uri)) checkAll(state);
      await between.refresh();
    });
  });
  connection.onDidChangeConfiguration(({ settings }) => {
    configuration.changed(settings);
    checkAll(state);
    attempt(state, 'Findings between files were not shown', () => between.refresh());
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    attempt(state, 'Changed files were not read', async () => {
      let moved = false;
      for (const { uri } of changes) if (await index.changed(uri)) moved = true;
      if (moved) checkAll(state);
      await between.refresh();
    });
  });
  connection.onInitialized(() => {
    registerOffers(state);
    const unread = 'The workspace could not be read';
    attempt(state, unread, () => readFolders(state, folders));
    if (!client.workspaceFolders) return;
    connection.workspace.onDidChangeWorkspaceFolders(() => {
      attempt(state, unread, async () => {
        const now = (await connection.workspace.getWorkspaceFolders()) ?? [];
        await readFolders(
          state,
          now.map((folder) => folder.uri.replace(/\/$/, '')),
        );
      });
    });
  });
  opened.listen(connection);
}

/** The workspace is read beside the work on open files, which are checked again if a cluster.yaml speaks of them. */
async function readFolders(state: ServerState, folders: readonly string[]): Promise<void> {
  const started = performance.now();
  await state.index.setFolders(folders);
  const count = state.index.all().length;
  const took = Math.round(performance.now() - started);
  state.connection.console.info(`${count} configuration files of the workspace read in ${took} ms`);
  checkAll(state);
  await state.between.refresh();
}

/** Work nobody waits for: what goes wrong is logged and ends nothing. */
function attempt({ connection }: ServerState, failure: string, work: () => Promise<void>): void {
  work().catch((error: unknown) => connection.console.error(`${failure}: ${describe(error)}`));
}

/** Versions or settings are others now: the open files are checked again, and what is drawn into them is asked again. */
export function checkAll(state: ServerState): void {
  const { opened, scheduler, client, connection } = state;
  for (const uri of opened.keys()) scheduler.soon(uri);
  const { languages } = connection;
  const unasked = 'The editor did not ask again';
  if (client.refreshesTokens)
    attempt(state, unasked, () => Promise.resolve(languages.semanticTokens.refresh()));
  if (client.refreshesInlayHints) attempt(state, unasked, () => languages.inlayHint.refresh());
  if (client.refreshesCodeLenses)
    attempt(state, unasked, () => connection.sendRequest(CodeLensRefreshRequest.type));
}

function registerOffers({ connection, client }: ServerState): void {
  const failed = (error: unknown): void => connection.console.warn(`Not registered: ${describe(error)}`);
  if (client.configurationChanges) {
    const options = { section: SETTINGS_SECTION };
    connection.client.register(DidChangeConfigurationNotification.type, options).catch(failed);
  }
  if (client.watchedFiles) {
    const watchers = WATCHED.map((globPattern) => ({ globPattern }));
    connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(failed);
  }
  const documentSelector = [...OWN_FILES];
  if (client.dynamicFormatting)
    connection.client.register(DocumentFormattingRequest.type, { documentSelector }).catch(failed);
  if (client.dynamicTokens) {
    const options = { documentSelector, ...TOKENS_OPTIONS };
    connection.client.register(SemanticTokensRegistrationType.type, options).catch(failed);
  }
}
