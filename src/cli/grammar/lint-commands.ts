import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import type { Localizer } from '../../presentation/words/localizer';
import type { LintOptions } from '../commands/lint';
import type { CliContext } from '../context';
import { jsonOption } from '../options';
import type { Globals, Register } from '../options';

/** A branch nobody knows would silently mean the default one. */
const haproxyTarget =
  (l10n: Localizer) =>
  (text: string): string => {
    if (/^\d+\.\d+/.test(text)) return text;
    throw new InvalidArgumentError(l10n.t('a version such as 3.0'));
  };

const gitlabTarget =
  (l10n: Localizer) =>
  (text: string): string => {
    if (/^v?\d+\.\d+/.test(text)) return text;
    throw new InvalidArgumentError(l10n.t('a version such as 19.3'));
  };

const gitlabVersionOption = (l10n: Localizer): Option =>
  new Option(
    '--gitlab-version <version>',
    l10n.t("GitLab the files are for; cluster.yaml's, else 19.3"),
  ).argParser(gitlabTarget(l10n));

const haproxyVersionOption = (l10n: Localizer): Option =>
  new Option(
    '--haproxy-version <version>',
    l10n.t("HAProxy the files are for; cluster.yaml's, else 3.0"),
  ).argParser(haproxyTarget(l10n));

const haproxyFilesOption = (l10n: Localizer): Option =>
  new Option(
    '--haproxy-files <how>',
    l10n.t('which HAProxy files are one configuration: those found to be, all in the order named, or none'),
  )
    .choices(['found', 'together', 'apart'])
    .default('found');

const verifyOption = (l10n: Localizer): Option =>
  new Option(
    '--verify [where]',
    l10n.t("ask haproxy -c and keepalived -t as well: the lab image's, or this machine's"),
  )
    .choices(['image', 'local'])
    .preset('image');

/** Commands that judge files, and tell of the rules. */
export function addLintCommands(
  program: Command,
  context: CliContext,
  run: Register,
  globals: Globals,
  version: string,
): void {
  const { l10n } = context;
  program
    .command('lint')
    .summary(l10n.t('check gitlab.rb, haproxy.cfg, keepalived.conf and cluster.yaml'))
    .description(
      l10n.t(
        'Checks gitlab.rb, haproxy.cfg, keepalived.conf and cluster.yaml, each by itself and all together. Each finding names its rule: gitlab-ha explain RULE says why, with examples.',
      ),
    )
    .argument('[path...]', l10n.t('files, or folders to search; the current folder'))
    .addOption(
      new Option('--format <format>', l10n.t('how to print findings'))
        .choices(['text', 'json', 'sarif', 'codequality'])
        .default('text'),
    )
    .addOption(
      new Option('--max-severity <severity>', l10n.t('the gravest severity that still passes'))
        .choices(['none', 'hint', 'information', 'warning', 'error'])
        .default('warning'),
    )
    .addOption(gitlabVersionOption(l10n))
    .addOption(haproxyVersionOption(l10n))
    .addOption(haproxyFilesOption(l10n))
    .option('--fix', l10n.t('repair what has one sure repair, in the files'))
    .addOption(verifyOption(l10n))
    .option(
      '--allow-code',
      l10n.t(
        'with --verify local: also for files that make haproxy run code (lua-load), on this machine and as you',
      ),
    )
    .action((paths: string[], options: Omit<LintOptions, 'version'>) =>
      run(async () =>
        (await import('../commands/lint')).lint(context, paths, { ...globals(), ...options, version }),
      ),
    );
  addRuleCommands(program, context, run);
}

function addRuleCommands(program: Command, context: CliContext, run: Register): void {
  const { l10n } = context;
  program
    .command('rules')
    .summary(l10n.t('all rules of lint, with severity and topic'))
    .addOption(jsonOption(l10n))
    .action((options: { readonly json?: boolean }) =>
      run(async () => (await import('../commands/rules')).rules(context, options)),
    );
  program
    .command('explain')
    .summary(l10n.t('the page of a rule: what, why, examples, fix'))
    .argument('<rule>', l10n.t('its id, e.g. GLR012'))
    .action((id: string) => run(async () => (await import('../commands/rules')).explain(context, id)));
}
