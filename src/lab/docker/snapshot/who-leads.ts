import type Docker from 'dockerode';
import { DockerTransport } from '../../../transport/docker/docker-transport';
import type { RunningNodes } from '../../plan/effects/cluster-effects';
import type { Snapshot } from '../../plan/snapshot';
import type { Profile } from '../../profiles/profile';
import { settleAll } from '../settle-all';

/** A node answers in tenths of a second; one that does not is none that leads. */
const PATIENCE_MS = 5_000;

/**
 * Which of the running nodes of a lab hold a role: what they say themselves. A node that does not say it is left out.
 * Changes nothing.
 */
export async function whoLeads(
  docker: Docker,
  { containers }: Snapshot,
  { heldRoles }: Pick<Profile, 'heldRoles'>,
): Promise<RunningNodes['leading']> {
  const running = containers.filter(({ role, state }) => role === 'node' && state === 'running');
  const seen = await settleAll(running, async ({ id, node }) => {
    const roles = await rolesOf(new DockerTransport(node, docker.getContainer(id)), heldRoles);
    return { node, roles };
  });
  return new Map(seen.flatMap(({ node, roles }) => (roles.length > 0 ? [[node, roles] as const] : [])));
}

async function rolesOf(
  node: Pick<DockerTransport, 'exec'>,
  command: readonly string[],
): Promise<readonly string[]> {
  try {
    const { exitCode, stdout } = await node.exec(command, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return exitCode === 0 ? stdout.split('\n').filter((line) => line !== '') : [];
  } catch {
    return []; // It stops at this moment, or is too busy to say: then nobody counts on its role.
  }
}
