/** The language server over the ways a client may speak with it. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { FrameWatch } from './process/frame-watch';
import { findInstallation } from './process/installation';
import { Memory } from './process/memory';
import { NODE_FILE_SYSTEM } from './files/node-file-system';
import { serve } from './server';

/** Serves the client until it says goodbye: the process then ends. @param way how the client is reached */
export async function runServer(way: 'stdio' | 'ipc'): Promise<void> {
  const memory = new Memory();
  const installation = await findInstallation();
  const connection =
    way === 'stdio'
      ? createConnection(ProposedFeatures.all, process.stdin, process.stdout)
      : createConnection(ProposedFeatures.all);
  serve(connection, { ...installation, files: NODE_FILE_SYSTEM, checked: () => memory.used() });
  if (way === 'stdio') endAfterBrokenFrame();
}

/** Ends the process with an error once the client's frames are broken: editors start a server that has ended again. */
function endAfterBrokenFrame(): void {
  const watch = new FrameWatch();
  process.stdin.on('data', (bytes: Buffer) => {
    const fault = watch.take(bytes);
    if (fault === undefined) return;
    process.stderr.write(`error: the client does not speak the Language Server Protocol: ${fault}.\n`, () =>
      process.exit(1),
    );
  });
}
