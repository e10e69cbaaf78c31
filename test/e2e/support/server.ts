import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SERVER_MAIN, SERVER_NODE } from './paths';

/** Quiet, deterministic workbench: no network, no AI features, no animation, text in the terminal's DOM. */
const SETTINGS: Readonly<Record<string, unknown>> = {
  'workbench.colorTheme': 'Dark Modern',
  'workbench.startupEditor': 'none',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'workbench.layoutControl.enabled': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'terminal.integrated.gpuAcceleration': 'off',
  'terminal.integrated.enablePersistentSessions': false,
  'editor.cursorBlinking': 'solid',
  'terminal.integrated.cursorBlinking': false,
  'terminal.integrated.fontFamily': 'DejaVu Sans Mono',
  'editor.fontFamily': 'DejaVu Sans Mono',
  'workbench.reduceMotion': 'on',
  'editor.minimap.enabled': false,
  'window.menuBarVisibility': 'compact',
  'git.openRepositoryInParentFolders': 'never',
  'files.simpleDialog.enable': true,
  'files.autoSave': 'off',
  'remote.autoForwardPorts': false,
};

export interface ServerOptions {
  /** Folder for everything the server writes; the caller removes it. */
  readonly directory: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Keeps workspace trust switched on (the workspace is then untrusted). */
  readonly trust?: boolean;
}

export interface VscodeServer {
  readonly port: number;
  readonly url: string;
  readonly logDirectory: string;
  stop(): Promise<void>;
}

function folders(directory: string): { readonly data: string; readonly extensions: string } {
  return { data: join(directory, 'data'), extensions: join(directory, 'extensions') };
}

/** Installs a .vsix as a user would, offline. */
export async function installExtension(directory: string, vsix: string): Promise<void> {
  if (!existsSync(SERVER_MAIN)) throw new Error('No VS Code server: run node scripts/setup-vscode.mjs');
  const { data, extensions } = folders(directory);
  const args = ['--server-data-dir', data, '--extensions-dir', extensions, '--accept-server-license-terms'];
  const child = spawn(SERVER_NODE, [SERVER_MAIN, ...args, '--install-extension', vsix, '--force'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collect(child);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`installing ${vsix} ended with exit code ${code}\n${output()}`);
}

/** Starts a server on a free port of 127.0.0.1 and waits until it answers. */
export async function startServer(options: ServerOptions): Promise<VscodeServer> {
  const { data, extensions } = folders(options.directory);
  const user = join(data, 'data', 'User');
  mkdirSync(user, { recursive: true });
  const settings = { ...SETTINGS, ...options.settings };
  writeFileSync(join(user, 'settings.json'), JSON.stringify(settings, null, 2));
  const port = await freePort();
  const args = [
    ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
    ...['--accept-server-license-terms', '--server-data-dir', data, '--extensions-dir', extensions],
    ...['--disable-telemetry', '--disable-experiments', '--disable-update-check'],
    '--disable-getting-started-override',
    ...(options.trust === true ? [] : ['--disable-workspace-trust']),
  ];
  const env = { ...process.env, EXTENSIONS_GALLERY: '{}', ...options.env };
  const child = spawn(SERVER_NODE, [SERVER_MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env });
  const output = collect(child);
  const url = `http://127.0.0.1:${port}`;
  await untilAnswers(`${url}/version`, child, output);
  return { port, url, logDirectory: join(data, 'data', 'logs'), stop: () => stop(child) };
}

async function untilAnswers(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const limit = Date.now() + 60_000;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the VS Code server ended\n${output()}`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    if (Date.now() > limit) {
      child.kill('SIGKILL');
      throw new Error(`the VS Code server does not answer\n${output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function collect(child: ChildProcess): () => string {
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return () => text;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await gone;
  clearTimeout(timer);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
