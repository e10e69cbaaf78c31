import { Option } from 'commander';
import type { Command } from 'commander';
import type { CliContext, GlobalOptions } from './context';
import { addClientCommands } from './grammar/client-commands';
import { addCompletionCommands } from './grammar/completion-commands';
import { addDrillCommands } from './grammar/drill-commands';
import { addHelpCommand } from './grammar/help-command';
import { addOwnClusterCommands } from './grammar/own-cluster-commands';
import { addLabCommands } from './grammar/lab-commands';
import { addLintCommands } from './grammar/lint-commands';
import { addMachineCommands } from './grammar/machine-commands';
import { addNodeCommands } from './grammar/node-commands';
import { addOrderCommands } from './grammar/order-commands';
import { groupTitles } from './grammar/groups';
import { TranslatedCommand } from './grammar/translated-command';
import { addViewCommands } from './grammar/view-commands';
import { LANGUAGES } from './language';
import { dockerHostOption } from './options';
import { visibleWidth } from './render/table';
import { asSentence } from '../presentation/words/as-sentence';
import type { Localizer } from '../presentation/words/localizer';
import type { Action, Globals, Register } from './options';

export interface ParsedProgram {
  readonly program: Command;
  /** What the parsed command line asks for; undefined when commander has dealt with it (help, version). */
  action(): Action | undefined;
  /** True when the command was asked to print more. */
  verbose(): boolean;
}

const afterHelp = (l10n: Localizer): string =>
  `\n${l10n.t(
    'Exit codes: 0 ok, 1 failed, 2 wrong usage, 3 findings block the deploy, 4 Docker cannot be used, 5 not healthy,\n6 another operation is running, 7 no such lab, node or log, 125 exec or shell itself failed, 130 cancelled.',
  )}`;

/** The language, which is looked for before the grammar is made: its words are in it. */
const languageOption = (l10n: Localizer): Option =>
  new Option(
    '--lang <language>',
    l10n.t('language of what is said; otherwise LC_ALL, LC_MESSAGES, LANG'),
  ).choices(LANGUAGES);

/** The headings of a help page as the grammar's library writes them. */
function helpHeading(title: string, l10n: Localizer): string {
  switch (title) {
    case 'Usage:':
      return l10n.t('Usage:');
    case 'Arguments:':
      return l10n.t('Arguments:');
    case 'Options:':
      return l10n.t('Options:');
    case 'Commands:':
      return l10n.t('Commands:');
    default:
      return title;
  }
}

function addServerCommand(program: Command, { l10n }: CliContext, run: Register): void {
  program
    .command('lsp')
    .summary(l10n.t('language server for any editor'))
    .description(
      l10n.t(
        'Speaks the Language Server Protocol: findings, completion, hover and more for gitlab.rb, HAProxy, Keepalived and cluster.yaml.',
      ),
    )
    .addOption(
      new Option('--stdio', l10n.t('over standard input and output, the only way there is')).default(true),
    )
    .action(() => run(async () => (await import('./commands/lsp')).lsp()));
}

/** The command line's grammar; parsing it decides which action runs, and loads nothing else. */
export function buildProgram(context: CliContext, version: string): ParsedProgram {
  const { l10n } = context;
  let chosen: Action | undefined;
  let verbose = false;
  const program = new TranslatedCommand(l10n, 'gitlab-ha')
    .description(l10n.t('A real three-node GitLab High Availability cluster in local Docker.'))
    .version(version, '-V, --version', l10n.t('print the version'))
    .helpOption('-h, --help', l10n.t('display help for command'))
    .addOption(dockerHostOption(l10n))
    .addOption(languageOption(l10n))
    .helpCommand(false)
    .configureHelp({ styleTitle: (title) => helpHeading(title, l10n), displayWidth: visibleWidth })
    .enablePositionalOptions()
    .showHelpAfterError(helpHint('gitlab-ha', l10n))
    .addHelpText('after', afterHelp(l10n))
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
    })
    .hook('preAction', (_, command) => {
      verbose = command.opts<{ readonly verbose?: boolean }>().verbose === true;
    })
    .exitOverride();
  const run: Register = (action) => {
    chosen = action;
  };
  const globals: Globals = () => program.opts<GlobalOptions>();
  const titles = groupTitles(l10n);
  addOwnClusterCommands(program.commandsGroup(titles.files), context, run);
  addLintCommands(program, context, run, globals, version);
  addLabCommands(program.commandsGroup(titles.labs), context, run, globals);
  addViewCommands(program, context, run, globals);
  addClientCommands(program, context, run, globals);
  addNodeCommands(program.commandsGroup(titles.nodes), context, run, globals);
  addOrderCommands(program, context, run, globals);
  addDrillCommands(program.commandsGroup(titles.faults), context, run, globals);
  addMachineCommands(program.commandsGroup(titles.more), context, run, globals);
  addServerCommand(program, context, run);
  addCompletionCommands(program, context, run, globals);
  addHelpCommand(program, context, run);
  inheritSettings(program, l10n);
  return { program, action: () => chosen, verbose: () => verbose };
}

const helpHint = (called: string, l10n: Localizer): string =>
  l10n.t('({0} --help shows what there is)', called);

/**
 * Commands take over how the program writes and ends, and the options that may stand before or after them. What is typed
 * wrong leads to their own help.
 */
function inheritSettings(parent: Command, l10n: Localizer, called = 'gitlab-ha'): void {
  for (const command of parent.commands) {
    const own = `${called} ${command.name()}`;
    if (command.description() === '') command.description(asSentence(command.summary()));
    command.exitOverride().copyInheritedSettings(parent).showHelpAfterError(helpHint(own, l10n));
    if (command.commands.length === 0) {
      command.addOption(dockerHostOption(l10n).hideHelp()).addOption(languageOption(l10n).hideHelp());
    }
    inheritSettings(command, l10n, own);
  }
}
