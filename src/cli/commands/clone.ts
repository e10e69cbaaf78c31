import { hostname } from 'node:os';
import { addKey, hasProject, listProjects } from '../../lab/clients/api';
import { cloneCommand, projectPath } from '../../lab/clients/clone-command';
import { clientKey, openClient } from '../../lab/clients/lab-client';
import type { LabClient } from '../../lab/clients/lab-client';
import { defaultStateDir } from '../../lab/state-dir';
import { CliError } from '../cli-error';
import type { CliContext, GlobalOptions } from '../context';
import { EXIT } from '../exit-code';
import { chooseLab } from '../lab-name';
import { meantText } from '../meant-text';

export interface CloneOptions extends GlobalOptions {
  readonly name?: string;
  readonly ssh?: boolean;
}

/**
 * `gitlab-ha clone PROJECT [DIR]`: the stock git client clones a repository of the lab, over HTTPS or SSH.
 * @returns git's own exit code
 */
export async function clone(
  context: CliContext,
  project: string,
  directory: string | undefined,
  options: CloneOptions,
): Promise<number> {
  const labs = await context.labs(options);
  const lab = await chooseLab(context, labs, options.name);
  const client = await openClient(labs, lab, defaultStateDir(context.env));
  const path = projectPath(project, client.user);
  await expectProject(context, lab.name, client, path);
  if (options.ssh === true) await expectSsh(context, client);
  const over = options.ssh === true ? 'ssh' : 'http';
  const words = cloneCommand(client, {
    project: path,
    over,
    ...(directory === undefined ? {} : { directory }),
  });
  return runGit(context, words);
}

/** git would only say that it found nothing. */
async function expectProject(
  { l10n }: CliContext,
  lab: string,
  client: LabClient,
  path: string,
): Promise<void> {
  if (await hasProject(client, path)) return;
  const known = await listProjects(client);
  const listed =
    known.length === 0
      ? l10n.t('There are none yet. `gitlab-ha login {0}` says how to make one.', lab)
      : l10n.t('There are: {0}', known.join(', '));
  throw new CliError(
    EXIT.notFound,
    l10n.t('There is no project {0}.', path),
    meantText(path, known, l10n) + listed,
  );
}

async function expectSsh({ l10n }: CliContext, client: LabClient): Promise<void> {
  if (client.sshUrl === undefined) {
    throw new CliError(
      EXIT.notFound,
      l10n.t('The lab has no SSH on this machine.'),
      l10n.t('Clone over HTTPS: leave --ssh out.'),
    );
  }
  await addKey(client, `gitlab-ha on ${hostname()}`, await clientKey(client));
}

async function runGit(context: CliContext, [program = 'git', ...words]: readonly string[]): Promise<number> {
  const { l10n } = context;
  const code = await context.run(program, words);
  if (code !== undefined) return code;
  throw new CliError(
    EXIT.failed,
    l10n.t('There is no program {0} here.', program),
    l10n.t('Install it, then try again.'),
  );
}
