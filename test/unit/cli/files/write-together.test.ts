import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CliError } from '../../../../src/cli/cli-error';
import { writeTogether, type FileStep } from '../../../../src/cli/files/write-together';
import { world } from '../cli';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ha-write-'));
  writeFileSync(join(root, 'a'), 'first text, long\n');
  writeFileSync(join(root, 'b'), 'second\n');
  mkdirSync(join(root, 'old'));
  symlinkSync('/nowhere/at/all', join(root, 'dangling'));
  symlinkSync('b', join(root, 'link'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const at = (path: string): string => join(root, path);
const read = (path: string): string => readFileSync(at(path), 'utf8');

async function refusal(...steps: readonly FileStep[]): Promise<{ message: string; remedy: string }> {
  const error: unknown = await writeTogether(world().world.context, steps).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof CliError)) throw new Error('not refused', { cause: error });
  return { message: error.message.replaceAll(root, ''), remedy: error.remedy };
}

const REPLACED: FileStep = { kind: 'replace', path: '', before: 'first text, long\n', text: 'short\n' };

test('all steps are done, in their order; a link stays a link', async () => {
  await writeTogether(world().world.context, [
    { ...REPLACED, path: at('a') },
    { kind: 'replace', path: at('link'), before: 'second\n', text: 'longer than before\n' },
    { kind: 'create', path: at('old/x/y/z'), text: 'new' },
    { kind: 'move', path: at('old'), to: at('fresh') },
  ]);
  expect([read('a'), read('b'), read('fresh/x/y/z')]).toEqual(['short\n', 'longer than before\n', 'new']);
  expect(
    readdirSync(root, { withFileTypes: true })
      .find(({ name }) => name === 'link')
      ?.isSymbolicLink(),
  ).toBe(true);
});

describe('when one step cannot be done, those before it are taken back', () => {
  test.each<[string, FileStep, string]>([
    [
      'a file where a folder is needed',
      { kind: 'create', path: '/b/c', text: '' },
      'a part of the path is a file',
    ],
    ['a link to nothing', { kind: 'create', path: '/dangling/c', text: '' }, 'a part of the path is a file'],
    ['a file that is there', { kind: 'create', path: '/b', text: '' }, 'a part of the path is a file'],
    [
      'a file that is gone',
      { kind: 'replace', path: '/gone', before: '', text: '' },
      'a part of the path is missing',
    ],
    [
      'a file with another text',
      { kind: 'replace', path: '/b', before: 'x', text: '' },
      'it is not UTF-8, or was changed a moment ago',
    ],
    ['a folder that is gone', { kind: 'move', path: '/gone', to: '/x' }, 'a part of the path is missing'],
  ])('%s', async (_, failing, why) => {
    const last = 'to' in failing ? { ...failing, to: root + failing.to } : failing;
    const said = await refusal(
      { ...REPLACED, path: at('a') },
      { kind: 'create', path: at('new/folder/file'), text: 'x' },
      { kind: 'move', path: at('old'), to: at('moved') },
      { ...last, path: root + failing.path },
    );
    expect(said).toEqual({
      message: `${failing.path} cannot be written: ${why}.`,
      remedy: 'Nothing was changed.',
    });
    expect([read('a'), read('b')]).toEqual(['first text, long\n', 'second\n']);
    expect(readdirSync(root).sort()).toEqual(['a', 'b', 'dangling', 'link', 'old']);
  });

  test('a folder of /proc, which says for ever that a part is missing, ends it', async () => {
    if (!existsSync('/proc/self')) return;
    const { message } = await refusal({ kind: 'create', path: '/proc/ha-lab/x', text: '' });
    expect(message).toBe('/proc/ha-lab/x cannot be written: a part of the path is missing.');
  });
});

test('a file is removed, with its folder when that is empty, and is back when a later step fails', async () => {
  writeFileSync(at('old/only'), 'mine\n', { mode: 0o640 });
  const removal: FileStep = { kind: 'remove', path: at('old/only'), before: 'mine\n' };
  await refusal(removal, { kind: 'remove', path: at('gone'), before: '' });
  expect(read('old/only')).toBe('mine\n');
  expect((await refusal({ ...removal, before: 'yours\n' })).message).toContain('was changed a moment ago');
  await writeTogether(world().world.context, [
    removal,
    { kind: 'remove', path: at('b'), before: 'second\n' },
  ]);
  expect([existsSync(at('old')), existsSync(at('b')), existsSync(at('a'))]).toEqual([false, false, true]);
});
