import { say } from '../../words/message';
import { changedVariables, changeOf } from '../core/effect';
import type { ServiceEffects } from '../core/effect';

const HOME = '/var/opt/gitlab/praefect/';
/** Where its start script finds the database. */
const VARIABLES = ['LAB_DATABASE_HOSTS', 'LAB_DATABASE_PORT', 'LAB_PRAEFECT_DATABASE', 'LAB_PRAEFECT_USER'];
/** Clients of the others go on; those of this one try again. */
const START_S = 2;

/** It reads its file at its start only. */
export const praefectEffects: ServiceEffects = {
  owns: [HOME],
  needs: (changes) => {
    const file = changeOf(changes, `${HOME}config.toml`)
      ? [say('{0} of {1} changes', 'config.toml', 'Praefect')]
      : [];
    const variables = changedVariables(changes, VARIABLES).map(({ name }) => say('{0} changes', name));
    return [...file, ...variables].map((because) => ({
      program: 'praefect',
      title: 'Praefect',
      need: 'restart' as const,
      because,
      seconds: START_S,
    }));
  },
};
