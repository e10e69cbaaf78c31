/** Entry of the language server's bundle: `--stdio` for any editor, `--node-ipc` under VS Code. */
import { runServer } from './run-server';

await runServer(process.argv.includes('--stdio') ? 'stdio' : 'ipc');
