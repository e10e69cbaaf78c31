import { spawn } from 'node:child_process';
import { NODE_FLAGS } from '../../server/protocol';
import { packageRoot } from '../package-root';

/**
 * `gitlab-ha lsp`: serves one editor, in a process with flags of its own that keep it small. It ends when the editor
 * says so or goes away; its exit code is passed on.
 */
export async function lsp(): Promise<number> {
  const program = `${await packageRoot()}/dist/server.js`;
  const server = spawn(process.execPath, [...NODE_FLAGS, program, '--stdio'], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => resolve(code ?? 1));
  });
}
