import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { installExtension, startServer } from './server';
import type { ServerOptions, VscodeServer } from './server';
import { Workbench } from './workbench';

/** One VS Code with the packed extension and one window; ends everything it started. */
export interface Session {
  readonly directory: string;
  /** The workspace. */
  readonly folder: string;
  readonly server: VscodeServer;
  readonly workbench: Workbench;
  close(): Promise<void>;
}

export interface SessionOptions extends Omit<ServerOptions, 'directory'> {
  /** Writes the workspace into an empty folder. */
  readonly workspace: (folder: string) => void;
  /** Last part of the workspace's path: what the window's title shows. */
  readonly folderName: string;
  /** Opened in the editor, relative to the workspace. */
  readonly file?: string;
  /** Packs extensions of others that are installed as well. */
  readonly otherExtensions?: (directory: string) => Promise<readonly string[]>;
}

export async function startSession(options: SessionOptions): Promise<Session> {
  const directory = mkdtempSync(join(tmpdir(), 'gitlab-ha-lab-e2e-'));
  const folder = join(directory, 'workspaces', options.folderName);
  mkdirSync(folder, { recursive: true });
  options.workspace(folder);
  const others = (await options.otherExtensions?.(directory)) ?? [];
  cpSync(inject('extensions'), join(directory, 'extensions'), { recursive: true });
  for (const vsix of others) await installExtension(directory, vsix);
  const server = await startServer({ ...options, directory });
  const opened = Workbench.open(server, folder, options.file);
  const workbench = await opened.catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
  return {
    directory,
    folder,
    server,
    workbench,
    close: async () => {
      await workbench.close();
      await server.stop();
      // The server's children may still be writing their last lines.
      rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}
