import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TIMING_PROFILES } from '../../../src/cluster/timing';
import type { Timings } from '../../../src/cluster/timing';
import { OLDEST_ENGINE } from '../../../src/lab/docker/endpoint/connect';
import { LABEL } from '../../../src/lab/docker/labels';

const root = join(__dirname, '../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const architecture = read('docs/architecture.md');

/** The body rows of the table under a heading. */
function rowsUnder(heading: string): readonly (readonly string[])[] {
  const section = architecture.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** A folder's files and folders, without what is made by tools. */
function entries(path: string): { readonly files: readonly string[]; readonly folders: readonly string[] } {
  const all = readdirSync(join(root, path), { withFileTypes: true }).filter(
    ({ name }) => name !== 'node_modules' && name !== 'dist',
  );
  const pick = (folders: boolean): readonly string[] =>
    all.filter((entry) => entry.isDirectory() === folders).map(({ name }) => `${path}/${name}`);
  return { files: pick(false), folders: pick(true) };
}

/** The folder and every folder below it. */
function foldersBelow(path: string): readonly string[] {
  return [path, ...entries(path).folders.flatMap(foldersBelow)];
}

describe('the code map', () => {
  const named = rowsUnder('Code map').map(([folder = '']) => folder.replaceAll('`', ''));

  it('names every folder of src, and none that is not there', () => {
    expect(named.filter((path) => path.startsWith('src/')).sort()).toEqual(
      [...entries('src').folders].sort(),
    );
  });

  it('names the other folders of code as they are', () => {
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    for (const path of ['scripts', 'tools', 'test', 'lab/image', 'lab/services', 'lab/sample'])
      expect(named).toContain(path);
  });

  it('leads to files that are there', () => {
    const rows = rowsUnder('Entry points').map(([, begin = '']) => begin);
    const paths = rows.map((row) => /`([^`]+\/[^`]+)`/.exec(row)?.[1] ?? row);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('says no folder has more than 25 files', () => {
    const crowded = ['src', 'test', 'tools', 'lab', 'scripts']
      .flatMap(foldersBelow)
      .map((path) => [path, entries(path).files.length] as const)
      .filter(([, files]) => files > 25);
    expect(crowded).toEqual([]);
  });

  it('says no file of src has more than 400 lines', () => {
    const long = foldersBelow('src')
      .flatMap((path) => entries(path).files)
      .filter((path) => path.endsWith('.ts'))
      .map((path) => [path, read(path).trimEnd().split('\n').length] as const)
      .filter(([, lines]) => lines > 400);
    expect(long).toEqual([]);
  });

  it('links to its own headings only where they are', () => {
    const headings = [...architecture.matchAll(/^##+ (.+)$/gm)].map(([, text = '']) =>
      text
        .toLowerCase()
        .replaceAll(/[^a-z0-9 -]/g, '')
        .replaceAll(' ', '-'),
    );
    const links = [...architecture.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor);
    expect(links.filter((anchor) => !headings.includes(anchor))).toEqual([]);
  });
});

describe('docs/architecture.md', () => {
  it('names every label', () => {
    const section = architecture.split('\n## Labels\n')[1]?.split('\n## ')[0] ?? '';
    const names = Object.values(LABEL).map((label) => label.replace('gitlab-ha-lab.', ''));
    expect(names.filter((name) => !section.includes(`\`${name}\``))).toEqual([]);
    expect(section).toContain('`check`');
  });

  it('has the timings of the profiles', () => {
    const seconds = (milliseconds: number): string => String(milliseconds / 1000);
    const row: Readonly<Record<string, (timings: Timings) => string>> = {
      'Patroni ttl / loop_wait / retry_timeout': (timings) =>
        `${timings.patroniTtl} / ${timings.patroniLoopWait} / ${timings.patroniRetryTimeout} s`,
      'Patroni primary_start_timeout': (timings) => `${timings.patroniPrimaryStartTimeout} s`,
      'Leader key ends with gossip health': (timings) => (timings.patroniSessionFollowsGossip ? 'yes' : 'no'),
      'Consul raft_multiplier': (timings) => String(timings.consulRaftMultiplier),
      'Consul gossip probe interval / timeout': (timings) =>
        `${timings.consulProbeIntervalMs} / ${timings.consulProbeTimeoutMs} ms`,
      'Sentinel down-after / failover-timeout': (timings) =>
        `${seconds(timings.sentinelDownAfterMs)} / ${seconds(timings.sentinelFailoverTimeoutMs)} s`,
    };
    const { fast, production } = TIMING_PROFILES;
    const expected = Object.entries(row).map(([name, told]) => [
      name,
      told(fast.timings),
      told(production.timings),
    ]);
    expect(rowsUnder('Timings')).toEqual(expected);
  });
});

describe('README.md', () => {
  it('names the oldest engine as the program does', () => {
    expect(read('README.md')).toContain(`- Docker ${OLDEST_ENGINE.version} or newer`);
  });
});
