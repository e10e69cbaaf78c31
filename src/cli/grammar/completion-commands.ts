import { Argument } from 'commander';
import type { Command } from 'commander';
import { SHELLS } from '../completion/scripts';
import type { Shell } from '../completion/scripts';
import type { CliContext } from '../context';
import type { Globals, Register } from '../options';

const LINES = `
  bash   source <(gitlab-ha completion bash)        # ~/.bashrc
  zsh    source <(gitlab-ha completion zsh)         # ~/.zshrc, compinit
  fish   gitlab-ha completion fish | source         # ~/.config/fish/config.fish`;

/** The completion of command lines: the scripts for shells, and what these ask. */
export function addCompletionCommands(
  program: Command,
  context: CliContext,
  run: Register,
  globals: Globals,
): void {
  const { l10n } = context;
  program
    .command('completion')
    .summary(l10n.t('completion of commands, labs, nodes and more for your shell'))
    .description(
      `${l10n.t('Prints what a shell reads to complete commands, options, labs, nodes, services and rules.')}\n${LINES}`,
    )
    .addArgument(new Argument('<shell>', l10n.t('which shell')).choices(SHELLS))
    .action((shell: Shell) =>
      run(async () => (await import('../commands/completion')).completion(context, shell)),
    );
  program
    .command('_complete', { hidden: true })
    .argument('[words...]')
    .action((words: readonly string[]) =>
      run(async () => (await import('../commands/completion')).complete(context, program, words, globals())),
    );
}
