import { say } from '../../words/message';
import { changedVariables, changeOf } from '../core/effect';
import type { CalledVariables, ServiceEffects } from '../core/effect';

const HOME = '/var/opt/gitlab/praefect/';
/** Where its start script finds the database. */
const VARIABLES: CalledVariables = {
  LAB_DATABASE_HOSTS: say("the database's addresses"),
  LAB_DATABASE_PORT: say("the database's port"),
  LAB_PRAEFECT_DATABASE: say('the name of the database'),
  LAB_PRAEFECT_USER: say("the database's account"),
};
/** Clients of the others go on; those of this one try again. */
const START_S = 2;

/** It reads its file at its start only. */
export const praefectEffects: ServiceEffects = {
  owns: [HOME],
  needs: (changes) => {
    const file = changeOf(changes, `${HOME}config.toml`)
      ? [say('{0} of {1} changes', 'config.toml', 'Praefect')]
      : [];
    return [...file, ...changedVariables(changes, VARIABLES)].map((because) => ({
      program: 'praefect',
      title: 'Praefect',
      need: 'restart' as const,
      because,
      seconds: START_S,
    }));
  },
};
