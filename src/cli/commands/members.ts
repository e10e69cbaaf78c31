import { join } from 'node:path';
import { isHostName } from '../../cluster/host-name';
import { meant } from '../../finding/did-you-mean';
import type { Texts } from '../../workspace/change/change';
import { hostNameProblem } from '../../workspace/create/questions';
import { withNode, withoutNode, type MembersChange, type Refused } from '../../workspace/change/members';
import { CLUSTER_FILE } from '../../workspace/files/workspace-files';
import { CliError } from '../cli-error';
import type { CliContext } from '../context';
import { EXIT } from '../exit-code';
import { translate } from '../../words/message';
import { writeTogether, type FileStep } from '../files/write-together';
import { AFTER_CHANGE, nextSteps } from '../next-steps';
import { ownWorkspace, type OwnWorkspace } from '../own-workspace';
import { printLine, stderrStyle } from '../print';

/** `gitlab-ha add-node NAME ADDRESS [WORKSPACE]`: a further node, in all files of a workspace. */
export async function addNode(
  context: CliContext,
  name: string,
  address: string,
  folder: string | undefined,
): Promise<number> {
  const { l10n } = context;
  const workspace = await ownWorkspace(context, folder);
  const { texts, cluster } = workspace;
  if (cluster.nodes.some((node) => node.name === name)) {
    throw new CliError(
      EXIT.usage,
      l10n.t('{0} has a node {1} already.', CLUSTER_FILE, name),
      otherName(context),
    );
  }
  if (isHostName(address)) {
    throw new CliError(EXIT.usage, translate(hostNameProblem(address), l10n), l10n.t('Nothing was changed.'));
  }
  const there = `nodes/${name}`;
  if (hasFolder(texts, there) || (await context.hasFile(join(workspace.root, there)))) {
    throw new CliError(EXIT.usage, l10n.t('{0} is there already.', there), otherName(context));
  }
  return carryOut(context, workspace, withNode(texts, cluster, { name, address }));
}

/** `gitlab-ha remove-node NAME [WORKSPACE]`: a node less, in all files of a workspace; its own files go. */
export async function removeNode(
  context: CliContext,
  name: string,
  folder: string | undefined,
): Promise<number> {
  const { l10n } = context;
  const workspace = await ownWorkspace(context, folder);
  const { texts, cluster } = workspace;
  const names = cluster.nodes.map((node) => node.name);
  if (!names.includes(name)) {
    const message = l10n.t('{0} has no node {1}.', CLUSTER_FILE, name);
    throw new CliError(EXIT.usage, message, translate(meant(name, names), l10n));
  }
  return carryOut(context, workspace, withoutNode(texts, cluster, name));
}

function otherName({ l10n }: CliContext): string {
  return l10n.t('Move it away, or choose another name.');
}

function hasFolder(texts: Texts, folder: string): boolean {
  return [...texts.keys()].some((path) => path.startsWith(`${folder}/`));
}

async function carryOut(
  context: CliContext,
  { root, texts }: OwnWorkspace,
  change: MembersChange | Refused,
): Promise<number> {
  const { l10n } = context;
  if ('refused' in change) {
    const nothing = l10n.t('Nothing was changed.');
    const message = l10n.t('The nodes in {0} cannot be changed from here.', CLUSTER_FILE);
    const { refused } = change;
    if (refused === undefined) throw new CliError(EXIT.usage, message, nothing);
    throw new CliError(EXIT.usage, `${refused.message} ${refused.remedy}`, nothing);
  }
  const removed = change.removed.map((path) => ({ path, before: texts.get(path) ?? '' }));
  await writeTogether(context, [
    ...[...change.files].map(([name, text]): FileStep => {
      const [path, before] = [join(root, name), texts.get(name)];
      return before === undefined ? { kind: 'create', path, text } : { kind: 'replace', path, before, text };
    }),
    ...removed.map(({ path, before }): FileStep => ({ kind: 'remove', path: join(root, path), before })),
  ]);
  for (const path of change.files.keys())
    printLine(context.stdout, texts.has(path) ? l10n.t('{0}: changed', path) : l10n.t('{0}: new', path));
  for (const { path } of removed) printLine(context.stdout, l10n.t('{0}: removed', path));
  tellByHand(context, change);
  printLine(context.stdout, nextSteps(context, root, AFTER_CHANGE));
  return EXIT.ok;
}

/** What could not be done, because the file has something of its own there. */
function tellByHand(context: CliContext, { byHand }: MembersChange): void {
  const style = stderrStyle(context);
  for (const { path, line, wanted } of byHand) {
    const place = `${path}:${line + 1}`;
    const told = context.l10n.t('{0} has something of its own; to be written there by hand:', place);
    printLine(context.stderr, style.yellow(told));
    for (const text of wanted) printLine(context.stderr, text);
  }
}
