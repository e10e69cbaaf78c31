import { docsOf, ROOT_TEXTS } from './descriptions';
import { RootTrees } from './root-trees';
import { removedKeys } from './removed-keys';
import type { GitlabSchema, KeyInfo } from './schema';

const NOTHING: ReadonlyMap<string, KeyInfo> = new Map();

function createSchema(): GitlabSchema {
  const trees = new RootTrees();
  const removed = removedKeys((root, path) => trees.find(root, path) !== undefined);
  return {
    rootDocs: (root) => docsOf(root, []),
    rootDescription: (root) => ROOT_TEXTS.get(root)?.about,
    key: (root, path) => trees.find(root, path)?.info,
    children: (root, path) => trees.find(root, path)?.childInfos ?? NOTHING,
    isOpen: (root, path) => trees.nearest(root, path)?.info.open === true,
    removed: (root, path) => removed.find(root, path),
  };
}

/** Everything known about the keys of gitlab.rb, GitLab 19.3. Look-ups cost one step for each key of the path. */
export const GITLAB_SCHEMA: GitlabSchema = createSchema();
