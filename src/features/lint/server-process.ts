import * as vscode from 'vscode';
import type { Disposable } from '../common/disposables';
import { showFailure } from '../common/failure';
import type { FeatureContext } from '../common/feature-context';
import type { RunningServer } from './language-client';
import type { FileFilter } from './our-files';
import { ServerStatus } from './server-status';

/** The language server of this window: none, starting, or running. */
export class ServerProcess implements Disposable {
  private running: Promise<RunningServer> | undefined;
  private output: vscode.LogOutputChannel | undefined;
  private status: ServerStatus | undefined;
  private ended = false;

  constructor(
    private readonly context: FeatureContext,
    private readonly selector: FileFilter[],
  ) {}

  /** Starts the server unless it runs; a failure is shown. */
  start(): void {
    if (this.running !== undefined || this.ended) return;
    const starting = this.launch();
    this.running = starting;
    starting.catch((error: unknown) => {
      this.running = undefined;
      this.status?.show('failed');
      showFailure(this.context.log, vscode.l10n.t('The language server did not start'), error);
    });
  }

  async restart(): Promise<void> {
    const { running } = this;
    if (running === undefined) this.start();
    else await (await running).restart();
  }

  showLog(): void {
    if (this.output !== undefined) return this.output.show(true);
    const text = vscode.l10n.t(
      'There is no log yet: the language server starts with the first gitlab.rb, HAProxy or Keepalived file you open.',
    );
    void vscode.window.showInformationMessage(text);
  }

  async dispose(): Promise<void> {
    this.ended = true;
    const { running } = this;
    this.status?.dispose();
    // A server that did not start has been reported, and there is nothing to end.
    await running?.then(
      (server) => server.dispose(),
      () => undefined,
    );
    this.output?.dispose();
  }

  private async launch(): Promise<RunningServer> {
    const status = (this.status ??= new ServerStatus(this.selector));
    status.show('starting');
    const name = vscode.l10n.t('HA Lab Language Server');
    const output = (this.output ??= vscode.window.createOutputChannel(name, { log: true }));
    const { startLanguageServer } = await import('./language-client');
    return startLanguageServer({
      extensionUri: this.context.extensionUri,
      selector: this.selector,
      output,
      onState: (state) => {
        if (!this.ended) status.show(state);
      },
    });
  }
}
