import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Observation } from '../../../../src/services/core/live/observation';
import type { WatchContext } from '../../../../src/services/core/watch/context';
import { Hints } from '../../../../src/services/core/watch/hints';
import { parseClientAnswer, watchPgbouncer } from '../../../../src/services/pgbouncer/watch';
import { TransportError } from '../../../../src/transport/transport';
import { after, CLUSTER, said, saw, service } from '../../observe/healthy';
import { LocalTransport } from '../../observe/support/local-transport';

const cleaners: (() => void)[] = [];
afterEach(() => {
  for (const clean of cleaners.splice(0)) clean();
});

/** A node on which `psql` does what these lines say, or which has none. */
function nodeWith(psql: string | undefined): LocalTransport {
  const programs = mkdtempSync(join(tmpdir(), 'pgbouncer-client-'));
  cleaners.push(() => rmSync(programs, { recursive: true, force: true }));
  symlinkSync('/bin/bash', join(programs, 'bash'));
  symlinkSync('/usr/bin/timeout', join(programs, 'timeout'));
  if (psql !== undefined) {
    writeFileSync(join(programs, 'psql'), `#!/bin/bash\n${psql}\n`);
    chmodSync(join(programs, 'psql'), 0o755);
  }
  return new LocalTransport('node1', programs);
}

/** The first thing the watcher sees. */
async function seen(
  node: LocalTransport,
  password: string | Error = 'not-a-real-password',
): Promise<unknown> {
  const stop = new AbortController();
  let watching = Promise.resolve();
  const observation = await new Promise<Observation>((resolve) => {
    const context: Partial<WatchContext> = {
      cluster: CLUSTER,
      ports: { node1: { pgbouncer: { pool: 6543 } } },
      declared: { databaseName: 'app', databaseUser: 'rails' },
      secret: () => (password instanceof Error ? Promise.reject(password) : Promise.resolve(password)),
      forgetSecret: () => undefined,
      transport: () => Promise.resolve(node),
      emit: resolve,
      now: Date.now,
      signal: stop.signal,
      hints: new Hints(Date.now),
      log: () => undefined,
    };
    watching = watchPgbouncer(context as WatchContext, 'node1');
  });
  stop.abort();
  await watching;
  expect(node.running).toBe(0);
  return 'value' in observation ? observation.value : observation;
}

describe('what a client of PgBouncer is told', () => {
  it('is asked for with the account, the database and the port of the workspace, its password out of sight', async () => {
    const node = nodeWith('echo "FATAL:  $* $PGPASSWORD" >&2; exit 2');
    expect(await seen(node)).toEqual({
      kind: 'refused',
      reason:
        '-h 127.0.0.1,172.30.0.11 -p 6543 -U rails -d app -w -X -q -A -t -c SELECT 1 not-a-real-password',
    });
    expect(JSON.stringify(node.commands)).not.toContain('not-a-real-password');
  });

  it.each([
    ['a row', 'echo 1', { kind: 'served' }],
    [
      'that the password is wrong',
      `echo 'psql: error: connection to server at "127.0.0.1", port 6543 failed: FATAL:  SASL authentication failed' >&2; exit 2`,
      { kind: 'refused', reason: 'SASL authentication failed' },
    ],
    [
      'that nobody listens, at either address',
      `printf 'psql: error: connection failed: Connection refused\\n\\tIs the server running?\\n' >&2; exit 2`,
      { kind: 'refused', reason: 'connection failed: Connection refused' },
    ],
  ])('%s', async (_, psql, answer) => {
    expect(await seen(nodeWith(psql))).toEqual(answer);
  });

  it('is not known where there is no psql', async () => {
    expect(await seen(nodeWith(undefined))).toEqual({ kind: 'not-asked' });
  });

  it('is not known where the password is not', async () => {
    expect(await seen(nodeWith('echo 1'), '')).toEqual({ kind: 'not-asked' });
  });

  it('nobody knows where the password cannot be read, which is not the same', async () => {
    const fault = new TransportError('unreachable', 'node1', 'the secret cannot be read');
    expect(await seen(nodeWith('echo 1'), fault)).toEqual({ kind: 'no-password' });
  });

  it.each([
    ['', undefined],
    ['C', undefined],
    ['C yes', undefined],
    ['X served', undefined],
    ['C late', { kind: 'late' }],
  ])('the line "%s" says %o', (line, answer) => {
    expect(parseClientAnswer(line)).toEqual(answer);
  });
});

describe('PgBouncer, by what its clients are told', () => {
  it.each([
    [{ kind: 'served' }, 'ok: sends to node1'],
    [{ kind: 'not-asked' }, 'ok: sends to node1'],
    [{ kind: 'no-password' }, 'unknown: sends to node1; the password of its clients cannot be read'],
    [{ kind: 'late' }, 'degraded: sends to node1; leaves its clients without an answer'],
    [
      { kind: 'refused', reason: 'SASL authentication failed' },
      'failed: refuses its clients: SASL authentication failed',
    ],
  ] as const)('%o', (answer, expected) => {
    const { state } = after([saw.client(2000, 'node2', answer)]);
    expect(said(state, 'node2', 'pgbouncer')).toBe(expected);
  });

  it('that sends to a former leader is told as that', () => {
    const { state } = after([
      saw.pgbouncer(2000, 'node2', ['172.30.0.13']),
      saw.client(2000, 'node2', { kind: 'refused', reason: 'no answer' }),
    ]);
    expect(said(state, 'node2', 'pgbouncer')).toBe('degraded: sends to node3, but node1 leads');
    expect(service(state, 'node2', 'pgbouncer').facts['Sends to']).toBe('node3');
  });
});
