import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { Agent, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RelayedTransport } from '../../../../src/transport/relay/relayed-transport';
import { StreamAgent } from '../../../../src/transport/stream-agent';
import type { NodeTransport } from '../../../../src/transport/transport';
import { localNode } from './local-node';
import type { LocalNode } from './local-node';

/** So late an engine that is busy tells that it took what was written: the question before, its end after the answer. */
const TOLD_LATE_MS = 40;
const ANSWERED_MS = 60;

let node: LocalNode;
let server: Server;
let connections = 0;

beforeEach(async () => {
  node = localNode();
  connections = 0;
  server = createServer((asked, answer) => {
    void text(asked).then(async (said) => {
      await sleep(ANSWERED_MS);
      answer.end(`${asked.url} ${said}`);
    });
  });
  server.on('connection', () => (connections += 1)).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(() => {
  node.kill();
  server.close();
});

/** A node whose engine passes on at once what is written, and says so late. */
function toldLate(direct: LocalNode): NodeTransport {
  return {
    ...direct,
    spawn: async (command, options) => {
      const running = await direct.spawn(command, options);
      const stdin = new Writable({
        write: (chunk: Buffer, _encoding, done) => {
          running.stdin.write(chunk);
          setTimeout(done, TOLD_LATE_MS);
        },
        final: (done) => void running.stdin.end(done),
      });
      return { ...running, stdin };
    },
  };
}

function ask(agent: Agent, path: string, question: string): Promise<string> {
  const signal = AbortSignal.timeout(3_000);
  return new Promise((resolve, reject) => {
    const asked = request({ agent, host: 'node', path, method: 'POST', signal }, (answer) => {
      text(answer).then(resolve, reject);
    });
    asked.on('error', reject).end(question);
  });
}

describe('HTTP over a relay', () => {
  it.each([
    ['an engine that tells at once what it took', (direct: LocalNode): NodeTransport => direct],
    ['an engine that tells so when the answer is there', toldLate],
  ])('answers one question after the other on one connection, with %s', async (_, through) => {
    const transport = new RelayedTransport(through(node));
    const { port } = server.address() as AddressInfo;
    const agent = new StreamAgent(() => transport.dial({ host: '127.0.0.1', port }), { maxSockets: 1 });
    for (const path of ['/one', '/two', '/three', '/four']) {
      expect(await ask(agent, path, 'who leads?')).toBe(`${path} who leads?`);
    }
    expect(connections).toBe(1);
    agent.destroy();
  });
});
