import { PassThrough } from 'node:stream';
import type Docker from 'dockerode';
import { describe, expect, it } from 'vitest';
import { DockerContainerEvents } from '../../../../../src/lab/docker/events/container-events';

const NODE = {
  Id: 'c1',
  State: 'running',
  Labels: { 'gitlab-ha-lab.node': 'node1' },
  NetworkSettings: { Networks: { 'gitlab-ha-lab-sample': {} } },
};
const DIE = {
  Type: 'container',
  Action: 'die',
  Actor: {
    ID: 'c1',
    Attributes: {
      'gitlab-ha-lab.lab': 'sample',
      'gitlab-ha-lab.node': 'node1',
      'gitlab-ha-lab.role': 'node',
    },
  },
};

/** An engine that answers the list of containers this way, and its stream of events. */
function engine(list: () => Promise<unknown>): { events: DockerContainerEvents; stream: PassThrough } {
  const stream = new PassThrough();
  const docker = { getEvents: async () => stream, listContainers: list } as unknown as Docker;
  return { events: new DockerContainerEvents(docker, 'sample'), stream };
}

describe("the stream of a lab's containers", () => {
  it('leaves no connection open when the containers cannot be listed', async () => {
    const { events, stream } = engine(async () => Promise.reject(new Error('the engine is busy')));
    const first = events.stream(new AbortController().signal)[Symbol.asyncIterator]().next();
    await expect(first).rejects.toThrow('the engine is busy');
    expect(stream.destroyed).toBe(true);
  });

  it('leaves no connection open when nobody listens any more', async () => {
    const { events, stream } = engine(async () => [NODE]);
    stream.write(`${JSON.stringify(DIE)}\n`);
    for await (const change of events.stream(new AbortController().signal)) {
      expect(change).toEqual({ node: 'node1', state: 'stopped', connected: undefined });
      break;
    }
    expect(stream.destroyed).toBe(true);
  });
});
