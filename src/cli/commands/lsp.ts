import { runServer } from '../../config/server/run-server';

/** `gitlab-ha lsp`: serves one editor. The process ends when the editor says so or goes away. */
export async function lsp(): Promise<number> {
  await runServer('stdio');
  return new Promise(() => undefined);
}
