import type Docker from 'dockerode';
import type { ContainerChange, ContainerEvents, ObservedContainer } from '../../../observe/container-source';
import { networkName } from '../../plan/names';
import type { EngineEvent } from './engine-events';
import { openEngineEvents } from './engine-events';
import { containerState } from '../snapshot/lab-listing';
import { LABEL, labFilter } from '../labels';

interface Tracked {
  readonly node: string;
  running: boolean;
  attached: boolean;
}

/** What the observer learns about one lab's containers, from the engine's list and its events. */
export class DockerContainerEvents implements ContainerEvents {
  constructor(
    private readonly docker: Docker,
    private readonly lab: string,
  ) {}

  async list(signal?: AbortSignal): Promise<readonly ObservedContainer[]> {
    const containers = await this.listNodes(signal);
    return containers.map((container) => {
      const state = containerState(container.State);
      const runs = state === 'running' || state === 'paused';
      return {
        node: container.Labels[LABEL.node] ?? '',
        state,
        connected: runs ? this.isAttached(container) : undefined,
      };
    });
  }

  async *stream(signal: AbortSignal): AsyncIterable<ContainerChange> {
    const events = await openEngineEvents(this.docker, signal);
    try {
      // Listed after the stream is open, so that nothing falls between the two.
      const tracked = await this.track(signal);
      for await (const event of events) {
        const change = this.changeOf(event, tracked);
        if (change) yield change;
      }
    } finally {
      events.close();
    }
  }

  /** The nodes there are, by their containers' ids. */
  private async track(signal: AbortSignal): Promise<Map<string, Tracked>> {
    const tracked = new Map<string, Tracked>();
    for (const container of await this.listNodes(signal)) {
      tracked.set(container.Id, {
        node: container.Labels[LABEL.node] ?? '',
        running: ['running', 'paused'].includes(container.State),
        attached: this.isAttached(container),
      });
    }
    return tracked;
  }

  private async listNodes(signal: AbortSignal | undefined): Promise<Docker.ContainerInfo[]> {
    const listed = await this.docker.listContainers({
      all: true,
      filters: labFilter(this.lab),
      ...(signal ? { abortSignal: signal } : {}),
    });
    return listed.filter(({ Labels }) => isMachine(Labels[LABEL.role]));
  }

  private isAttached(container: Docker.ContainerInfo): boolean {
    return container.NetworkSettings.Networks[networkName(this.lab)] !== undefined;
  }

  private changeOf(event: EngineEvent, tracked: Map<string, Tracked>): ContainerChange | undefined {
    if (event.type === 'network') {
      return event.network === networkName(this.lab) ? networkChange(event, tracked) : undefined;
    }
    if (event.lab !== this.lab || !isMachine(event.role) || event.node === undefined) return undefined;
    const container = tracked.get(event.containerId) ?? { node: event.node, running: false, attached: true };
    tracked.set(event.containerId, container);
    return containerChange(event, container, tracked);
  }
}

/** A node, or a machine outside of them. */
function isMachine(role: string | undefined): boolean {
  return role === 'node' || role === 'service';
}

/** A container that stops leaves its network as well; that is not a cut, so only running ones count. */
function networkChange(event: EngineEvent, tracked: Map<string, Tracked>): ContainerChange | undefined {
  const container = tracked.get(event.containerId);
  if (!container) return undefined;
  container.attached = event.action === 'connect';
  return container.running ? { node: container.node, connected: container.attached } : undefined;
}

function containerChange(
  event: EngineEvent,
  container: Tracked,
  tracked: Map<string, Tracked>,
): ContainerChange | undefined {
  const { node } = container;
  switch (event.action) {
    case 'start':
      container.running = true;
      return { node, state: 'running', connected: container.attached };
    case 'die':
      container.running = false;
      return { node, state: 'stopped', connected: undefined };
    case 'pause':
      return { node, state: 'paused' };
    case 'unpause':
      return { node, state: 'running' };
    case 'create':
      return { node, state: 'stopped', connected: undefined };
    case 'destroy':
      tracked.delete(event.containerId);
      return { node, state: 'missing', connected: undefined };
    default:
      return undefined;
  }
}
