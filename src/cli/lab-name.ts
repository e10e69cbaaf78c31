import { say, verbatim } from '../words/message';
import { join } from 'node:path';
import { readClusterYaml } from '../cluster/cluster-yaml';
import { CLUSTER_FILE, textOf } from '../workspace/files/workspace-files';
import type { CliContext } from './context';
import { meantText } from './meant-text';
import type { LabInfo, LabService } from '../lab/lab-service';
import { LabError } from '../lab/lab-error';
import { CliError } from './cli-error';
import { machinesOf } from '../cluster/machines';
import { EXIT } from './exit-code';
import type { Localizer } from '../presentation/words/localizer';

/**
 * The lab a command is about: the named one, else the only one there is, of several the one of the cluster.yaml in the
 * current folder.
 * @throws LabError `no-lab` when there is none
 * @throws CliError (usage) when several exist and none is meant
 */
export async function chooseLab(
  context: CliContext,
  labs: LabService,
  name: string | undefined,
): Promise<LabInfo> {
  const { l10n } = context;
  if (name !== undefined) return labs.get(name);
  const all = await labs.list();
  const [first, ...others] = all;
  if (first === undefined) {
    throw new LabError(
      'no-lab',
      say('There is no lab on this Docker engine.'),
      say('Deploy one: gitlab-ha up'),
    );
  }
  if (others.length > 0) {
    const own = await nameInFolder(context);
    const ours = all.find((lab) => lab.name === own);
    if (ours !== undefined) return ours;
    const known = all.map((lab) => lab.name).join(', ');
    throw new CliError(
      EXIT.usage,
      l10n.t('Several labs exist: {0}.', known),
      l10n.t('Name one with --name.'),
    );
  }
  return first;
}

/** What the cluster.yaml of the current folder is called; undefined where there is none. */
async function nameInFolder(context: CliContext): Promise<string | undefined> {
  if (!(await context.hasFile(join(context.cwd, CLUSTER_FILE)))) return undefined;
  const text = textOf(await context.readWorkspace(context.cwd), CLUSTER_FILE);
  return text === undefined ? undefined : readClusterYaml(text).cluster?.name;
}

/**
 * The node's name when the lab has it.
 * @throws LabError `no-node` otherwise
 */
export function chooseNode(l10n: Localizer, lab: LabInfo, node: string): string {
  const known = [...machinesOf(lab.cluster).map((candidate) => candidate.name), 'gateway'];
  if (known.includes(node)) return node;
  const remedy = `${meantText(node, known, l10n)}${l10n.t('It has {0}.', known.join(', '))}`;
  throw new LabError('no-node', say('Lab {0} has no node {1}.', lab.name, node), verbatim(remedy));
}
