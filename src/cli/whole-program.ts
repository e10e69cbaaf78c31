import { access } from 'node:fs/promises';
import { calledAs } from './called-as';
import type { CliContext } from './context';
import { EXIT } from './exit-code';
import { Interrupts } from './interrupts';
import { packageRoot, packageVersion } from './package-root';
import { chosenLanguage, loadWords } from './language';
import { Outputs } from './outputs';
import { runCli, unforeseenText } from './run';
import type { Localizer } from '../presentation/words/localizer';

/** Ctrl-C, `kill`, a closed terminal. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function followSignals(): Interrupts {
  // Of a command that has ended the code is known already.
  const interrupts = new Interrupts((code) => process.exit(process.exitCode ?? code));
  for (const signal of SIGNALS) process.on(signal, () => interrupts.signal());
  return interrupts;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function createContext(
  l10n: Localizer,
  interrupts: Interrupts,
  outputs: Outputs,
  expect: CliContext['expect'],
): CliContext {
  return {
    // Most commands read nothing, and need not wait until it is open.
    get stdin() {
      return process.stdin;
    },
    stdout: outputs.follow(process.stdout),
    stderr: outputs.follow(process.stderr),
    env: { GITLAB_HA_COMMAND: calledAs(process.argv[1] ?? 'gitlab-ha', process.cwd()), ...process.env },
    l10n,
    ...(expect === undefined ? {} : { expect }),
    cwd: process.cwd(),
    now: () => Date.now(),
    every(milliseconds, listener) {
      const timer = setInterval(listener, milliseconds);
      return { dispose: () => clearInterval(timer) };
    },
    after(milliseconds, listener) {
      const timer = setTimeout(listener, milliseconds);
      return { dispose: () => clearTimeout(timer) };
    },
    onInterrupt: (listener) => interrupts.listen(listener),
    onResize(listener) {
      process.stdout.on('resize', listener);
      return { dispose: () => process.stdout.off('resize', listener) };
    },
    labs: async (options) => (await import('./services')).openLabs(options, await packageRoot()),
    machine: async (options) => {
      const imageDir = `${await packageRoot()}/lab/image`;
      return (await import('./doctor/gather')).createMachine(options, { env: process.env, imageDir });
    },
    packageRoot,
    sampleWorkspace: async () => `${await packageRoot()}/lab/sample`,
    readWorkspace: async (folder) => (await import('./workspace')).readWorkspaceFolder(folder),
    hasFile: exists,
    run: async (program, words) =>
      (await import('./run-program')).runProgram(program, words, (listener) => interrupts.listen(listener)),
  };
}

/**
 * Runs the command line this process was given, to its end.
 * @param expect told how many bytes of files there are to check
 */
export async function main(expect?: (bytes: number) => void): Promise<void> {
  const argv = process.argv.slice(2);
  const l10n = await loadWords(chosenLanguage(argv, process.env), packageRoot);

  const interrupts = followSignals();
  const outputs = new Outputs(interrupts);

  // A defect ends the program with its stack, without the lines of the bundle Node would print above it.
  process.on('uncaughtException', (error: Error) => {
    process.stderr.write(`${l10n.t('error:')} ${unforeseenText(error, l10n)}\n`, () =>
      process.exit(EXIT.failed),
    );
  });

  const context = createContext(l10n, interrupts, outputs, expect);
  const code = await runCli(context, argv, await packageVersion());
  // Ends in spite of open handles (Docker's event stream, a terminal), once all output is written.
  process.exitCode = code;
  process.stdout.write('', (error) => {
    outputs.told(error);
    const { failure } = outputs;
    const said = failure ? `${l10n.t('error:')} ${unforeseenText(failure, l10n)}\n` : '';
    process.stderr.write(said, () => process.exit(outputs.exitCode(code)));
  });
}
