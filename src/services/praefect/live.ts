import type { LiveService } from '../core/live/live-service';
import { praefectVerdict } from './health';
import { praefect } from './service';
import { conditionRule, primaryRule } from './repositories';
import { watchPraefect } from './watch';
import { missingInRepositories, repositoriesState } from './whole';
import type { RepositoriesState } from './whole';

/** Absent where no Praefect is to run. */
interface GitState {
  readonly git?: RepositoriesState;
}

export const praefectLive: LiveService<
  GitState,
  unknown,
  'repository-primary-moved' | 'repository-condition-changed'
> = {
  watchNode: watchPraefect,
  verdict: praefectVerdict,
  state: (view) =>
    view.placement.membersOf(praefect.id).length === 0 ? {} : { git: view.conclude(repositoriesState) },
  missing: ({ git }) => (git ? missingInRepositories(git) : []),
  things: [primaryRule, conditionRule],
};
