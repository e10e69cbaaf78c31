import { isAbsolute, join, relative, resolve } from 'node:path';
import type { Finding } from '../../finding/finding';
import type { RubyParserLoader } from '../../languages/gitlab-rb/ruby/ruby-parser';
import { shownBetween } from '../../workspace/model/shown';
import { shownPath, type LintFile } from './find-files';
import type { NearestClusters } from './target';

/**
 * What stands between the files of the workspaces that files belong to, as the editor shows it: findings in the files
 * that were asked for, and about missing ones below the folders that were.
 * @param asked the paths the user named, as the operating system takes them
 */
export async function workspaceFindings(
  cwd: string,
  asked: readonly string[],
  files: readonly LintFile[],
  clusters: NearestClusters,
  loadParser: RubyParserLoader,
): Promise<Finding[]> {
  const roots = new Set<string>();
  for (const { file, kind } of files) {
    if (kind === 'compose') continue;
    const { folder } = await clusters.of(file);
    if (folder !== undefined) roots.add(folder);
  }
  const wanted = asked.map((path) => resolve(cwd, path));
  const covers = (file: string): boolean =>
    wanted.some((path) => {
      const below = relative(path, file);
      return !isAbsolute(below) && below.split(/[\\/]/)[0] !== '..';
    });
  const findings: Finding[] = [];
  if (roots.size === 0) return findings;
  const [{ modelOf }, { readWorkspaceFolder }] = await Promise.all([
    import('../../workspace/workspace'),
    import('../workspace'),
  ]);
  for (const root of roots) {
    const model = await modelOf(await readWorkspaceFolder(root), loadParser);
    for (const finding of shownBetween(model.between())) {
      const file = join(root, finding.file);
      if (covers(file)) findings.push({ ...finding, file: shownPath(cwd, file) });
    }
  }
  return findings;
}
