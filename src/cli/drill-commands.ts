import { Option } from 'commander';
import type { Command } from 'commander';
import { CLIENT_WAYS, USUAL_WAY } from '../services/client-ways';
import type { ProbeCommandOptions } from './commands/probe';
import type { CliContext } from './context';
import { anywayOption } from './order-commands';
import { jsonOption, positiveInteger, takesLab, withLab } from './options';
import type { Globals, LabOption, Register } from './options';

const nodeOption = (what: string): Option => new Option('--node <node>', what);

/** Commands that break a lab on purpose, and those that tell what a client felt. */
export function addDrillCommands(
  program: Command,
  context: CliContext,
  run: Register,
  globals: Globals,
): void {
  addFaultCommands(program, context, run, globals);
  takesLab(program.command('probe').summary('write through the virtual address and tell what a client feels'))
    .description(
      'A client in the gateway writes through the virtual address; then what it was promised is looked for.',
    )
    .addOption(
      new Option('--path <path>', 'what is written to')
        .choices(CLIENT_WAYS.map(({ id }) => id))
        .default(USUAL_WAY),
    )
    .addOption(
      new Option('--duration <seconds>', 'end by itself; otherwise Ctrl-C ends').argParser(positiveInteger),
    )
    .addOption(
      new Option('--interval <ms>', 'from the start of one write to the next')
        .argParser(positiveInteger)
        .default(100),
    )
    .addOption(jsonOption())
    .action((lab: string | undefined, options: ProbeCommandOptions) =>
      run(async () =>
        (await import('./commands/probe')).probe(context, { ...globals(), ...withLab(lab, options) }),
      ),
    );
}

function addFaultCommands(program: Command, context: CliContext, run: Register, globals: Globals): void {
  const fault = program
    .command('fault')
    .summary('break a whole lab on purpose: list, inject, heal, measure')
    .description('Faults a real cluster has. Only a whole cluster is broken, and by one at a time.');
  fault
    .command('list', { isDefault: true })
    .summary('all faults, with what each is aimed at')
    .addOption(jsonOption())
    .action((options: { readonly json?: boolean }) =>
      run(async () => (await import('./commands/fault')).listFaults(context, options)),
    );
  takesLab(
    fault
      .command('inject')
      .summary('break the lab and leave it so')
      .argument('<fault>', 'one of the list, e.g. kill-node'),
  )
    .addOption(nodeOption('this node instead of the one the fault is aimed at'))
    .addOption(anywayOption())
    .addOption(jsonOption())
    .action((id: string, lab: string | undefined, options: LabOption) =>
      run(async () =>
        (await import('./commands/fault')).inject(context, id, { ...globals(), ...withLab(lab, options) }),
      ),
    );
  takesLab(fault.command('heal').summary('start, thaw and connect what is stopped, frozen or cut off'))
    .addOption(nodeOption('this node only'))
    .addOption(jsonOption())
    .action((lab: string | undefined, options: LabOption) =>
      run(async () =>
        (await import('./commands/fault')).heal(context, { ...globals(), ...withLab(lab, options) }),
      ),
    );
  takesLab(
    fault
      .command('measure')
      .summary('break the lab while a client writes, heal it, and tell what the client felt')
      .argument('<fault>', 'one of the list, e.g. kill-node'),
  )
    .addOption(nodeOption('this node instead of the one the fault is aimed at'))
    .addOption(jsonOption())
    .action((id: string, lab: string | undefined, options: LabOption) =>
      run(async () =>
        (await import('./commands/fault')).measure(context, id, { ...globals(), ...withLab(lab, options) }),
      ),
    );
}
