import type { Repository } from './facts';

/** How a repository is: all replicas current, some behind, or nobody who can serve it. */
export type RepositoryCondition = 'current' | 'behind' | 'unavailable';

/** How a repository is, from what Praefect's database says of it: whether anybody serves it comes before how current its replicas are. */
export function conditionOf({ available, replicas }: Repository): RepositoryCondition {
  if (!available) return 'unavailable';
  return Object.values(replicas).every((behind) => behind === 0) ? 'current' : 'behind';
}

/** What a repository is called where there is little room: its project or, while that is not known, of a hashed path the first digits. */
export function shortName({ path, project }: Pick<Repository, 'path' | 'project'>): string {
  if (project !== undefined) return project;
  const [, hash] = /^@hashed\/[0-9a-f]{2}\/[0-9a-f]{2}\/([0-9a-f]{12})[0-9a-f]*\.git$/.exec(path) ?? [];
  return hash ?? path.replace(/\.git$/, '');
}
