import { Command, InvalidArgumentError, Option } from 'commander';
import type { LintOptions } from './commands/lint';
import type { CliContext, GlobalOptions } from './context';
import { addCompletionCommands } from './completion-commands';
import { addDrillCommands } from './drill-commands';
import { addHelpCommand } from './help-command';
import { addInitCommand } from './init-command';
import { addOrderCommands } from './order-commands';
import {
  dockerHostOption,
  jsonOption,
  labName,
  nameOption,
  positiveInteger,
  takesLab,
  verboseOption,
  withLab,
} from './options';
import type { Action, Globals, LabOption, Register } from './options';

export interface ParsedProgram {
  readonly program: Command;
  /** What the parsed command line asks for; undefined when commander has dealt with it (help, version). */
  action(): Action | undefined;
  /** True when the command was asked to print more. */
  verbose(): boolean;
}

/** A branch nobody knows would silently mean the default one. */
function haproxyTarget(text: string): string {
  if (!/^\d+\.\d+/.test(text)) throw new InvalidArgumentError('a version such as 3.0');
  return text;
}

function gitlabTarget(text: string): string {
  if (!/^v?\d+\.\d+/.test(text)) throw new InvalidArgumentError('a version such as 19.3');
  return text;
}

const AFTER_HELP = `
Exit codes: 0 ok, 1 failed, 2 wrong usage, 3 findings block the deploy, 4 Docker cannot be used, 5 not healthy,
6 another operation is running, 7 no such lab, node or log, 125 exec or shell itself failed, 130 cancelled.`;

function addLabCommands(program: Command, context: CliContext, run: Register, globals: Globals): void {
  program
    .command('up')
    .summary('deploy a workspace as a lab, or repair and update one')
    .description(
      'Deploys the workspace (its cluster.yaml and configuration files) as a lab; the sample when there is none.',
    )
    .argument('[workspace]', 'folder with cluster.yaml; the current folder, else the sample')
    .addOption(new Option('--name <lab>', "the lab's name instead of cluster.yaml's").argParser(labName))
    .addOption(
      new Option('--timings <profile>', "failure-detection timings instead of cluster.yaml's").choices([
        'fast',
        'production',
      ]),
    )
    .addOption(new Option('--dry-run', 'print what would be done and why; change nothing'))
    .addOption(new Option('--recreate', 'go on also when all data of the lab is lost by it'))
    .addOption(jsonOption())
    .addOption(verboseOption())
    .action((folder: string | undefined, options: object) =>
      run(async () => (await import('./commands/up')).up(context, folder, { ...globals(), ...options })),
    );
  program
    .command('plan')
    .summary('what up would do to each node, file and program, and why; changes nothing')
    .argument('[workspace]', 'folder with cluster.yaml; the current folder, else the sample')
    .addOption(new Option('--name <lab>', "the lab's name instead of cluster.yaml's").argParser(labName))
    .addOption(
      new Option('--timings <profile>', "failure-detection timings instead of cluster.yaml's").choices([
        'fast',
        'production',
      ]),
    )
    .addOption(jsonOption())
    .addOption(verboseOption())
    .action((folder: string | undefined, options: object) =>
      run(async () => (await import('./commands/plan')).plan(context, folder, { ...globals(), ...options })),
    );
  takesLab(program.command('down').summary('destroy a lab and all that belongs to it'))
    .addOption(verboseOption())
    .action((lab: string | undefined, options: LabOption) =>
      run(async () =>
        (await import('./commands/down')).down(context, { ...globals(), ...withLab(lab, options) }),
      ),
    );
  program
    .command('list')
    .summary('all labs of this Docker engine')
    .addOption(jsonOption())
    .action((options: object) =>
      run(async () => (await import('./commands/list')).list(context, { ...globals(), ...options })),
    );
}

function addViewCommands(program: Command, context: CliContext, run: Register, globals: Globals): void {
  takesLab(program.command('status').summary('health, role, version and address of every service'))
    .addOption(jsonOption())
    .addOption(new Option('--wait <seconds>', 'wait until the cluster is whole').argParser(positiveInteger))
    .action((lab: string | undefined, options: LabOption) =>
      run(async () =>
        (await import('./commands/status')).status(context, { ...globals(), ...withLab(lab, options) }),
      ),
    );
  takesLab(program.command('watch').summary('live view on a terminal, one line per event when piped'))
    .addOption(new Option('--json', 'one JSON object per line: what there is, then each event'))
    .action((lab: string | undefined, options: LabOption) =>
      run(async () =>
        (await import('./commands/watch')).watch(context, { ...globals(), ...withLab(lab, options) }),
      ),
    );
  program
    .command('timings')
    .summary('both timing profiles side by side')
    .addOption(jsonOption())
    .action((options: { readonly json?: boolean }) =>
      run(async () => (await import('./commands/timings')).timings(context, options)),
    );
  program
    .command('doctor')
    .summary('check this machine, with a remedy for whatever is missing')
    .argument('[workspace]', 'folder with cluster.yaml, for the port it wants; the current folder')
    .addOption(jsonOption())
    .action((folder: string | undefined, options: object) =>
      run(async () =>
        (await import('./commands/doctor')).doctor(context, folder, { ...globals(), ...options }),
      ),
    );
}

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

function addNodeCommands(program: Command, context: CliContext, run: Register, globals: Globals): void {
  program
    .command('exec')
    .summary('run a command on a node; its exit code is passed on')
    .usage('[options] <node> [options] -- <command...>')
    .argument('<node>', 'node name, or gateway')
    .argument('<command...>', 'program and arguments')
    .addOption(nameOption())
    .option('-n, --no-stdin', 'give the command no standard input')
    .option('-u, --user <user>', 'user on the node', undefined)
    .passThroughOptions()
    .action((node: string, words: string[], _: object, self: Command) => {
      const command = ownOptionsFirst(self, words);
      if (command.length === 0) program.error("error: missing required argument 'command'");
      run(async () =>
        (await import('./commands/exec')).exec(context, node, command, { ...globals(), ...self.opts() }),
      );
    });
  program
    .command('shell')
    .summary('an interactive shell on a node')
    .argument('<node>', 'node name, or gateway')
    .addOption(nameOption())
    .action((node: string, options: object) =>
      run(async () => (await import('./commands/shell')).shell(context, node, { ...globals(), ...options })),
    );
  program
    .command('logs')
    .summary("the end of a service's log")
    .argument('<node>', 'node name')
    .argument('<service>', 'e.g. patroni, consul, haproxy')
    .addOption(nameOption())
    .option('-f, --follow', 'go on with what is added')
    .addOption(
      new Option('-n, --lines <count>', 'lines from the end').argParser(positiveInteger).default(100),
    )
    .action((node: string, service: string, options: object) =>
      run(async () =>
        (await import('./commands/logs')).logs(context, node, service, { ...globals(), ...options }),
      ),
    );
}

function addLintCommands(
  program: Command,
  context: CliContext,
  run: Register,
  globals: Globals,
  version: string,
): void {
  program
    .command('lint')
    .summary('check gitlab.rb, haproxy.cfg, keepalived.conf and cluster.yaml')
    .argument('<path...>', 'files, or folders to search')
    .addOption(
      new Option('--format <format>', 'how to print findings')
        .choices(['text', 'json', 'sarif', 'codequality'])
        .default('text'),
    )
    .addOption(
      new Option('--max-severity <severity>', 'the gravest severity that still passes')
        .choices(['none', 'hint', 'information', 'warning', 'error'])
        .default('warning'),
    )
    .option('--gitlab-version <version>', "GitLab the files are for; cluster.yaml's, else 19.3", gitlabTarget)
    .option(
      '--haproxy-version <version>',
      "HAProxy the files are for; cluster.yaml's, else 3.0",
      haproxyTarget,
    )
    .option('--fix', 'repair what has one sure repair, in the files')
    .addOption(
      new Option(
        '--verify [where]',
        "ask haproxy -c and keepalived -t as well: the lab image's, or this machine's",
      )
        .choices(['image', 'local'])
        .preset('image'),
    )
    .option(
      '--allow-code',
      'with --verify local: also for files that make haproxy run code (lua-load), on this machine and as you',
    )
    .action((paths: string[], options: Omit<LintOptions, 'version'>) =>
      run(async () =>
        (await import('./commands/lint')).lint(context, paths, { ...globals(), ...options, version }),
      ),
    );
  addRuleCommands(program, context, run);
}

function addRuleCommands(program: Command, context: CliContext, run: Register): void {
  program
    .command('rules')
    .summary('all rules of lint, with severity and topic')
    .addOption(jsonOption())
    .action((options: { readonly json?: boolean }) =>
      run(async () => (await import('./commands/rules')).rules(context, options)),
    );
  program
    .command('explain')
    .summary('the page of a rule: what, why, examples, fix')
    .argument('<rule>', 'its id, e.g. GLR012')
    .action((id: string) => run(async () => (await import('./commands/rules')).explain(context, id)));
}

function addServerCommand(program: Command, run: Register): void {
  program
    .command('lsp')
    .summary('language server for any editor')
    .description(
      'Speaks the Language Server Protocol: findings, completion, hover and more for gitlab.rb, HAProxy, Keepalived and cluster.yaml.',
    )
    .addOption(new Option('--stdio', 'over standard input and output, the only way there is').default(true))
    .action(() => run(async () => (await import('./commands/lsp')).lsp()));
}

/** The command line's grammar; parsing it decides which action runs, and loads nothing else. */
export function buildProgram(context: CliContext, version: string): ParsedProgram {
  let chosen: Action | undefined;
  let verbose = false;
  const program = new Command('gitlab-ha')
    .description('A real three-node GitLab High Availability cluster in local Docker.')
    .version(version, '-V, --version', 'print the version')
    .addOption(dockerHostOption())
    .helpCommand(false)
    .enablePositionalOptions()
    .showHelpAfterError('(gitlab-ha --help shows what there is)')
    .addHelpText('after', AFTER_HELP)
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
  addInitCommand(program, context, run);
  addLabCommands(program, context, run, globals);
  addViewCommands(program, context, run, globals);
  addNodeCommands(program, context, run, globals);
  addOrderCommands(program, context, run, globals);
  addDrillCommands(program, context, run, globals);
  addLintCommands(program, context, run, globals, version);
  addServerCommand(program, run);
  addCompletionCommands(program, context, run, globals);
  addHelpCommand(program, run);
  inheritSettings(program);
  return { program, action: () => chosen, verbose: () => verbose };
}

/** Commands take over how the program writes and ends, and the options that may stand before or after them. */
function inheritSettings(parent: Command): void {
  for (const command of parent.commands) {
    command.exitOverride().copyInheritedSettings(parent);
    if (command.commands.length === 0) command.addOption(dockerHostOption().hideHelp());
    inheritSettings(command);
  }
}
