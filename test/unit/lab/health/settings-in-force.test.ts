import { describe, expect, it } from 'vitest';
import { LabError } from '../../../../src/lab/lab-error';
import { settingsInForce } from '../../../../src/lab/health/settings-in-force';
import type { ExecResult, NodeTransport } from '../../../../src/transport/transport';
import { TransportError } from '../../../../src/transport/transport';

const IN_FORCE: ExecResult = { exitCode: 0, stdout: '', stderr: '' };
const NOT_YET: ExecResult = {
  exitCode: 1,
  stdout: 'Patroni does not go by its new settings yet\n',
  stderr: '',
};

/** A node that gives these answers in turn, the last one for ever. */
function node(name: string, answers: readonly (ExecResult | Error)[]): NodeTransport & { asked: string[][] } {
  const asked: string[][] = [];
  const exec = (command: readonly string[]): Promise<ExecResult> => {
    asked.push([...command]);
    const answer = answers[Math.min(asked.length, answers.length) - 1] ?? IN_FORCE;
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { node: name, exec, asked } as unknown as NodeTransport & { asked: string[][] };
}

function wait(nodes: readonly NodeTransport[], options: { timeoutMs?: number; signal?: AbortSignal } = {}) {
  const told: (readonly string[])[] = [];
  const done = settingsInForce({
    nodes: nodes.map((one) => one.node),
    check: ['/opt/gitlab/lab/settings-in-force'],
    transport: (name) => Promise.resolve(nodes.find((one) => one.node === name) ?? node(name, [])),
    signal: options.signal ?? new AbortController().signal,
    onWaiting: (reasons) => told.push(reasons.map(String)),
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
  });
  return { told, done };
}

describe('waiting for settings to be in force', () => {
  it('ends at once when every node goes by them', async () => {
    const nodes = [node('node1', [IN_FORCE]), node('node2', [IN_FORCE])];
    const { told, done } = wait(nodes);
    await done;
    expect(told).toEqual([]);
    expect(nodes.map((one) => one.asked)).toEqual([
      [['/opt/gitlab/lab/settings-in-force']],
      [['/opt/gitlab/lab/settings-in-force']],
    ]);
  });

  it('says which node lags behind, and asks again', async () => {
    const { told, done } = wait([node('node1', [IN_FORCE]), node('node2', [NOT_YET, NOT_YET, IN_FORCE])]);
    await done;
    const lags = ['node2: Patroni does not go by its new settings yet'];
    expect(told).toEqual([lags, lags]);
  });

  it('takes a node that cannot be asked for one that lags behind', async () => {
    const { told, done } = wait([node('node1', [new Error('connection lost'), IN_FORCE])]);
    await done;
    expect(told).toEqual([['node1: connection lost']]);
  });

  it('hands back what only a start brings, and does not wait for it', async () => {
    const pending: ExecResult = {
      exitCode: 1,
      stdout: 'pending postgresql: max_connections is 400 until its next start, then 300\n',
      stderr: '',
    };
    const { told, done } = wait([node('node1', [NOT_YET, pending]), node('node2', [pending])]);
    const because = 'max_connections is 400 until its next start, then 300';
    expect(await done).toEqual([
      { node: 'node1', program: 'postgresql', because },
      { node: 'node2', program: 'postgresql', because },
    ]);
    expect(told).toEqual([
      ['node1: Patroni does not go by its new settings yet', `node2: pending postgresql: ${because}`],
    ]);
  });

  it('gives up with what is missing', async () => {
    const { done } = wait([node('node1', [NOT_YET])], { timeoutMs: 150 });
    await expect(done).rejects.toMatchObject({
      code: 'not-healthy',
      message:
        'After 0 s the cluster does not go by its settings: node1: Patroni does not go by its new settings yet',
    });
  });

  it('gives up in time where a node says nothing', async () => {
    const exec: NodeTransport['exec'] = (_, { signal } = {}) =>
      new Promise((_resolve, reject) =>
        signal?.addEventListener('abort', () => reject(new TransportError('aborted', 'node1', 'cancelled'))),
      );
    const { done } = wait([{ ...node('node1', []), exec }], { timeoutMs: 150 });
    await expect(done).rejects.toMatchObject({
      code: 'not-healthy',
      message: 'After 0 s the cluster does not go by its settings: node1: its settings cannot be checked',
    });
  });

  it('can be cancelled', async () => {
    const stop = new AbortController();
    const { done } = wait([node('node1', [NOT_YET])], { signal: stop.signal });
    setTimeout(() => stop.abort(), 20);
    await expect(done).rejects.toMatchObject({ code: 'cancelled' });
    await expect(done).rejects.toBeInstanceOf(LabError);
  });
});
