import { readFileSync } from 'node:fs';
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
