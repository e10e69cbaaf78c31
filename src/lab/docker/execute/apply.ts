import { createServer } from 'node:net';
import type Docker from 'dockerode';
import { LabError } from '../../lab-error';
import type { Plan, PlannedContainer } from '../../plan/plan';
import { attach } from './attachment';
import type { PlannedChange } from '../changes';
import { superfluous } from '../changes';
import { putFiles } from '../container-files';
import { containerOptions } from './container-options';
import { removeContainer } from './destroy';
import { dockerFailure, isConflict, isUnchanged } from '../docker-errors';
import type { ExistingContainer, Inventory } from '../snapshot/inventory';
import type { Operation } from '../operation';
import { settleAll } from '../settle-all';

const STOP_TIMEOUT_S = 8;
/** A node that is stopping when the user cancels gets this long to end by itself. */
const CANCEL_GRACE_MS = 1_000;

/** Makes and fills containers, all at once; nothing is started yet. */
export async function fillContainers(
  operation: Operation,
  plan: Plan,
  inventory: Inventory,
  changes: readonly PlannedChange[],
): Promise<void> {
  await settleAll(superfluous(plan, inventory), async ({ id, name }) => {
    operation.log(`containers: ${name} is no longer part of the lab`);
    await removeContainer(operation.docker, id);
  });
  const work = changes.filter(({ change }) => !['keep', 'revive'].includes(change.kind));
  if (work.length === 0) {
    operation.progress('containers', 'all are as they should be', 1);
    return;
  }
  let done = 0;
  operation.progress('containers', describe(work), 0);
  await settleAll(work, async ({ container, change }) => {
    operation.throwIfCancelled();
    await fill(operation, plan, container, change);
    operation.progress('containers', `${container.name} is ready to start`, ++done / work.length);
  });
}

function describe(work: readonly PlannedChange[]): string {
  const verbs = {
    create: 'creating',
    recreate: 'replacing',
    fill: 'completing',
    update: 'updating',
  } as const;
  return work
    .map(({ container, change }) => `${verbs[change.kind as keyof typeof verbs]} ${container.name}`)
    .join(', ');
}

async function fill(
  operation: Operation,
  plan: Plan,
  planned: PlannedContainer,
  change: PlannedChange['change'],
): Promise<void> {
  const { docker } = operation;
  switch (change.kind) {
    case 'create':
      return putFiles(await create(docker, plan, planned), planned);
    case 'recreate':
      if (planned.role === 'node') operation.log(`containers: ${planned.name} starts with fresh data`);
      for (const { id } of change.existing) await removeContainer(docker, id);
      operation.throwIfCancelled();
      return putFiles(await create(docker, plan, planned), planned);
    case 'fill':
      return putFiles(docker.getContainer(change.existing.id), planned);
    case 'update': {
      const container = docker.getContainer(change.existing.id);
      if (change.existing.state === 'paused') await container.unpause();
      await stop(operation, container);
      operation.throwIfCancelled();
      return putFiles(container, planned);
    }
    case 'revive':
    case 'keep':
      return;
  }
}

async function create(docker: Docker, plan: Plan, planned: PlannedContainer): Promise<Docker.Container> {
  try {
    return await docker.createContainer(containerOptions(plan, planned));
  } catch (error) {
    if (!isConflict(error)) throw dockerFailure(`create container ${planned.name}`, error);
    throw new LabError(
      'docker-failed',
      `A container named "${planned.name}" exists that is not the lab's.`,
      `Remove it ("docker rm -f ${planned.name}") or give the lab another name in cluster.yaml.`,
      { cause: error },
    );
  }
}

/** Starts what does not run, unfreezes what is paused, and attaches what was cut off; all at once. */
export async function startContainers(
  operation: Operation,
  plan: Plan,
  changes: readonly PlannedChange[],
): Promise<void> {
  const work = changes.filter(({ change }) => change.kind !== 'keep');
  if (work.length === 0) return;
  operation.progress('start', `starting ${work.map(({ container }) => container.name).join(', ')}`, 0);
  await settleAll(work, async ({ container, change }) => {
    operation.throwIfCancelled();
    if (change.kind === 'revive') await revive(operation.docker, plan, container, change.existing);
    await start(operation.docker, container);
  });
  operation.progress('start', 'all containers run', 1);
}

async function revive(
  docker: Docker,
  plan: Plan,
  planned: PlannedContainer,
  existing: ExistingContainer,
): Promise<void> {
  const container = docker.getContainer(existing.id);
  if (existing.state === 'paused') await container.unpause();
  const { node, address } = planned;
  await attach({ docker, network: plan.network.name, container, node, address });
}

async function start(docker: Docker, planned: PlannedContainer): Promise<void> {
  try {
    await unlessUnchanged(docker.getContainer(planned.name).start());
  } catch (error) {
    throw (await portTaken(planned, error)) ?? dockerFailure(`start ${planned.name}`, error);
  }
}

/** Docker has no code of its own for a port in use, so the port itself is asked. */
async function portTaken(planned: PlannedContainer, cause: unknown): Promise<LabError | undefined> {
  for (const { hostPort, hostAddress } of planned.publish) {
    if (hostPort === 0 || (await isFree(hostPort, hostAddress))) continue;
    return new LabError(
      'port-taken',
      `Port ${hostPort} on ${hostAddress} is used by another program.`,
      'End that program, or set lab.http_port in cluster.yaml to another port (0 takes any free one).',
      { cause },
    );
  }
  return undefined;
}

function isFree(port: number, address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'EADDRINUSE'));
    server.listen(port, address, () => server.close(() => resolve(true)));
  });
}

/**
 * Stops a container cleanly. What the engine was ordered cannot be taken back, so after a cancellation the container
 * is killed, as the engine itself would do later: it is stopped when this returns, not at some time afterwards.
 */
async function stop({ signal }: Operation, container: Docker.Container): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const hurry = (): void => {
    timer = setTimeout(() => void container.kill().catch(() => undefined), CANCEL_GRACE_MS);
  };
  if (signal.aborted) hurry();
  signal.addEventListener('abort', hurry, { once: true });
  try {
    await unlessUnchanged(container.stop({ t: STOP_TIMEOUT_S }));
  } finally {
    signal.removeEventListener('abort', hurry);
    clearTimeout(timer);
  }
}

async function unlessUnchanged(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!isUnchanged(error)) throw error;
  }
}
