import { say } from '../../words/message';
import { changeOf } from '../core/effect';
import type { ServiceEffects } from '../core/effect';

const HOME = '/var/opt/gitlab/gitaly/';
/** A write waits until Praefect has found the repositories another primary, or this one again. */
const START_S = 3;

/** It reads its file at its start only. */
export const gitalyEffects: ServiceEffects = {
  owns: [HOME],
  needs: (changes) => {
    const files = ['config.toml', 'shell_secret'].filter((name) => changeOf(changes, HOME + name));
    return files.map((name) => ({
      program: 'gitaly',
      title: 'Gitaly',
      need: 'restart' as const,
      because: say('{0} of {1} changes', name, 'Gitaly'),
      seconds: START_S,
    }));
  },
};
