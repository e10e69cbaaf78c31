import { describe, expect, it } from 'vitest';
import { secretReader } from '../../../src/observe/secrets';
import type { ExecResult, NodeTransport } from '../../../src/transport/transport';

/** A reader over nodes that answer in turn; `asked` are node and command of each question. */
function reader(answers: readonly ExecResult[]) {
  const asked: string[] = [];
  const transport = (node: string): Promise<NodeTransport> => {
    const exec = (command: readonly string[]): Promise<ExecResult> => {
      asked.push(`${node}: ${command.join(' ')}`);
      return Promise.resolve(answers[asked.length - 1] ?? { exitCode: 1, stdout: '', stderr: '' });
    };
    return Promise.resolve({ node, exec } as unknown as NodeTransport);
  };
  return { asked, ...secretReader(transport, (name) => ['print', name]) };
}
const printed = (stdout: string): ExecResult => ({ exitCode: 0, stdout, stderr: '' });
const REFUSED: ExecResult = { exitCode: 4, stdout: 'null\n', stderr: 'no such secret' };

describe('secrets of nodes', () => {
  it('are asked of each node once, also when they are wanted twice at the same time', async () => {
    const { asked, read } = reader([printed('one\n'), printed('two\n')]);
    const both = await Promise.all([read('node1', { name: 'redis' }), read('node1', { name: 'redis' })]);
    expect(both).toEqual(['one', 'one']);
    expect(await read('node2', { name: 'redis' })).toBe('two');
    expect(await read('node1', { name: 'redis' })).toBe('one');
    expect(asked).toEqual(['node1: print redis', 'node2: print redis']);
  });

  it('that could not be read are asked for again; the error names no content', async () => {
    const { asked, read } = reader([REFUSED, printed('one\n')]);
    await expect(read('node1', { name: 'redis' })).rejects.toMatchObject({
      reason: 'unreachable',
      node: 'node1',
      message: 'the secret "redis" of node1 cannot be read',
    });
    expect(await read('node1', { name: 'redis' })).toBe('one');
    expect(asked).toHaveLength(2);
  });

  it('are asked for again when they are to be forgotten: one, or all of a node', async () => {
    const { asked, read, forget } = reader(['1', '2', '3', '4', '5', '6'].map(printed));
    const all = () =>
      Promise.all([
        read('node1', { name: 'redis' }),
        read('node1', { name: 'gossip' }),
        read('node2', { name: 'redis' }),
      ]);
    expect(await all()).toEqual(['1', '2', '3']);
    forget('node1', { name: 'redis' });
    expect(await all()).toEqual(['4', '2', '3']);
    forget('node1');
    expect(await all()).toEqual(['5', '6', '3']);
    expect(asked).toHaveLength(6);
  });
});
