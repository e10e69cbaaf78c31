import { resolve } from 'node:path';
import type { Cluster } from '../cluster/cluster';
import { readClusterYaml } from '../cluster/cluster-yaml';
import type { Texts } from '../workspace/change/change';
import { CLUSTER_FILE, textOf } from '../workspace/files/workspace-files';
import { CliError } from './cli-error';
import type { CliContext } from './context';
import { EXIT } from './exit-code';

/** A workspace whose files are to be changed. */
export interface OwnWorkspace {
  /** Absolute. */
  readonly root: string;
  /** Of the files that can be read. */
  readonly texts: Texts;
  readonly cluster: Cluster;
}

/**
 * Reads a workspace that is to be changed. @param folder as typed; the current folder when left out
 * @throws CliError when it has no cluster.yaml that can be read
 */
export async function ownWorkspace(context: CliContext, folder: string | undefined): Promise<OwnWorkspace> {
  const { l10n } = context;
  const root = resolve(context.cwd, folder ?? '.');
  const files = await context.readWorkspace(root);
  const texts = new Map(
    [...files.keys()].flatMap((path) => {
      const text = textOf(files, path);
      return text === undefined ? [] : [[path, text] as const];
    }),
  );
  const { cluster } = readClusterYaml(texts.get(CLUSTER_FILE) ?? '');
  if (cluster !== undefined) return { root, texts, cluster };
  const message = l10n.t('{0} has no {1} that can be read.', root, CLUSTER_FILE);
  const remedy = l10n.t('Name a workspace folder, or run: {0}', `gitlab-ha lint ${folder ?? '.'}`);
  throw new CliError(EXIT.usage, message, remedy);
}
