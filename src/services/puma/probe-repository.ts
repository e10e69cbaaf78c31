import { createHash } from 'node:crypto';

/** The project that the gateway's `probe` makes for its commits. */
const PROJECT = 'root/lab-probe';

/** Its repository, as the stand-in for Rails names it: by the digest of the project's path. */
export const PROBE_REPOSITORY = hashedPath(PROJECT);

function hashedPath(project: string): string {
  const digest = createHash('sha256').update(project).digest('hex');
  return `@hashed/${digest.slice(0, 2)}/${digest.slice(2, 4)}/${digest}.git`;
}
