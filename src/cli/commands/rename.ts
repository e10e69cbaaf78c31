import { translate } from '../../words/message';
import { join } from 'node:path';
import type { Cluster } from '../../cluster/cluster';
import { meant } from '../../finding/did-you-mean';
import {
  applied,
  changeEverywhere,
  refuseChange,
  type Change,
  type Texts,
} from '../../workspace/change/change';
import { wholeChange } from '../../workspace/change/address-behind';
import { CLUSTER_FILE } from '../../workspace/files/workspace-files';
import { CliError } from '../cli-error';
import type { Localizer } from '../../presentation/words/localizer';
import type { CliContext } from '../context';
import { EXIT } from '../exit-code';
import { writeTogether, type FileStep } from '../files/write-together';
import { AFTER_CHANGE, nextSteps } from '../next-steps';
import { ownWorkspace } from '../own-workspace';
import { printLine } from '../print';

/** `gitlab-ha rename FROM TO [WORKSPACE]`: a node, an address or the subnet, in all files of a workspace. */
export async function rename(
  context: CliContext,
  from: string,
  to: string,
  folder: string | undefined,
): Promise<number> {
  const { l10n } = context;
  const { root, texts, cluster } = await ownWorkspace(context, folder);
  const change: Change = { kind: kindOf(l10n, cluster, from), from, to };
  const refused = refuseChange(texts, cluster, change);
  if (refused !== undefined)
    throw new CliError(EXIT.usage, translate(refused, l10n), l10n.t('Nothing was changed.'));
  const { edits, folders } = changeEverywhere(texts, wholeChange(texts, cluster, change));
  for (const one of folders) await refuseExisting(context, root, one.to, texts);
  await writeTogether(context, [
    ...[...edits].map(([path, list]): FileStep => {
      const before = texts.get(path) ?? '';
      return { kind: 'replace', path: join(root, path), before, text: applied(before, list) };
    }),
    ...folders.map((one): FileStep => ({ kind: 'move', path: join(root, one.from), to: join(root, one.to) })),
  ]);
  for (const [path, list] of edits)
    printLine(context.stdout, l10n.t('{0}: places changed: {1}', path, list.length));
  for (const one of folders) printLine(context.stdout, `${one.from} → ${one.to}`);
  printLine(context.stdout, nextSteps(context, root, AFTER_CHANGE));
  return EXIT.ok;
}

/** @throws CliError when cluster.yaml names no such thing */
function kindOf(l10n: Localizer, { nodes, vip, subnet }: Cluster, from: string): Change['kind'] {
  if (nodes.some(({ name }) => name === from)) return 'node';
  if (from === vip || nodes.some(({ address }) => address === from)) return 'address';
  if (from === subnet) return 'subnet';
  const known = [...nodes.flatMap(({ name, address }) => [name, address]), vip, subnet];
  const message = l10n.t('{0} names no node, address or subnet "{1}".', CLUSTER_FILE, from);
  throw new CliError(EXIT.usage, message, translate(meant(from, known), l10n));
}

async function refuseExisting(context: CliContext, root: string, path: string, texts: Texts): Promise<void> {
  const taken = [...texts.keys()].some((known) => known.startsWith(`${path}/`));
  if (!taken && !(await context.hasFile(join(root, path)))) return;
  const message = context.l10n.t('{0} is there already.', path);
  throw new CliError(EXIT.usage, message, context.l10n.t('Move it away, or choose another name.'));
}
