import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLabService } from '../../src/lab/create-lab-service';
import type { LabInfo, LabService, WorkspaceFiles } from '../../src/lab/lab-service';
import { carryOut } from '../bench/changes/carry-out';
import type { CarriedOut } from '../bench/changes/carry-out';
import { ROOT } from './support/engine';
import { failure } from './support/fingerprints';
import { sampleWorkspace } from './support/sample';
import { pace } from '../support/pace';

const LAB = `changes-${process.pid}`;
/** Milliseconds without an acknowledged write; this machine does other things as well. */
const GAP_OF_SWITCHOVER = 6_000;

const NODES = ['node1', 'node2', 'node3'];

/** What each program says of itself on node1: one line a setting. */
const IN_FORCE = `gitlab-psql -qAtc "select name, setting from pg_settings where context = 'postmaster'"`;

/** Every key that PostgreSQL reads at its start only. */
const STARTED: readonly (readonly [line: string, said: string])[] = [
  ["patroni['postgresql']['max_connections'] = 500", 'max_connections|500'],
  ["patroni['postgresql']['max_wal_senders'] = 9", 'max_wal_senders|9'],
  ["patroni['postgresql']['max_replication_slots'] = 8", 'max_replication_slots|8'],
  ["postgresql['shared_buffers'] = '96MB'", 'shared_buffers|12288'],
  ["postgresql['max_worker_processes'] = 10", 'max_worker_processes|10'],
  ["postgresql['max_prepared_transactions'] = 5", 'max_prepared_transactions|5'],
  ["postgresql['max_locks_per_transaction'] = 96", 'max_locks_per_transaction|96'],
  ["postgresql['track_commit_timestamp'] = true", 'track_commit_timestamp|on'],
  ["postgresql['autovacuum_max_workers'] = 4", 'autovacuum_max_workers|4'],
];

function withLines(lines: readonly string[]): (path: string, text: string) => string {
  return (path, text) => (path.endsWith('gitlab.rb') ? `${text}\n${lines.join('\n')}\n` : text);
}

describe('a change of a running lab', () => {
  let labs: LabService;
  let lab: LabInfo;
  const sample = (change?: (path: string, text: string) => string): Promise<WorkspaceFiles> =>
    sampleWorkspace(LAB, change);
  const inForce = async (node: string): Promise<string[]> => {
    const reach = await labs.transport(LAB, node);
    return (await reach.exec(['bash', '-c', IN_FORCE])).stdout.split('\n');
  };
  const agrees = ({ predicted, happened }: CarriedOut): void => {
    expect([...happened.startedAnew].sort()).toEqual([...predicted.startedAnew].sort());
    expect(happened.leaderMoves).toBe(predicted.leaderMoves);
  };

  beforeAll(async () => {
    labs = createLabService({ root: ROOT });
    ({ lab } = await labs.deploy(await sample()));
  });
  afterAll(async () => labs.destroy(LAB));

  const stopped = async (files: WorkspaceFiles): Promise<void> => {
    const abort = new AbortController();
    const error = await failure(
      labs.deploy(files, {
        signal: abort.signal,
        // The first node's turn has begun.
        log: (line) => {
          if (/restart postgresql$/.test(line)) abort.abort();
        },
      }),
    );
    expect(error.code).toBe('cancelled');
    expect(error.message).toMatch(
      /The change is done on \S+\. It is not \(or not wholly\) done on \S+, \S+\./,
    );
  };

  it('that is stopped between two nodes is taken back by deploying the earlier files', async () => {
    const before = await Promise.all(NODES.map(inForce));
    await stopped(await sample(withLines(STARTED.map(([line]) => line))));
    const gapMs = GAP_OF_SWITCHOVER * (await pace());
    const result = await carryOut(labs, lab, await sample(), 'back');
    expect(result.lost).toBe(0);
    expect(Math.max(...Object.values(result.longestGapMs))).toBeLessThan(gapMs);
    expect(await Promise.all(NODES.map(inForce))).toEqual(before);
  });

  it('that is stopped between two nodes says who has it, and the next deployment goes on', async () => {
    const files = await sample(withLines(STARTED.map(([line]) => line)));
    await stopped(files);
    const gapMs = GAP_OF_SWITCHOVER * (await pace());
    const result = await carryOut(labs, lab, files, 'starts');
    agrees(result);
    expect(result.happened.leaderMoves).toBe(true);
    expect(result.lost).toBe(0);
    expect(Math.max(...Object.values(result.longestGapMs))).toBeLessThan(gapMs);
    for (const node of ['node1', 'node2', 'node3']) {
      expect(await inForce(node)).toEqual(expect.arrayContaining(STARTED.map(([, said]) => said)));
    }
  });

  it('that lowers what a standby may not have lower begins with the leader, who keeps leading', async () => {
    const lower = [...STARTED.map(([line]) => line), "patroni['postgresql']['max_connections'] = 300"];
    const gapMs = GAP_OF_SWITCHOVER * (await pace());
    const result = await carryOut(labs, lab, await sample(withLines(lower)), 'lowers');
    agrees(result);
    expect(result.happened.leaderMoves).toBe(false);
    expect(result.lost).toBe(0);
    expect(Math.max(...Object.values(result.longestGapMs))).toBeLessThan(gapMs);
    for (const node of ['node1', 'node2', 'node3']) {
      expect(await inForce(node)).toContain('max_connections|300');
    }
  });
});
