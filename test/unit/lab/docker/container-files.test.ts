import { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { extract, pack } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import {
  leftOverRecord,
  putFiles,
  readApplied,
  readInForce,
  replaceFiles,
  settledRecord,
  settleFiles,
} from '../../../../src/lab/docker/container-files';
import type { PlannedContainer, PlannedFile } from '../../../../src/lab/plan/plan';
import { PLAN } from '../plan/sample-snapshot';

const LEFT_OVER = 'var/lib/gitlab-ha-lab/left-over';
const APPLIED = 'var/lib/gitlab-ha-lab/applied.json';

/**
 * A container that holds what was unpacked in it, until the engine is killed.
 * @param lives how many files it unpacks before that
 */
function containerOf(lives = Infinity): { container: Docker.Container; files: Map<string, string> } {
  const files = new Map<string, string>();
  let left = lives;
  const container = {
    putArchive: async (archive: Readable) => {
      for await (const entry of archive.pipe(extract())) {
        const pieces: Buffer[] = [];
        for await (const piece of entry) pieces.push(piece as Buffer);
        if (left-- <= 0) throw new Error('killed');
        files.set(entry.header.name, Buffer.concat(pieces).toString());
      }
    },
    getArchive: async ({ path }: { path: string }) => {
      const content = files.get(path.slice(1));
      if (content === undefined) throw Object.assign(new Error('no such file'), { statusCode: 404 });
      const archive = pack();
      archive.entry({ name: path }, content);
      archive.finalize();
      return Readable.from(archive);
    },
  };
  return { container: container as unknown as Docker.Container, files };
}

function file(path: string, content: string): PlannedFile {
  return { path, content, mode: 0o600, uid: 0, gid: 0 };
}

function planned(filesHash: string, files: readonly PlannedFile[]): PlannedContainer {
  const [container] = PLAN.containers;
  if (!container) throw new Error('the plan has no container');
  return { ...container, filesHash, files };
}

const OLD = planned('old', [file('/a', 'old a'), file('/b', 'old b')]);
const NEW = planned('new', [file('/a', 'new a'), file('/b', 'new b'), file('/c', 'new c')]);
const OLD_APPLIED = { hash: 'old', paths: ['/a', '/b'] };

describe('the files of a container', () => {
  it('are there, and said to be, when all was put in', async () => {
    const { container, files } = containerOf();
    await putFiles(container, OLD, undefined);
    expect([...files]).toEqual([
      ['a', 'old a'],
      ['b', 'old b'],
      [APPLIED, JSON.stringify(OLD_APPLIED)],
    ]);
    await putFiles(container, NEW, await readApplied(container));
    expect(await readApplied(container)).toEqual({ hash: 'new', paths: ['/a', '/b', '/c'] });
  });

  it('of a new container are said to be there only at the end', async () => {
    const { container } = containerOf(2);
    await expect(putFiles(container, OLD, undefined)).rejects.toThrow('killed');
    expect(await readApplied(container)).toBeUndefined();
  });

  it('that are no longer planned are named to the container for its next start, also when that comes late', async () => {
    const { container, files } = containerOf();
    const put = async (wanted: PlannedContainer): Promise<string | undefined> => {
      const replaced = await readApplied(container);
      await putFiles(container, wanted, replaced, [leftOverRecord(wanted, replaced)]);
      return files.get(LEFT_OVER);
    };
    expect(await put(NEW)).toBe('');
    expect(await put(OLD)).toBe('/c\n');
    expect(await readApplied(container)).toEqual({ hash: 'old', paths: ['/a', '/b', '/c'] });
    expect(await put({ ...OLD, filesHash: 'older' })).toBe('/c\n');
    expect(await put(NEW)).toBe('');
  });

  it('that are taken away in a running container are none of its files then', async () => {
    const { container, files } = containerOf();
    await putFiles(container, NEW, undefined, [settledRecord(NEW.files)]);
    await replaceFiles(container, OLD, { hash: 'new', paths: ['/a', '/b', '/c'] });
    expect(files.get(LEFT_OVER)).toBe('/c\n');
    expect(await readApplied(container)).toEqual({ paths: ['/a', '/b', '/c'] });
    await settleFiles(container, OLD);
    expect(await readApplied(container)).toEqual(OLD_APPLIED);
  });

  it.each([1, 2, 3, 4])(
    'are neither the old nor the new ones when an update is killed after %i of them',
    async (unpacked) => {
      const { container, files } = containerOf(3 + unpacked);
      await putFiles(container, OLD, undefined);
      await expect(putFiles(container, NEW, OLD_APPLIED)).rejects.toThrow('killed');
      expect(await readApplied(container)).toEqual({ paths: ['/a', '/b', '/c'] });
      expect(files.get('c')).toBe(unpacked === 4 ? 'new c' : undefined);
    },
  );
});

describe('what the programs of a container go by', () => {
  const texts = ({ files }: PlannedContainer): Record<string, string> =>
    Object.fromEntries(files.map(({ path, content }) => [path, String(content)]));

  it('is what was put in before it started', async () => {
    const { container } = containerOf();
    await putFiles(container, OLD, undefined, [settledRecord(OLD.files)]);
    expect(await readInForce(container)).toEqual({ versions: [texts(OLD)] });
    expect(await readApplied(container)).toEqual(OLD_APPLIED);
  });

  it('is not known of a container that was filled by an earlier version', async () => {
    const { container } = containerOf();
    await putFiles(container, OLD, undefined);
    expect(await readInForce(container)).toBeUndefined();
  });

  it('is either version until the programs have taken the files over, then the new one', async () => {
    const { container, files } = containerOf();
    await putFiles(container, OLD, undefined, [settledRecord(OLD.files)]);
    await replaceFiles(container, NEW, OLD_APPLIED);
    expect(files.get('a')).toBe('new a');
    expect(await readInForce(container)).toEqual({ versions: [texts(OLD), texts(NEW)] });
    expect(await readApplied(container)).toEqual({ paths: ['/a', '/b', '/c'] });
    await settleFiles(container, NEW);
    expect(await readInForce(container)).toEqual({ versions: [texts(NEW)] });
    expect(await readApplied(container)).toEqual({ hash: 'new', paths: ['/a', '/b', '/c'] });
  });

  it('is kept once, however often the change is tried', async () => {
    const { container } = containerOf();
    await putFiles(container, OLD, undefined, [settledRecord(OLD.files)]);
    const reordered = { ...NEW, files: [...NEW.files].reverse() };
    for (const tried of [NEW, OLD, NEW, reordered]) await replaceFiles(container, tried, OLD_APPLIED);
    expect(await readInForce(container)).toEqual({ versions: [texts(OLD), texts(NEW)] });
  });

  it('is known to be unsettled when the engine dies between the files', async () => {
    const { container } = containerOf(6);
    await putFiles(container, OLD, undefined, [settledRecord(OLD.files)]);
    await expect(replaceFiles(container, NEW, OLD_APPLIED)).rejects.toThrow('killed');
    expect(await readApplied(container)).toEqual({ paths: ['/a', '/b', '/c'] });
    expect((await readInForce(container))?.versions).toEqual([texts(OLD), texts(NEW)]);
  });
});
