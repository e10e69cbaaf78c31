import type Docker from 'dockerode';
import { lives, parseOwner, thisProcess } from '../../lock/owner';
import { removeContainer } from '../execute/destroy';
import { LABEL } from '../labels';
import { settleAll } from '../settle-all';

/**
 * Makes a container for one call and removes it afterwards, whatever happens. It carries who made it, so that one whose
 * maker was killed is found and removed by the next who looks.
 * @param purpose what it is for, e.g. `check`; its role
 */
export async function withTemporaryContainer<T>(
  docker: Docker,
  options: Docker.ContainerCreateOptions,
  purpose: string,
  work: (container: Docker.Container) => Promise<T>,
): Promise<T> {
  const owner = JSON.stringify(await thisProcess(purpose));
  const Labels = { ...options.Labels, [LABEL.role]: purpose, [LABEL.owner]: owner };
  const container = await docker.createContainer({ ...options, Labels });
  try {
    return await work(container);
  } finally {
    await removeContainer(docker, container.id);
  }
}

/** Removes the temporary containers whose makers no longer live. */
export async function sweepTemporaryContainers(docker: Docker): Promise<void> {
  const found = await docker.listContainers({ all: true, filters: { label: [LABEL.owner] } });
  await settleAll(found, async ({ Id, Labels }) => {
    const owner = parseOwner(Labels[LABEL.owner] ?? '');
    if (owner === undefined || !(await lives(owner))) await removeContainer(docker, Id);
  });
}
