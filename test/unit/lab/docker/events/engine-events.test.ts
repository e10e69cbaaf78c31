import { PassThrough } from 'node:stream';
import type Docker from 'dockerode';
import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../../../../src/lab/docker/events/engine-events';
import { openEngineEvents, parseEngineEvent } from '../../../../../src/lab/docker/events/engine-events';

const START = JSON.stringify({
  Type: 'container',
  Action: 'start',
  Actor: {
    ID: 'c1',
    Attributes: {
      'gitlab-ha-lab.lab': 'sample',
      'gitlab-ha-lab.node': 'node1',
      'gitlab-ha-lab.role': 'node',
    },
  },
});

/** An engine whose stream of events is the test's. */
async function listen(): Promise<{
  stream: PassThrough;
  abort: AbortController;
  events: EngineEvent[];
  end: Promise<unknown>;
}> {
  const stream = new PassThrough();
  const abort = new AbortController();
  const docker = { getEvents: async () => stream } as unknown as Docker;
  const opened = await openEngineEvents(docker, abort.signal);
  const events: EngineEvent[] = [];
  const reading = (async () => {
    for await (const event of opened) events.push(event);
    return 'ended';
  })();
  const late = new Promise((resolve) => setTimeout(() => resolve('waits for ever'), 1_000));
  const end = Promise.race([reading.catch((error: unknown) => error), late]);
  stream.write(`${START}\n`);
  await new Promise((resolve) => setTimeout(resolve, 20));
  return { stream, abort, events, end };
}

describe('the events of an engine', () => {
  it('end without an error when nobody listens any more', async () => {
    const { abort, events, end } = await listen();
    abort.abort();
    expect(await end).toBe('ended');
    expect(events).toEqual([
      { type: 'container', action: 'start', containerId: 'c1', lab: 'sample', node: 'node1', role: 'node' },
    ]);
  });

  it('tell of what is remembered of a lab, and of no other volume', () => {
    const named = (ID: string): string =>
      JSON.stringify({ Type: 'volume', Action: 'create', Actor: { ID, Attributes: { driver: 'local' } } });
    expect(parseEngineEvent(named('gitlab-ha-lab-own.about.0123456789abcdef'))).toEqual({
      type: 'description',
      action: 'create',
      containerId: '',
    });
    expect(parseEngineEvent(named('gitlab-ha-lab-own.lock.1'))).toBeUndefined();
    expect(parseEngineEvent(named('data'))).toBeUndefined();
  });

  it.each([
    ['closed without an error', (stream: PassThrough) => stream.destroy()],
    ['ended by the engine', (stream: PassThrough) => stream.end()],
    ['broken', (stream: PassThrough) => stream.destroy(new Error('connection reset'))],
  ])('throw when the connection is %s', async (_name, close) => {
    const { stream, end } = await listen();
    close(stream);
    expect(await end).toBeInstanceOf(Error);
  });
});
