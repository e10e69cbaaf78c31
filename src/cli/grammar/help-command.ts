import type { Command } from 'commander';
import { meantText } from '../meant-text';
import type { Localizer } from '../../presentation/words/localizer';
import { CliError } from '../cli-error';
import type { CliContext } from '../context';
import { EXIT } from '../exit-code';
import type { Register } from '../options';

/** `gitlab-ha help [command]`: the same as `gitlab-ha [command] --help`. */
export function addHelpCommand(program: Command, context: CliContext, run: Register): void {
  const { l10n } = context;
  program
    .command('help')
    .summary(l10n.t('the help of a command'))
    .argument('[command...]', l10n.t('which one, e.g. up, or fault inject; all of them when left out'))
    .action((path: readonly string[]) =>
      run(async () => {
        commandAt(l10n, program, path).outputHelp();
        return EXIT.ok;
      }),
    );
}

/** @throws CliError (usage) with a close name when there is no such command */
function commandAt(l10n: Localizer, program: Command, path: readonly string[]): Command {
  let command = program;
  for (const word of path) {
    const below = command.commands;
    const found = below.find((candidate) => candidate.name() === word);
    if (found === undefined) {
      const names = below.map((candidate) => candidate.name()).filter((name) => !name.startsWith('_'));
      const remedy =
        names.length === 0
          ? l10n.t('See gitlab-ha help {0}.', command.name())
          : meantText(word, names, l10n).trimEnd() || l10n.t('Use one of: {0}.', names.join(', '));
      throw new CliError(EXIT.usage, l10n.t('There is no command {0}.', path.join(' ')), remedy);
    }
    command = found;
  }
  return command;
}
