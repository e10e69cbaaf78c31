import { say, verbatim } from '../../words/message';
import type { Message } from '../../words/message';
import type { Part, ServiceContents, Thing } from '../core/contents';
import type { Health } from '../core/live/health';
import type { Repository } from './facts';
import { conditionOf, shortName } from './condition';
import type { RepositoryCondition } from './condition';
import type { RepositoriesState } from './whole';

const HEALTH: Readonly<Record<RepositoryCondition, Health>> = {
  current: 'ok',
  behind: 'degraded',
  unavailable: 'failed',
};

/** Repositories, and where the replicas of each are. */
export const repositoryContents = {
  service: 'praefect',
  title: 'Repositories',
  of: ({ git }) => {
    const counts = git?.repositories;
    if (counts?.listed === undefined) return undefined;
    return { count: counts.repositories, summary: summaryOf(counts), things: counts.listed.map(thingOf) };
  },
} as const satisfies ServiceContents<{ readonly git?: RepositoriesState }>;

function summaryOf({
  repositories,
  behind,
  unavailable,
}: NonNullable<RepositoriesState['repositories']>): Message {
  if (unavailable > 0) return say('{0} of {1} unavailable', unavailable, repositories);
  if (behind > 0) return say('{0} of {1} with replicas that are behind', behind, repositories);
  return verbatim(String(repositories));
}

function thingOf(repository: Repository): Thing {
  const { path, primary, replicas } = repository;
  const condition = conditionOf(repository);
  return {
    id: path,
    name: shortName(repository),
    health: HEALTH[condition],
    detail: detailOf(condition, primary),
    parts: Object.entries(replicas).map(([storage, behind]) => partOf(storage, behind, storage === primary)),
  };
}

function detailOf(condition: RepositoryCondition, primary: string | undefined): Message {
  if (condition === 'unavailable') return say('unavailable: no storage that is well has everything');
  if (primary === undefined) return say('no primary yet');
  return condition === 'behind' ? say('primary {0}, replicas behind', primary) : say('primary {0}', primary);
}

function partOf(storage: string, behind: number | 'missing', isPrimary: boolean): Part {
  if (behind === 'missing') return { name: storage, health: 'degraded', detail: say('no replica yet') };
  if (behind > 0)
    return {
      name: storage,
      health: 'degraded',
      detail: behind === 1 ? say('behind by 1 change') : say('behind by {0} changes', behind),
    };
  return isPrimary
    ? { name: storage, health: 'ok', detail: say('primary') }
    : { name: storage, health: 'ok' };
}
