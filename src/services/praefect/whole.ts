import { say } from '../../words/message';
import type { Message } from '../../words/message';
import type { View } from '../core/live/view';
import { GITALY_STORAGES } from '../gitaly/facts';
import { REPOSITORY_COUNTS } from './facts';
import type { RepositoryCounts } from './facts';

/** The repositories as everybody may see them; undefined while no Praefect's database has said. */
export interface RepositoriesState {
  readonly repositories: RepositoryCounts | undefined;
  /** The node of each storage, by its name, as far as it is known. */
  readonly homes?: Readonly<Record<string, string>>;
}

/** What is known of the repositories, from the Praefect that asked last, and on which node each storage is. */
export function repositoriesState(view: View): RepositoriesState {
  const said = view.nodes.flatMap((node) => node.fact(REPOSITORY_COUNTS)?.value ?? []);
  // They ask the same database, one after the other.
  const newest = said.reduce<RepositoryCounts | undefined>(
    (known, counts) => (known && (known.asOf ?? 0) >= (counts.asOf ?? 0) ? known : counts),
    undefined,
  );
  return { repositories: newest, homes: homesIn(view) };
}

function homesIn(view: View): Readonly<Record<string, string>> {
  const pairs = view.nodes.flatMap((node) =>
    (node.fact(GITALY_STORAGES)?.value ?? []).map((storage) => [storage, node.name] as const),
  );
  return Object.fromEntries(pairs);
}

/** The node whose Gitaly takes the writes of a repository; undefined while that is not known. @param path as Praefect has it */
export function homeOf({ repositories, homes = {} }: RepositoriesState, path: string): string | undefined {
  const primary = repositories?.listed?.find((one) => one.path === path)?.primary;
  return primary === undefined ? undefined : homes[primary];
}

/** The node whose Gitaly takes the writes of most repositories; undefined while there are none, or it is not known. */
export function busiestGitaly({ repositories, homes = {} }: RepositoriesState): string | undefined {
  const held = Object.entries(repositories?.primaries ?? {}).filter(([storage]) => storage in homes);
  const [most] = held.sort(([one, few], [other, many]) => many - few || one.localeCompare(other));
  return most && homes[most[0]];
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
