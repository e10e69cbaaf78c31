import { say } from '../../../words/message';
import type Docker from 'dockerode';
import { LabError } from '../../lab-error';
import { dockerFailure, isConflict, isGone } from '../docker-errors';
import { listLabNetworks, listLabVolumes } from '../snapshot/take-snapshot';
import { removeNetwork } from './lab-network';
import { labFilter } from '../labels';
import type { Operation } from '../operation';
import { settleAll } from '../settle-all';

const ROUNDS = 10;
const ROUND_PAUSE_MS = 200;
/** What a killed deployment had ordered arrives within this time. */
const LATE_ARRIVALS_MS = 1_000;

/**
 * Removes everything that carries the lab's label: containers, networks, volumes. Removing what is gone succeeds.
 * Looks again until nothing is left.
 * @param expectLate true when a killed process may have ordered something that does not show yet
 * @returns how many things were removed
 * @throws LabError `docker-failed` when something cannot be removed
 */
export async function destroyLab(operation: Operation, lab: string, expectLate: boolean): Promise<number> {
  const { docker } = operation;
  if (expectLate) await pause(LATE_ARRIVALS_MS);
  let removed = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const left = await removeOnce(operation, docker, lab, round);
    if (left === 0) return removed;
    removed += left;
    if (round > 0) await pause(ROUND_PAUSE_MS);
  }
  throw new LabError(
    'docker-failed',
    say('Lab "{0}" cannot be removed completely.', lab),
    say('Look at "docker ps -a --filter label=gitlab-ha-lab.lab={0}" and at Docker\'s own log.', lab),
  );
}

/** How many things there were to remove. */
async function removeOnce(operation: Operation, docker: Docker, lab: string, round: number): Promise<number> {
  const containers = await docker.listContainers({ all: true, filters: labFilter(lab) });
  if (containers.length > 0) {
    operation.progress('destroy', say('removing {0} containers', containers.length), round / 2);
    await settleAll(containers, ({ Id }) => removeContainer(docker, Id));
  }
  const networks = await listLabNetworks(docker, lab);
  if (networks.length > 0) {
    operation.progress('destroy', say('removing the network'), 0.8);
    await settleAll(networks, ({ id }) => removeNetwork(docker, id));
  }
  const volumes = await listLabVolumes(docker, lab);
  await settleAll(volumes, (name) => removeVolume(docker, name));
  return containers.length + networks.length + volumes.length;
}

/** Kills and removes a container with its anonymous volumes. */
export async function removeContainer(docker: Docker, id: string): Promise<void> {
  try {
    await docker.getContainer(id).remove({ force: true, v: true });
  } catch (error) {
    // 409: somebody else is removing it already.
    if (!isGone(error) && !isConflict(error))
      throw dockerFailure(say('remove a container of the lab'), error);
  }
}

/** Removes a volume that no container uses; one that is gone is as good as removed. */
export async function removeVolume(docker: Docker, name: string): Promise<void> {
  try {
    await docker.getVolume(name).remove();
  } catch (error) {
    if (!isGone(error)) throw dockerFailure(say('remove volume {0}', name), error);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
