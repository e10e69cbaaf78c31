import type { Command } from 'commander';
import type { CliContext } from '../context';
import { jsonOption, workspaceArgument } from '../options';
import type { Globals, Register } from '../options';

/** Commands about the machine that labs run on, and what they go by. */
export function addMachineCommands(
  program: Command,
  context: CliContext,
  run: Register,
  globals: Globals,
): void {
  const { l10n } = context;
  program
    .command('timings')
    .summary(l10n.t('both timing profiles side by side'))
    .addOption(jsonOption(l10n))
    .action((options: { readonly json?: boolean }) =>
      run(async () => (await import('../commands/timings')).timings(context, options)),
    );
  program
    .command('doctor')
    .summary(l10n.t('check this machine, with a remedy for whatever is missing'))
    .addArgument(
      workspaceArgument(l10n.t('folder with cluster.yaml, for the port it wants; the current folder')),
    )
    .addOption(jsonOption(l10n))
    .action((folder: string | undefined, options: object) =>
      run(async () =>
        (await import('../commands/doctor')).doctor(context, folder, { ...globals(), ...options }),
      ),
    );
}
