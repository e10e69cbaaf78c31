import { describe, expect, it } from 'vitest';
import { missingWrites } from '../../../../src/lab/health/client-writes';
import type { ExecOptions, ExecResult, NodeTransport } from '../../../../src/transport/transport';
import { TransportError } from '../../../../src/transport/transport';

type Exec = (command: readonly string[], options?: ExecOptions) => Promise<ExecResult>;

/** A lab of which only the gateway is asked, and only with exec. */
function gateway(exec: Exec): (node: string) => Promise<NodeTransport> {
  return async (node) => {
    expect(node).toBe('gateway');
    return { node, exec } as unknown as NodeTransport;
  };
}

const ok = (path: string, port: number): string =>
  JSON.stringify({ path, host: '172.30.7.100', port, ok: true, error: null, ms: 41.2 });
const refused = (path: string, port: number, error: string): string =>
  JSON.stringify({ path, host: '172.30.7.100', port, ok: false, error, ms: 5000.1 });

describe('a write as a client makes it', () => {
  it('is asked of the gateway, which tries until the time is up', async () => {
    const commands: (readonly string[])[] = [];
    const transport = gateway(async (command) => {
      commands.push(command);
      return { exitCode: 0, stdout: `${ok('postgres', 6432)}\n${ok('redis', 6379)}\n`, stderr: '' };
    });
    expect(await missingWrites(transport, { timeoutMs: 5000 })).toEqual([]);
    expect(commands).toEqual([['/opt/gitlab/lab/probe', 'check', '--run', 'whole', '--timeout', '5000']]);
  });

  it.each<[string, Partial<ExecResult>, string[]]>([
    ['there is no way through the virtual address', { exitCode: 0 }, []],
    [
      'the password is another',
      {
        exitCode: 1,
        stdout: `${refused('postgres', 6432, 'FATAL: SASL authentication failed')}\n${ok('redis', 6379)}\n`,
      },
      ['no client can write to PostgreSQL at 172.30.7.100:6432: FATAL: SASL authentication failed'],
    ],
    [
      'nobody answers',
      {
        exitCode: 1,
        stdout: `${refused('postgres', 5433, 'no answer in time')}\n${refused('redis', 6380, 'no answer in time')}\n`,
      },
      [
        'no client can write to PostgreSQL at 172.30.7.100:5433: no answer in time',
        'no client can write to Redis at 172.30.7.100:6380: no answer in time',
      ],
    ],
    [
      'the gateway is of an earlier version',
      { exitCode: 2, stderr: 'usage: probe [-h]\nprobe: error: invalid choice: check\n' },
      ['the gateway cannot write: probe: error: invalid choice: check'],
    ],
    ['the gateway says nothing', { exitCode: 137 }, ['the gateway cannot write: exit code 137']],
  ])('is missing or not when %s', async (_case, result, missing) => {
    const transport = gateway(async () => ({ exitCode: 0, stdout: '', stderr: '', ...result }));
    expect(await missingWrites(transport, { timeoutMs: 5000 })).toEqual(missing);
  });

  it('is missing while the gateway is stopped', async () => {
    const stopped = new TransportError('not-running', 'gateway', 'gateway is not running.');
    expect(await missingWrites(() => Promise.reject(stopped), { timeoutMs: 5000 })).toEqual([
      'gateway: gateway is not running.',
    ]);
  });

  it('can be cancelled', async () => {
    const abort = new AbortController();
    const transport = gateway(
      (_command, options) =>
        new Promise((_resolve, reject) => {
          options?.signal?.addEventListener('abort', () =>
            reject(new TransportError('aborted', 'gateway', 'ended')),
          );
        }),
    );
    const writing = missingWrites(transport, { timeoutMs: 5000, signal: abort.signal });
    setTimeout(() => abort.abort(), 20);
    await expect(writing).rejects.toMatchObject({ code: 'cancelled' });
  });
});
