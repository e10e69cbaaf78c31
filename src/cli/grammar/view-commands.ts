import { Option } from 'commander';
import type { Command } from 'commander';
import type { CliContext } from '../context';
import { jsonOption, positiveInteger, takesLab, withLab } from '../options';
import type { Globals, LabOption, Register } from '../options';

/** Commands that show labs: their state now, and as it changes. */
export function addViewCommands(
  program: Command,
  context: CliContext,
  run: Register,
  globals: Globals,
): void {
  const { l10n } = context;
  takesLab(
    program.command('status').summary(l10n.t('health, role, version and address of every service')),
    l10n,
  )
    .addOption(jsonOption(l10n))
    .addOption(
      new Option('--wait <seconds>', l10n.t('wait until the cluster is whole')).argParser(
        positiveInteger(l10n),
      ),
    )
    .action((lab: string | undefined, options: LabOption) =>
      run(async () =>
        (await import('../commands/status')).status(context, {
          ...globals(),
          ...withLab(l10n, lab, options),
        }),
      ),
    );
  takesLab(
    program.command('watch').summary(l10n.t('live view on a terminal, one line per event when piped')),
    l10n,
  )
    .addOption(new Option('--json', l10n.t('one JSON object per line: what there is, then each event')))
    .action((lab: string | undefined, options: LabOption) =>
      run(async () =>
        (await import('../commands/watch')).watch(context, { ...globals(), ...withLab(l10n, lab, options) }),
      ),
    );
}
