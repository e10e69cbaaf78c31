import { Option } from 'commander';
import type { Command } from 'commander';
import type { CliContext } from '../context';
import {
  deployedWorkspaceArgument,
  jsonOption,
  labName,
  layerNames,
  takesLab,
  verboseOption,
  withLab,
} from '../options';
import type { Globals, LabOption, Register } from '../options';
import type { Localizer } from '../../presentation/words/localizer';

/** Commands that make, change and remove labs. */
export function addLabCommands(program: Command, context: CliContext, run: Register, globals: Globals): void {
  const { l10n } = context;
  addUp(program, context, run, globals);
  addPlan(program, context, run, globals);
  takesLab(program.command('down').summary(l10n.t('destroy a lab and all that belongs to it')), l10n)
    .addOption(verboseOption(l10n))
    .action((lab: string | undefined, options: LabOption) =>
      run(async () =>
        (await import('../commands/down')).down(context, { ...globals(), ...withLab(l10n, lab, options) }),
      ),
    );
  program
    .command('prune')
    .summary(l10n.t('remove images of older versions that no lab uses'))
    .addOption(new Option('--dry-run', l10n.t('only print them')))
    .action((options: object) =>
      run(async () => (await import('../commands/prune')).prune(context, { ...globals(), ...options })),
    );
  program
    .command('list')
    .summary(l10n.t('all labs of this Docker engine'))
    .addOption(jsonOption(l10n))
    .action((options: object) =>
      run(async () => (await import('../commands/list')).list(context, { ...globals(), ...options })),
    );
}

function addUp(program: Command, context: CliContext, run: Register, globals: Globals): void {
  const { l10n } = context;
  program
    .command('up')
    .summary(l10n.t('deploy a workspace as a lab, or repair and update one'))
    .description(
      l10n.t(
        'Deploys the workspace (its cluster.yaml and configuration files) as a lab; the sample when there is none.',
      ),
    )
    .addArgument(deployedWorkspaceArgument(l10n))
    .addOption(ownNameOption(l10n))
    .addOption(timingsOption(l10n))
    .addOption(layersOption(l10n))
    .addOption(new Option('--dry-run', l10n.t('print what would be done and why; change nothing')))
    .addOption(new Option('--recreate', l10n.t('go on also when all data of the lab is lost by it')))
    .addOption(
      new Option('--keep-failed', l10n.t('leave a new lab that does not become whole, for its logs')),
    )
    .addOption(jsonOption(l10n))
    .addOption(verboseOption(l10n))
    .action((folder: string | undefined, options: object) =>
      run(async () => (await import('../commands/up')).up(context, folder, { ...globals(), ...options })),
    );
}

function addPlan(program: Command, context: CliContext, run: Register, globals: Globals): void {
  const { l10n } = context;
  program
    .command('plan')
    .summary(l10n.t('what up would do to each node, file and program, and why; changes nothing'))
    .addArgument(deployedWorkspaceArgument(l10n))
    .addOption(ownNameOption(l10n))
    .addOption(timingsOption(l10n))
    .addOption(layersOption(l10n))
    .addOption(jsonOption(l10n))
    .addOption(verboseOption(l10n))
    .action((folder: string | undefined, options: object) =>
      run(async () => (await import('../commands/plan')).plan(context, folder, { ...globals(), ...options })),
    );
}

const ownNameOption = (l10n: Localizer): Option =>
  new Option('--name <lab>', l10n.t("the lab's name instead of cluster.yaml's")).argParser(labName(l10n));

const timingsOption = (l10n: Localizer): Option =>
  new Option('--timings <profile>', l10n.t("failure-detection timings instead of cluster.yaml's")).choices([
    'fast',
    'production',
  ]);

const layersOption = (l10n: Localizer): Option =>
  new Option(
    '--layers <layers>',
    l10n.t("layers to run instead of cluster.yaml's, e.g. database,cache; what they need comes along"),
  ).argParser(layerNames(l10n));
