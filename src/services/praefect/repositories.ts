import { say } from '../../words/message';
import type { Message } from '../../words/message';
import type { ThingRule } from '../core/live/live-service';
import type { View } from '../core/live/view';
import type { Repository } from './facts';
import { conditionOf, shortName } from './condition';
import { repositoriesState } from './whole';

/** Which storage takes the writes of a repository. */
export const primaryRule: ThingRule<'repository-primary-moved'> = {
  kind: 'repository-primary-moved',
  values: (view) => byName(view, ({ primary }) => primary),
  text: ([first = '', ...others], to, from) =>
    others.length === 0
      ? say('The primary of repository {0} moved from {1} to {2}', first, from.join(', '), to)
      : say(
          'The primaries of {0} repositories moved from {1} to {2}',
          others.length + 1,
          from.join(', '),
          to,
        ),
};

/** Whether its replicas are current. */
export const conditionRule: ThingRule<'repository-condition-changed'> = {
  kind: 'repository-condition-changed',
  values: (view) => byName(view, conditionOf),
  text: ([first = '', ...others], to) =>
    others.length === 0 ? oneText(first, to) : manyText(others.length + 1, to),
};

function oneText(name: string, to: string): Message {
  if (to === 'current') return say('Repository {0}: all replicas are current', name);
  if (to === 'behind') return say('Repository {0}: replicas are behind', name);
  return say('Repository {0} is unavailable: no storage that is well has everything', name);
}

function manyText(count: number, to: string): Message {
  if (to === 'current') return say('{0} repositories: all replicas are current', count);
  if (to === 'behind') return say('{0} repositories: replicas are behind', count);
  return say('{0} repositories are unavailable: no storage that is well has everything', count);
}

function byName(
  view: View,
  value: (repository: Repository) => string | undefined,
): Readonly<Record<string, string>> | undefined {
  const listed = view.conclude(repositoriesState).repositories?.listed;
  return (
    listed &&
    Object.fromEntries(
      listed.flatMap((repository) => {
        const found = value(repository);
        return found === undefined ? [] : [[shortName(repository), found] as const];
      }),
    )
  );
}
