import { Argument } from 'commander';
import type { Command } from 'commander';
import { SHELLS } from './completion/scripts';
import type { Shell } from './completion/scripts';
import type { CliContext } from './context';
import type { Globals, Register } from './options';

const ABOUT = `Prints what a shell reads to complete commands, options, labs, nodes, services and rules.

  bash   source <(gitlab-ha completion bash)        in ~/.bashrc
  zsh    source <(gitlab-ha completion zsh)         in ~/.zshrc, after compinit
  fish   gitlab-ha completion fish | source         in ~/.config/fish/config.fish`;

/** The completion of command lines: the scripts for shells, and what these ask. */
export function addCompletionCommands(
  program: Command,
  context: CliContext,
  run: Register,
  globals: Globals,
): void {
  program
    .command('completion')
    .summary('completion of commands, labs, nodes and more for your shell')
    .description(ABOUT)
    .addArgument(new Argument('<shell>', 'which shell').choices(SHELLS))
    .action((shell: Shell) =>
      run(async () => (await import('./commands/completion')).completion(context, shell)),
    );
  program
    .command('_complete', { hidden: true })
    .argument('[words...]')
    .action((words: readonly string[]) =>
      run(async () => (await import('./commands/completion')).complete(context, program, words, globals())),
    );
}
