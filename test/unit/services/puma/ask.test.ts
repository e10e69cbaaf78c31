import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ASK_SCRIPT, parseAnswers } from '../../../../src/services/puma/ask';

const servers: Server[] = [];
let folder = '';

/** @returns where it listens */
async function serve(answer: RequestListener, path?: string): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  if (path === undefined) server.listen(0, '127.0.0.1');
  else server.listen(path);
  await once(server, 'listening');
  return path ?? `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What the script says to one question. */
async function ask(targets: readonly (readonly [string, string, string])[]) {
  const bash = spawn('bash', ['-c', ASK_SCRIPT, 'ask', ...targets.flat()], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const lines = createInterface(bash.stdout);
  bash.stdin.write('\n');
  const [line] = (await once(lines, 'line')) as [string];
  bash.stdin.end();
  await once(bash, 'close');
  return parseAnswers(line);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ask-'));
});

afterAll(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await rm(folder, { recursive: true });
});

describe('the script that asks the parts of the application', () => {
  it('tells of each its status and first line, by its name', async () => {
    const json = await serve((_, response) => response.writeHead(503).end('{"status": "failed"}\nmore'));
    const socket = await serve((_, response) => response.end('OK\n'), join(folder, 'socket'));
    const empty = await serve((_, response) => response.writeHead(404).end());
    const answers = await ask([
      ['puma', json, '/-/readiness?all=1'],
      ['workhorse', socket, '/-/workhorse/health'],
      ['nginx', empty, '/'],
      ['gone', join(folder, 'nobody'), '/'],
      ['refuses', '127.0.0.1:1', '/'],
    ]);
    expect([...answers]).toEqual([
      ['puma', { status: 503, body: '{"status":"failed"}' }],
      ['workhorse', { status: 200, body: 'OK' }],
      ['nginx', { status: 404, body: '' }],
      ['gone', undefined],
      ['refuses', undefined],
    ]);
  });

  it('asks all at once: none is answered before all have been asked', async () => {
    const waiting: (() => void)[] = [];
    const together: RequestListener = (_, response) => {
      waiting.push(() => response.end('yes'));
      if (waiting.length === 3) for (const answer of waiting) answer();
    };
    const one = await serve(together);
    const other = await serve(together);
    const socket = await serve(together, join(folder, 'together'));
    const answers = await ask([
      ['one', one, '/'],
      ['socket', socket, '/'],
      ['other', other, '/'],
    ]);
    expect([...answers.values()].map((answer) => answer?.body)).toEqual(['yes', 'yes', 'yes']);
  });
});
