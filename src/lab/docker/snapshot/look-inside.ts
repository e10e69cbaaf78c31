import type Docker from 'dockerode';
import { DockerTransport } from '../../../transport/docker/docker-transport';
import type { InForce } from '../../plan/effects/in-force';
import type { RunningNodes } from '../../plan/effects/cluster-effects';
import type { ExistingContainer, Snapshot } from '../../plan/snapshot';
import type { Profile } from '../../profiles/profile';
import { readInForce } from '../container-files';
import { isConflict, isGone } from '../docker-errors';
import { settleAll } from '../settle-all';

/** A node answers in tenths of a second; one that does not is none that leads. */
const PATIENCE_MS = 5_000;

/**
 * What the running containers of a lab say: what their programs go by, and which of them lead. A container that does not
 * say it is left out. Changes nothing. What comes back holds secrets.
 */
export async function lookInside(
  docker: Docker,
  { containers }: Snapshot,
  profile: Pick<Profile, 'heldRoles'>,
): Promise<RunningNodes> {
  const running = containers.filter(({ state }) => state === 'running');
  const seen = await settleAll(running, async (one) => lookAt(docker, one, profile));
  return {
    inForce: new Map(seen.flatMap(({ name, inForce }) => (inForce ? [[name, inForce] as const] : []))),
    leading: new Map(seen.flatMap(({ node, roles }) => (roles.length > 0 ? [[node, roles] as const] : []))),
  };
}

interface Inside {
  readonly name: string;
  readonly node: string;
  readonly inForce: InForce | undefined;
  readonly roles: readonly string[];
}

async function lookAt(
  docker: Docker,
  { id, name, node, role }: ExistingContainer,
  { heldRoles }: Pick<Profile, 'heldRoles'>,
): Promise<Inside> {
  const container = docker.getContainer(id);
  const [inForce, roles] = await Promise.all([
    readInForce(container).catch((error: unknown) => {
      if (isGone(error) || isConflict(error)) return undefined;
      throw error;
    }),
    role === 'node' ? rolesOf(new DockerTransport(node, container), heldRoles) : [],
  ]);
  return { name, node, inForce, roles };
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
