/** Everything that needs the client library, which is loaded with the first file that needs it. */
import * as vscode from 'vscode';
import {
  ErrorAction,
  LanguageClient,
  State,
  TransportKind,
  type ErrorHandler,
} from 'vscode-languageclient/node';
import type { InitializationOptions } from '../../server/protocol';
import { NODE_FLAGS, OPEN_RULE_COMMAND } from '../../server/protocol';
import { Disposables } from '../common/disposables';
import type { Disposable } from '../common/disposables';
import type { FileFilter } from './our-files';
import { RULE_PAGES } from './rule-pages';
import type { ServerState } from './server-status';

/** A crash is followed by a new start, up to this often within three minutes. */
const MOST_RESTARTS = 4;

export interface RunningServer extends Disposable {
  restart(): Promise<void>;
}

export interface ClientOptions {
  readonly extensionUri: vscode.Uri;
  readonly selector: FileFilter[];
  readonly output: vscode.LogOutputChannel;
  readonly onState: (state: ServerState) => void;
}

/** Starts the language server and connects it with the editor. Rejects when it does not start. */
export async function startLanguageServer(options: ClientOptions): Promise<RunningServer> {
  const module = vscode.Uri.joinPath(options.extensionUri, 'dist', 'server.js').fsPath;
  const initializationOptions: InitializationOptions = { rulePages: RULE_PAGES };
  const server = { module, transport: TransportKind.ipc, options: { execArgv: [...NODE_FLAGS] } };
  const client = new LanguageClient(
    'gitlabHaLab',
    'HA Lab',
    { run: server, debug: server },
    {
      documentSelector: options.selector,
      outputChannel: options.output,
      initializationOptions,
      errorHandler: {
        // Questions under way when a server crashes fail one by one; by default the fourth would count as a wish to stop it.
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => crashes.closed(),
      },
      markdown: { isTrusted: { enabledCommands: [OPEN_RULE_COMMAND] } },
      textSynchronization: { delayOpenNotifications: true },
    },
  );
  const crashes: ErrorHandler = client.createDefaultErrorHandler(MOST_RESTARTS);
  const parts = new Disposables();
  parts.add(client.onDidChangeState(({ newState }) => options.onState(stateOf(newState))));
  await client.start();
  return {
    restart: () => client.restart(),
    dispose: () => {
      parts.dispose();
      return client.dispose();
    },
  };
}

function stateOf(state: State): ServerState {
  switch (state) {
    case State.Starting:
      return 'starting';
    case State.Running:
      return 'running';
    case State.Stopped:
    case State.StartFailed:
      return 'failed';
  }
}
