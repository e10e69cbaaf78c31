import { say } from '../../../words/message';
import { setTimeout as wait } from 'node:timers/promises';
import type Docker from 'dockerode';
import { machinesOf } from '../../../cluster/machines';
import { LabError } from '../../lab-error';
import type { LabInfo, NodeAction } from '../../lab-service';
import { networkName } from '../../plan/names';
import type { Attachment } from './attachment';
import { attach, detach } from './attachment';
import { dockerFailure, isUnchanged, statusOf } from '../docker-errors';

const STOP_TIMEOUT_S = 5;

/**
 * The runtime gives up freezing a container in which processes come and go faster than it stops them, as they do while a
 * node starts (seen with runc on control groups v1: HTTP 500, the container runs on). Asked again it succeeds.
 */
const PAUSE_ATTEMPTS = 5;
const PAUSE_AGAIN_MS = 300;
const SERVER_ERROR = 500;

/** The container of one node (or the gateway) of a lab. @throws LabError `no-node` */
export function containerOf(docker: Docker, lab: LabInfo, node: string): Docker.Container {
  const found = lab.containers.find((container) => container.node === node);
  if (found) return docker.getContainer(found.id);
  const names = lab.containers.map((container) => container.node).join(', ');
  throw new LabError(
    'no-node',
    say('Lab "{0}" has no node "{1}".', lab.name, node),
    names ? say('Choose one of: {0}.', names) : say('Deploy the lab again.'),
  );
}

/**
 * Acts on a whole node. Asking for what already is, succeeds.
 * @throws LabError `no-node` or `docker-failed`
 */
export async function actOnNode(
  docker: Docker,
  lab: LabInfo,
  node: string,
  action: NodeAction,
): Promise<void> {
  const container = containerOf(docker, lab, node);
  const what = say('{0} {1} of lab "{2}"', action, node, lab.name);
  try {
    const { State } = await container.inspect();
    if (State.Paused && ['start', 'stop', 'restart', 'kill'].includes(action)) await container.unpause();
    await perform(docker, lab, node, action, container, { running: State.Running, paused: State.Paused });
  } catch (error) {
    if (isUnchanged(error)) return;
    throw dockerFailure(what, error);
  }
}

async function perform(
  docker: Docker,
  lab: LabInfo,
  node: string,
  action: NodeAction,
  container: Docker.Container,
  state: { readonly running: boolean; readonly paused: boolean },
): Promise<void> {
  switch (action) {
    case 'start':
      if (!state.running) await container.start();
      return;
    case 'stop':
      if (state.running) await container.stop({ t: STOP_TIMEOUT_S });
      return;
    case 'restart':
      await container.restart({ t: STOP_TIMEOUT_S });
      return;
    case 'kill':
      if (state.running) await container.kill();
      return;
    case 'pause':
      if (!state.paused) await freeze(container);
      return;
    case 'unpause':
      if (state.paused) await container.unpause();
      return;
    case 'disconnect':
      return detach(attachmentOf(docker, lab, node, container));
    case 'connect':
      return attach(attachmentOf(docker, lab, node, container));
  }
}

/** Pauses a container, patiently. @throws the last answer of Docker when it does not let itself be paused */
export async function freeze(
  container: Pick<Docker.Container, 'pause' | 'inspect'>,
  again: () => Promise<unknown> = () => wait(PAUSE_AGAIN_MS),
): Promise<void> {
  for (let left = PAUSE_ATTEMPTS - 1; ; left--) {
    try {
      await container.pause();
      return;
    } catch (error) {
      if (statusOf(error) !== SERVER_ERROR) throw error;
      const { State } = await container.inspect();
      if (State.Paused) return;
      if (!State.Running || left === 0) throw error;
    }
    await again();
  }
}

function attachmentOf(docker: Docker, lab: LabInfo, node: string, container: Docker.Container): Attachment {
  const address = machinesOf(lab.cluster).find((candidate) => candidate.name === node)?.address;
  return { docker, network: networkName(lab.name), container, node, address };
}
