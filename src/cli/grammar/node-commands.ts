import { Option } from 'commander';
import type { Command } from 'commander';
import type { CliContext } from '../context';
import { nameOption, positiveInteger } from '../options';
import type { Globals, Register } from '../options';

/**
 * What follows a node: our own options up to `--` or the first word that is none, then a command of the node's.
 * @returns the command's words
 */
function ownOptionsFirst(self: Command, words: readonly string[]): readonly string[] {
  const { operands, unknown } = self.parseOptions([...words]);
  const [stranger] = unknown;
  // Says what is meant instead, or prints the help.
  if (stranger !== undefined) self.parse([stranger], { from: 'user' });
  return operands;
}

/** Commands that reach into a node. */
export function addNodeCommands(
  program: Command,
  context: CliContext,
  run: Register,
  globals: Globals,
): void {
  const { l10n } = context;
  addExec(program, context, run, globals);
  program
    .command('shell')
    .summary(l10n.t('an interactive shell on a node'))
    .argument('<node>', l10n.t('node name, or gateway'))
    .addOption(nameOption(l10n))
    .action((node: string, options: object) =>
      run(async () => (await import('../commands/shell')).shell(context, node, { ...globals(), ...options })),
    );
  program
    .command('logs')
    .summary(l10n.t("the end of a service's log"))
    .argument('<node>', l10n.t('node name'))
    .argument('<service>', l10n.t('service name'))
    .addOption(nameOption(l10n))
    .option('-f, --follow', l10n.t('go on with what is added'))
    .addOption(
      new Option('-n, --lines <count>', l10n.t('lines from the end'))
        .argParser(positiveInteger(l10n))
        .default(100),
    )
    .action((node: string, service: string, options: object) =>
      run(async () =>
        (await import('../commands/logs')).logs(context, node, service, { ...globals(), ...options }),
      ),
    );
}

function addExec(program: Command, context: CliContext, run: Register, globals: Globals): void {
  const { l10n } = context;
  program
    .command('exec')
    .summary(l10n.t('run a command on a node; its exit code is passed on'))
    .usage('[options] <node> [options] -- <command...>')
    .argument('<node>', l10n.t('node name, or gateway'))
    .argument('<command...>', l10n.t('program and arguments'))
    .addOption(nameOption(l10n))
    .option('-n, --no-stdin', l10n.t('give the command no standard input'))
    .option('-u, --user <user>', l10n.t('user on the node'), undefined)
    .passThroughOptions()
    .action((node: string, words: string[], _: object, self: Command) => {
      const command = ownOptionsFirst(self, words);
      if (command.length === 0)
        self.error(`${l10n.t('error:')} ${l10n.t("missing required argument '{0}'", 'command')}`);
      run(async () =>
        (await import('../commands/exec')).exec(context, node, command, { ...globals(), ...self.opts() }),
      );
    });
}
