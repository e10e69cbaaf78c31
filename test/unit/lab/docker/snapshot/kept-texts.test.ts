import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readTexts } from '../../../../../src/lab/docker/snapshot/kept-texts';
import { RelayedTransport } from '../../../../../src/transport/relay/relayed-transport';
import { TransportError } from '../../../../../src/transport/transport';
import { localNode } from '../../../transport/relay/local-node';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kept-'));
  await writeFile(join(folder, 'one.json'), '{"é": "\n"}\n');
  await writeFile(join(folder, 'empty.json'), '');
});

afterAll(() => rm(folder, { recursive: true }));

it('reads all files at once; one that is not there is undefined, an empty one is empty', async () => {
  const paths = ['one.json', 'none.json', 'empty.json'].map((name) => join(folder, name));
  const texts = await readTexts(new RelayedTransport(localNode()), [...paths, folder]);
  expect(texts).toEqual(['{"é": "\n"}\n', undefined, '', undefined]);
});

it.each<[string, Awaited<ReturnType<Parameters<typeof readTexts>[0]['exec']>>]>([
  ['says too little', { exitCode: 0, stdout: '{}', stderr: '' }],
  ['cannot run a shell', { exitCode: 127, stdout: '', stderr: '' }],
])('nothing is known of a container that %s', async (_, said) => {
  expect(await readTexts({ exec: async () => said }, ['/a'])).toBeUndefined();
});

it('nothing is known of a container that stops meanwhile, and every other failure is one', async () => {
  const fails = (error: Error) => readTexts({ exec: () => Promise.reject(error) }, ['/a']);
  expect(await fails(new TransportError('not-running', 'node1', 'it stopped'))).toBeUndefined();
  await expect(fails(new Error('a mistake'))).rejects.toThrow('a mistake');
});
