import { say } from '../../words/message';
import { LabError } from '../lab-error';
import type { LabInfo } from '../lab-service';

/** Where clients on this machine come in. */
export interface Entrance {
  /** Without a slash at its end. */
  readonly url: string;
  /** Base of the URLs of repositories over SSH, without a slash at its end; absent where SSH is not published. */
  readonly sshUrl?: string;
}

const HOST = '127.0.0.1';

/**
 * Where clients on this machine reach what is behind the lab's virtual address: over HTTPS where it has that, else over HTTP.
 * @throws LabError `no-entrance` where the lab has none, `no-answer` while nothing leads there
 */
export function entranceOf({
  name,
  cluster,
  published = {},
}: Pick<LabInfo, 'name' | 'cluster' | 'published'>): Entrance {
  // The gateway publishes HTTP all the same, for a browser is told there what is wrong.
  if (!cluster.layers.access.enabled) {
    throw new LabError(
      'no-entrance',
      say('Nothing leads into lab {0}: it runs no layer access.', name),
      say(
        'Let cluster.yaml not switch that layer off (enabled: false), and deploy again: gitlab-ha up --name {0}',
        name,
      ),
    );
  }
  const { http, https, ssh } = published;
  const over = ssh === undefined ? {} : { sshUrl: `ssh://git@${HOST}:${ssh}` };
  if (https !== undefined) return { url: `https://${HOST}:${https}`, ...over };
  if (http !== undefined) return { url: `http://${HOST}:${http}`, ...over };
  throw new LabError(
    'no-answer',
    say('The gateway of lab {0} is not running.', name),
    say('Deploy the lab again, from the folder of its files if it has one: gitlab-ha up --name {0}', name),
  );
}
