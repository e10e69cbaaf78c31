import { listed, say } from '../../words/message';
import type { Message } from '../../words/message';
import type { ServiceSummary } from '../core/summary';
import type { RepositoriesState } from './whole';

/** How many repositories there are, where their primaries are, and what is wrong with some. */
export const repositoriesSummary: ServiceSummary<{ readonly git?: RepositoriesState }> = {
  title: 'Repositories',
  line: ({ git }) => {
    if (git === undefined) return undefined;
    if (git.repositories === undefined) return say('not known');
    const { repositories, behind, unavailable, primaries } = git.repositories;
    const held = Object.entries(primaries).map(([storage, count]) => say('{0} on {1}', count, storage));
    const parts: readonly Message[] = [
      repositories === 1 ? say('1 repository') : say('{0} repositories', repositories),
      ...(held.length > 0 ? [say('primaries: {0}', listed(held))] : []),
      ...(unavailable > 0 ? [say('{0} unavailable', unavailable)] : []),
      ...(behind > 0 ? [say('{0} with replicas that are behind', behind)] : []),
    ];
    return listed(parts, '; ');
  },
};
