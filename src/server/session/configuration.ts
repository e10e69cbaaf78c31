import type { Connection } from 'vscode-languageserver';
import { DEFAULT_SETTINGS, lintSection, readSettings } from './settings';
import { SETTINGS_SECTION, type LintSettings } from '../protocol';

/** The user's settings: asked of the client per file, or taken from what it sends. */
export class Configuration {
  private readonly byFile = new Map<string, Promise<LintSettings>>();
  private sent = DEFAULT_SETTINGS;

  /** @param asks true when the client answers `workspace/configuration` */
  constructor(
    private readonly connection: Pick<Connection, 'workspace' | 'console'>,
    private readonly asks: boolean,
    initial: unknown,
  ) {
    if (initial !== undefined) this.sent = readSettings(initial);
  }

  /** Settings of a file; the same object until they change. */
  settings(uri: string): Promise<LintSettings> {
    if (!this.asks) return Promise.resolve(this.sent);
    const known = this.byFile.get(uri);
    if (known !== undefined) return known;
    const asked = this.ask(uri);
    this.byFile.set(uri, asked);
    return asked;
  }

  /** The client says that something changed, and some clients what. */
  changed(settings: unknown): void {
    this.byFile.clear();
    const section = lintSection(settings);
    if (section !== undefined) this.sent = readSettings(section);
  }

  forget(uri: string): void {
    this.byFile.delete(uri);
  }

  private async ask(uri: string): Promise<LintSettings> {
    try {
      return readSettings(
        await this.connection.workspace.getConfiguration({ scopeUri: uri, section: SETTINGS_SECTION }),
      );
    } catch (error) {
      this.connection.console.warn(`The settings of ${uri} are not known: ${String(error)}`);
      return this.sent;
    }
  }
}
