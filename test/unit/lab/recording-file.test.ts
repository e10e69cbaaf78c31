import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RecordingFile } from '../../../src/lab/recording-file';

describe('a recording on disk', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'recording-'));
  });
  afterEach(async () => rm(folder, { recursive: true, force: true }));

  const path = (): string => join(folder, 'lab', 'recordings', 'one.ndjson');

  it('is no file before the first event', async () => {
    await (await new RecordingFile(path()).prepare()).close();
    expect(await readdir(join(folder, 'lab', 'recordings'))).toEqual([]);
  });

  it('holds one line per event, for its owner only', async () => {
    const recording = await new RecordingFile(path()).prepare();
    recording.append('{"at":1}');
    recording.append('{"at":2}');
    await recording.close();
    expect(await readFile(path(), 'utf8')).toBe('{"at":1}\n{"at":2}\n');
    expect((await stat(path())).mode & 0o777).toBe(0o600);
  });

  it('stops at its limit, with whole lines', async () => {
    const recording = await new RecordingFile(path(), 20).prepare();
    for (const at of [1, 2, 3]) recording.append(`{"at":${at}}`);
    await recording.close();
    expect(await readFile(path(), 'utf8')).toBe('{"at":1}\n{"at":2}\n');
  });

  it.each([0, 1])('does not bring back the folder of a destroyed lab (%i events before)', async (before) => {
    const recording = await new RecordingFile(path()).prepare();
    for (let at = 0; at < before; at += 1) recording.append(`{"at":${at}}`);
    if (before > 0) await vi.waitFor(async () => stat(path()));
    await rm(join(folder, 'lab'), { recursive: true });
    recording.append('{"at":9}');
    await recording.close();
    recording.append('{"at":10}');
    expect(await readdir(folder)).toEqual([]);
  });

  it('is given up when it cannot be written', async () => {
    await writeFile(join(folder, 'lab'), 'a file where the folder should be');
    const recording = await new RecordingFile(path()).prepare();
    recording.append('{"at":1}');
    await recording.close();
    expect(await readdir(folder)).toEqual(['lab']);
  });
});
