import { say } from '../../../words/message';
import type Docker from 'dockerode';
import type { VisitStep } from '../../plan/effects/visits';
import type { Action } from '../../plan/operations';
import type { PlannedContainer } from '../../plan/plan';
import type { Applied } from '../../plan/snapshot';
import { LabError } from '../../lab-error';
import { leftOverRecord, putFiles, replaceFiles, settledRecord, settleFiles } from '../container-files';
import { dockerFailure, isConflict, isGone, isUnchanged } from '../docker-errors';
import { SERVICES } from '../../../services/registry';
import { pullImage } from '../image/base-image';
import type { BuildBases } from '../image/base-image';
import { withImageLock } from '../image/image-lock';
import { ensureNodeImage } from '../image/node-image';
import { ensureServiceImage, serviceOfImage } from '../image/service-image';
import type { Operation } from '../operation';
import { attach } from './attachment';
import { containerOptions } from './container-options';
import { removeContainer, removeVolume } from './destroy';
import { createNetwork, removeNetwork } from './lab-network';
import { portTaken } from './port-taken';

const STOP_TIMEOUT_S = 8;
/** A node of a lab that will be removed gets this long to end by itself when the user cancels. */
const CANCEL_GRACE_MS = 1_000;

/** How long a lab must be whole before the next thing is done to it: what falls over shows a moment later. Milliseconds. */
const SETTLED_MS = { before: 0, afterReload: 200, afterStart: 1_500 } as const;

export interface PerformParts {
  readonly operation: Operation;
  readonly imageDir: string;
  readonly stateDir: string;
  /** Services of the lab that not every node image has. */
  readonly added?: readonly string[];
  /** What images are built from; looked for once, however many are built. */
  readonly bases: () => Promise<BuildBases>;
  /** What is done inside a running container. */
  readonly visits: Visits;
}

/** The inside of running containers. */
export interface Visits {
  /** @throws LabError with what a program of the node said when it could not */
  step(node: string, step: VisitStep): Promise<void>;
  /**
   * Resolves when nothing is missing in the lab that was not missing before the first visit.
   * @param settledMs for how long it must be so
   * @param signal ends the wait; without it nothing does
   * @throws LabError `not-healthy`, `cancelled`
   */
  whole(settledMs: number, signal?: AbortSignal): Promise<void>;
}

/**
 * Does to the engine what one action says. What is so already, succeeds.
 * @throws LabError with what could not be done; SubnetTaken when somebody else has the network's subnet
 */
export async function perform(parts: PerformParts, action: Action): Promise<void> {
  const { operation } = parts;
  const { docker } = operation;
  operation.throwIfCancelled();
  switch (action.kind) {
    case 'build-image':
      return buildImage(parts, action.reference);
    case 'pull-image':
      return pullImage(operation, action.reference);
    case 'create-network':
      return createNetwork(operation, action.network);
    case 'remove-network':
      return removeNetwork(docker, action.id);
    case 'create-volume':
      return createVolume(docker, action.volume);
    case 'remove-volume':
      return removeVolume(docker, action.name);
    case 'create-container':
    case 'remove-container':
    case 'fill-container':
    case 'stop-container':
    case 'unpause-container':
    case 'attach-container':
    case 'start-container':
      return performOnContainer(operation, action);
    case 'relieve-node':
      return relieve(parts, action);
    case 'apply-container':
    case 'settle-container':
      return visit(parts, action);
  }
}

type VisitAction = Extract<Action, { readonly kind: 'apply-container' | 'settle-container' }>;
type ContainerAction = Exclude<Extract<Action, { readonly kind: `${string}-container` }>, VisitAction>;

/**
 * One node's turn: only when the lab is whole, and over when it is whole again. Beside the nodes only what is read later
 * changes under a running program, so nobody waits for that: a gateway that is to know new ports could not reach the old
 * ones any more. No step is cut short by a cancellation,
 * but none begins after it, and no wait goes on: what is left of the node's turn is done by the next deployment.
 */
async function visit({ operation, visits }: PerformParts, action: VisitAction): Promise<void> {
  const { container, steps } = action;
  const there = operation.docker.getContainer(container.name);
  const whole = async (settledMs: number): Promise<void> => {
    if (container.role === 'node') await visits.whole(settledMs, operation.signal);
  };
  await whole(SETTLED_MS.before);
  operation.throwIfCancelled();
  if (action.kind === 'apply-container') await replaceFiles(there, container, action.replaced);
  for (const step of steps) {
    operation.throwIfCancelled();
    operation.log(`apply: ${container.node}: ${step.verb} ${step.target}`);
    await visits.step(container.node, step);
    // Who handed a role over must be followed by all before its program stops.
    if (step.verb === 'hand-over') await whole(SETTLED_MS.afterStart);
  }
  if (action.kind === 'apply-container') await settleFiles(there, container);
  const started = steps.some(({ verb }) => verb === 'restart' || verb === 'hand-over');
  try {
    await whole(started ? SETTLED_MS.afterStart : SETTLED_MS.afterReload);
  } catch (error) {
    // The node has the change; it is what comes after it that does not begin.
    if (!operation.signal.aborted) throw error;
  }
}

/** The roles of a node that goes leave it, one after the other, each only when the lab is whole. */
async function relieve(
  { operation, visits }: PerformParts,
  { node, steps }: Extract<Action, { readonly kind: 'relieve-node' }>,
): Promise<void> {
  try {
    await visits.whole(SETTLED_MS.before, operation.signal);
    for (const step of steps) {
      operation.throwIfCancelled();
      operation.log(`containers: ${node}: ${step.verb} ${step.target}`);
      await visits.step(node, step);
      await visits.whole(SETTLED_MS.afterStart, operation.signal);
    }
  } catch (error) {
    if (!(error instanceof LabError) || error.code === 'cancelled') throw error;
    throw new LabError(
      error.code,
      say('{0} leads and could not hand over, so no node was stopped or removed. {1}', node, error.said),
      say('{0} To go on all the same, stop {1} first: what only it has is lost then.', error.advice, node),
      error.details,
    );
  }
}

async function performOnContainer(operation: Operation, action: ContainerAction): Promise<void> {
  const { docker } = operation;
  switch (action.kind) {
    case 'create-container':
      return create(docker, action.container, action.network);
    case 'remove-container':
      if (action.endsFirst === true) await end(operation, docker.getContainer(action.id));
      return removeContainer(docker, action.id);
    case 'fill-container':
      return fill(docker.getContainer(action.container.name), action.container, action.replaced);
    case 'stop-container':
      return stop(operation, docker.getContainer(action.id), action.labIsKept);
    case 'unpause-container':
      await docker.getContainer(action.id).unpause();
      return;
    case 'attach-container': {
      const { name, node, address } = action.container;
      return attach({ docker, network: action.network, container: docker.getContainer(name), node, address });
    }
    case 'start-container':
      return start(docker, action.container);
  }
}

/** @throws LabError also when the recipe is another one by now: the containers are planned of the one it was */
async function buildImage(
  { operation, imageDir, stateDir, bases, added }: PerformParts,
  planned: string,
): Promise<void> {
  const service = serviceOfImage(
    planned,
    SERVICES.map(({ id }) => id),
  );
  const built =
    service === undefined
      ? await withImageLock(stateDir, operation, () => ensureNodeImage(operation, imageDir, bases, added))
      : await withImageLock(
          stateDir,
          operation,
          () => ensureServiceImage(operation, imageDir, service, bases),
          service,
        );
  if (built === planned) return;
  const which = service === undefined ? say('the node image') : say('the image of {0}', service);
  throw new LabError(
    'image-build-failed',
    say(
      'The recipe of {0} changed while the lab was deployed: {1} is there, not {2}.',
      which,
      built,
      planned,
    ),
    say('Deploy again.'),
  );
}

async function fill(
  container: Docker.Container,
  planned: PlannedContainer,
  replaced: Applied | undefined,
): Promise<void> {
  await putFiles(container, planned, replaced, [
    settledRecord(planned.files),
    leftOverRecord(planned, replaced),
  ]);
}

async function createVolume(
  docker: Docker,
  { name, labels }: { readonly name: string; readonly labels: Readonly<Record<string, string>> },
): Promise<void> {
  await docker.createVolume({ Name: name, Labels: { ...labels } });
}

async function create(docker: Docker, planned: PlannedContainer, network: string): Promise<void> {
  try {
    await docker.createContainer(containerOptions(planned, network));
  } catch (error) {
    if (!isConflict(error)) throw dockerFailure(say('create container {0}', planned.name), error);
    throw new LabError(
      'docker-failed',
      say('A container named "{0}" exists that is not the lab\'s.', planned.name),
      say('Remove it ("docker rm -f {0}") or give the lab another name in cluster.yaml.', planned.name),
      { cause: error },
    );
  }
}

async function start(docker: Docker, planned: PlannedContainer): Promise<void> {
  try {
    await unlessUnchanged(docker.getContainer(planned.name).start());
  } catch (error) {
    throw (await portTaken(planned, error)) ?? dockerFailure(say('start {0}', planned.name), error);
  }
}

/**
 * Stops a container cleanly. What the engine was ordered cannot be taken back: the container is stopped when this
 * returns, not at some time after a cancellation. One of a lab that goes with the cancelled deployment is killed, as
 * the engine itself would do later; one of a lab that is kept gets its time, for its services save their data then.
 */
async function stop({ signal }: Operation, container: Docker.Container, labIsKept: boolean): Promise<void> {
  if (labIsKept) return unlessUnchanged(container.stop({ t: STOP_TIMEOUT_S }));
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

/** What is gone has ended. */
async function end(operation: Operation, container: Docker.Container): Promise<void> {
  try {
    await stop(operation, container, true);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

async function unlessUnchanged(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!isUnchanged(error)) throw error;
  }
}
