import type { IncomingMessage } from 'node:http';
import type Docker from 'dockerode';
import { APPLIED_PATH } from '../container-files';
import { isConflict, isGone } from '../docker-errors';
import { settleAll } from '../settle-all';

/** When files were last put into one of the containers, milliseconds since the epoch; undefined when nobody knows. */
export async function lastFilledAt(docker: Docker, ids: readonly string[]): Promise<number | undefined> {
  const times = await settleAll(ids, (id) => filledAt(docker.getContainer(id)));
  const newest = Math.max(0, ...times);
  return newest === 0 ? undefined : newest;
}

async function filledAt(container: Docker.Container): Promise<number> {
  try {
    const answer = (await container.infoArchive({ path: APPLIED_PATH })) as IncomingMessage;
    answer.resume();
    return changedAt(answer.headers['x-docker-container-path-stat']) ?? 0;
  } catch (error) {
    if (isGone(error) || isConflict(error)) return 0;
    throw error;
  }
}

/** When a file changed, as the engine's header (JSON in base64) tells of it; undefined when it tells nothing. */
export function changedAt(header: string | readonly string[] | undefined): number | undefined {
  if (typeof header !== 'string') return undefined;
  try {
    const { mtime } = JSON.parse(Buffer.from(header, 'base64').toString()) as { readonly mtime?: unknown };
    const time = typeof mtime === 'string' ? Date.parse(mtime) : Number.NaN;
    return Number.isNaN(time) ? undefined : time;
  } catch {
    return undefined;
  }
}
