import type { Command } from 'commander';
import { suggestion } from '../finding/did-you-mean';
import { CliError } from './cli-error';
import { EXIT } from './exit-code';
import type { Register } from './options';

/** `gitlab-ha help [command]`: the same as `gitlab-ha [command] --help`. */
export function addHelpCommand(program: Command, run: Register): void {
  program
    .command('help')
    .summary('the help of a command')
    .argument('[command...]', 'which one, e.g. up, or fault inject; all of them when left out')
    .action((path: readonly string[]) =>
      run(async () => {
        commandAt(program, path).outputHelp();
        return EXIT.ok;
      }),
    );
}

/** @throws CliError (usage) with a close name when there is no such command */
function commandAt(program: Command, path: readonly string[]): Command {
  let command = program;
  for (const word of path) {
    const below = command.commands;
    const found = below.find((candidate) => candidate.name() === word);
    if (found === undefined) {
      const names = below.map((candidate) => candidate.name()).filter((name) => !name.startsWith('_'));
      const remedy = names.length === 0 ? `See gitlab-ha help ${command.name()}.` : suggestion(word, names);
      throw new CliError(EXIT.usage, `There is no command ${path.join(' ')}.`, remedy);
    }
    command = found;
  }
  return command;
}
