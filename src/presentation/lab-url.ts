import type { LabInfo } from '../lab/lab-service';

type Published = Pick<LabInfo, 'published' | 'httpUrl'>;

/** The gateway publishes there and nowhere else. */
const HOST = '127.0.0.1';

/** Where a browser finds the lab: over HTTPS where it has that, else over HTTP; undefined while nothing leads there. */
export function webUrl({ published, httpUrl }: Published): string | undefined {
  return published?.https === undefined ? httpUrl : `https://${HOST}:${published.https}/`;
}

/** Where git finds its repositories over SSH: a path follows; undefined where nothing leads there. */
export function sshUrl({ published }: Pick<LabInfo, 'published'>): string | undefined {
  return published?.ssh === undefined ? undefined : `ssh://git@${HOST}:${published.ssh}/`;
}
