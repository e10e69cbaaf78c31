import { Option } from 'commander';
import type { Command } from 'commander';
import { CLIENT_WAYS, USUAL_WAY } from '../../services/client-ways';
import type { ProbeCommandOptions } from '../commands/probe';
import type { CliContext } from '../context';
import { anywayOption } from './order-commands';
import { jsonOption, positiveInteger, takesLab, withLab } from '../options';
import type { Globals, LabOption, Register } from '../options';

const nodeOption = (what: string): Option => new Option('--node <node>', what);

/** Commands that break a lab on purpose, and those that tell what a client felt. */
export function addDrillCommands(
  program: Command,
  context: CliContext,
  run: Register,
  globals: Globals,
): void {
  const { l10n } = context;
  addFaultCommands(program, context, run, globals);
  takesLab(
    program
      .command('probe')
      .summary(l10n.t('write through the virtual address and tell what a client feels')),
    l10n,
  )
    .description(
      l10n.t(
        'A client in the gateway writes through the virtual address; then what it was promised is looked for.',
      ),
    )
    .addOption(
      new Option('--path <path>', l10n.t('what is written to'))
        .choices(CLIENT_WAYS.map(({ id }) => id))
        .default(USUAL_WAY),
    )
    .addOption(
      new Option('--duration <seconds>', l10n.t('end by itself; otherwise Ctrl-C ends')).argParser(
        positiveInteger(l10n),
      ),
    )
    .addOption(
      new Option(
        '--interval <ms>',
        l10n.t('from the start of one write to the next; as it suits the path when left out'),
      ).argParser(positiveInteger(l10n, 1)),
    )
    .addOption(jsonOption(l10n))
    .action((lab: string | undefined, options: ProbeCommandOptions) =>
      run(async () =>
        (await import('../commands/probe')).probe(context, { ...globals(), ...withLab(l10n, lab, options) }),
      ),
    );
}

function addFaultCommands(program: Command, context: CliContext, run: Register, globals: Globals): void {
  const { l10n } = context;
  const fault = program
    .command('fault')
    .summary(l10n.t('break a whole lab on purpose: list, inject, heal, measure'))
    .description(l10n.t('Faults a real cluster has. Only a whole cluster is broken, and by one at a time.'));
  takesLab(
    fault
      .command('list', { isDefault: true })
      .summary(l10n.t('the faults of a lab, with what each is aimed at; all of them where there is no lab')),
    l10n,
  )
    .addOption(jsonOption(l10n))
    .action((lab: string | undefined, options: LabOption) =>
      run(async () =>
        (await import('../commands/fault')).listFaults(context, {
          ...globals(),
          ...withLab(l10n, lab, options),
        }),
      ),
    );
  takesLab(
    fault
      .command('inject')
      .summary(l10n.t('break the lab and leave it so'))
      .argument('<fault>', l10n.t('one of the list, e.g. kill-node')),
    l10n,
  )
    .addOption(nodeOption(l10n.t('this node instead of the one the fault is aimed at')))
    .addOption(anywayOption(l10n))
    .addOption(jsonOption(l10n))
    .action((id: string, lab: string | undefined, options: LabOption) =>
      run(async () =>
        (await import('../commands/fault')).inject(context, id, {
          ...globals(),
          ...withLab(l10n, lab, options),
        }),
      ),
    );
  addHeal(fault, context, run, globals);
  addMeasure(fault, context, run, globals);
}

function addHeal(fault: Command, context: CliContext, run: Register, globals: Globals): void {
  const { l10n } = context;
  takesLab(
    fault.command('heal').summary(l10n.t('start, thaw and connect what is stopped, frozen or cut off')),
    l10n,
  )
    .addOption(nodeOption(l10n.t('this node only')))
    .addOption(jsonOption(l10n))
    .action((lab: string | undefined, options: LabOption) =>
      run(async () =>
        (await import('../commands/fault')).heal(context, { ...globals(), ...withLab(l10n, lab, options) }),
      ),
    );
}

function addMeasure(fault: Command, context: CliContext, run: Register, globals: Globals): void {
  const { l10n } = context;
  takesLab(
    fault
      .command('measure')
      .summary(l10n.t('break the lab while a client writes, heal it, and tell what the client felt'))
      .argument('<fault>', l10n.t('one of the list, e.g. kill-node')),
    l10n,
  )
    .addOption(nodeOption(l10n.t('this node instead of the one the fault is aimed at')))
    .addOption(jsonOption(l10n))
    .action((id: string, lab: string | undefined, options: LabOption) =>
      run(async () =>
        (await import('../commands/fault')).measure(context, id, {
          ...globals(),
          ...withLab(l10n, lab, options),
        }),
      ),
    );
}
