import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { installExtension } from './server';
import { packExtension } from './vsix';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder with the packed extension, installed. */
    readonly extensions: string;
  }
}

/** Packs the extension as it ships and installs it as a user would: once for all sessions, each takes a copy. */
export default async function installOnce(project: TestProject): Promise<() => void> {
  const directory = mkdtempSync(join(tmpdir(), 'gitlab-ha-lab-e2e-installed-'));
  const remove = (): void =>
    rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  try {
    await installExtension(directory, packExtension(directory));
  } catch (error) {
    remove();
    throw error;
  }
  project.provide('extensions', join(directory, 'extensions'));
  return remove;
}
