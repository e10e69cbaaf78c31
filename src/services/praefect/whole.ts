import { say } from '../../words/message';
import type { Message } from '../../words/message';
import type { View } from '../core/live/view';
import { REPOSITORY_COUNTS } from './facts';
import type { RepositoryCounts } from './facts';

/** The repositories as everybody may see them; undefined while no Praefect's database has said. */
export interface RepositoriesState {
  readonly repositories: RepositoryCounts | undefined;
}

export function repositoriesState(view: View): RepositoriesState {
  const said = view.nodes.flatMap((node) => node.fact(REPOSITORY_COUNTS)?.value ?? []);
  // They ask the same database, one after the other.
  const newest = said.reduce<RepositoryCounts | undefined>(
    (known, counts) => (known && (known.asOf ?? 0) >= (counts.asOf ?? 0) ? known : counts),
    undefined,
  );
  return { repositories: newest };
}

/** Every repository served, and with all its replicas current. */
export function missingInRepositories({ repositories }: RepositoriesState): readonly Message[] {
  if (repositories === undefined) return [say('repositories: not known')];
  const { behind, unavailable } = repositories;
  return [
    ...(unavailable > 0 ? [say('repositories: {0} unavailable', unavailable)] : []),
    ...(behind > 0 ? [say('repositories: {0} with replicas that are behind', behind)] : []),
  ];
}
