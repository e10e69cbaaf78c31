import { readClusterVersions } from '../../cluster/cluster-versions';
import { blocksDeployment, type Finding } from '../../finding/finding';
import { namedKind } from '../../languages/file-types';
import type { RubyParserLoader } from '../../languages/gitlab-rb/ruby/ruby-parser';
import { includedBeside } from '../../workspace/files/included-beside';
import { CLUSTER_FILE, textOf, type WorkspaceFiles } from '../../workspace/files/workspace-files';
import { createLinters } from './linter';
import { toldOnce } from '../../workspace/model/told-once';

/**
 * What `lint` finds wrong in a workspace, errors and warnings: those of the single files, which its deployment does not look
 * at, and what the deployment warns of. None of a workspace that cannot be deployed: the deployment refuses it, and says why.
 * @param deployed what reading the workspace has found
 */
export async function findingsBefore(
  files: WorkspaceFiles,
  deployed: readonly Finding[],
  loadParser: RubyParserLoader,
): Promise<readonly Finding[]> {
  if (blocksDeployment(deployed)) return [];
  const linterOf = createLinters(loadParser);
  const versions = readClusterVersions(textOf(files, CLUSTER_FILE) ?? '');
  const found: Finding[] = [];
  for (const path of [...files.keys()].sort()) {
    const [kind, text] = [namedKind(path), textOf(files, path)];
    // What cluster.yaml says is the deployment's own matter.
    if (text === undefined || kind === undefined || kind === 'cluster' || kind === 'compose') continue;
    const included = await includedBeside(path, text, (other) => Promise.resolve(textOf(files, other)));
    const lint = await linterOf({ path, kind }, { ...versions, ...(included && { included }) });
    found.push(...lint(text).filter(isGrave));
  }
  return [...found, ...besides(deployed, found).filter(isGrave)];
}

/** Findings of a deployment without those that are told already. */
export function besides(deployed: readonly Finding[], before: readonly Finding[]): readonly Finding[] {
  const key = ({ code, file, range }: Finding): string => JSON.stringify([code, file, range.start]);
  const told = new Set(before.map(key));
  return toldOnce(deployed, before).filter((finding) => !told.has(key(finding)));
}

function isGrave({ severity }: Finding): boolean {
  return severity === 'error' || severity === 'warning';
}
