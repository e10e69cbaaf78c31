import { verbatim } from '../../../../src/words/message';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { measurementJson } from '../../../../src/cli/render/measurement';
import type { Order } from '../../../../src/drills/orders/order';
import { fault } from '../../../../src/drills/faults/fault';
import type { DeployPreview } from '../../../../src/lab/lab-service';
import type { Finding } from '../../../../src/finding/finding';
import type { Event } from '../../../../src/observe/event';
import { listening, run, world } from '../cli';
import type { FakeWorld } from '../fake-context';
import { applicationLab, labInfo, pausedState, T0, unknownState } from '../fixtures';
import { SIGN_IN } from '../../lab/clients/small-gitlab';
import { JsonReference } from './json-reference';

const reference = new JsonReference();
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'json-'));
  writeFileSync(
    join(folder, 'haproxy.cfg'),
    'global\n    maxcon 10\n\nbackend a\n    mode http\n\nbackend a\n',
  );
  writeFileSync(
    join(folder, 'gitlab.rb'),
    "git_data_dirs({})\nnginx['enable'] = 'off'\nnginx['enable'] = true\n",
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const RANGE = { start: { line: 0, character: 6 }, end: { line: 0, character: 10 } };
const FINDING: Finding = {
  code: 'CLU001',
  severity: 'warning',
  file: 'cluster.yaml',
  range: RANGE,
  message: 'Bad name.',
  remedy: 'Use a-z.',
  fix: { title: 'Write a', edits: [{ range: RANGE, newText: 'a' }] },
  tags: ['deprecated'],
  related: [{ file: 'cluster.yaml', range: RANGE, message: 'the other one' }],
  docs: 'rules/CLU001.md',
};

const PLAN: DeployPreview = {
  lab: 'mine',
  runs: true,
  leading: new Map([['node1', ['patroni']]]),
  findings: [FINDING],
  operations: [
    {
      id: 'remove-container mine-node1',
      step: 'containers',
      target: 'mine-node1',
      cause: verbatim('another image'),
      needs: ['x'],
      action: { kind: 'remove-container', id: '1' },
    },
  ],
  losses: [{ target: 'mine-data', cause: verbatim('it goes'), part: true }],
  effects: [
    {
      container: 'mine-node1',
      node: 'node1',
      need: 'reload',
      files: [
        {
          path: '/etc/haproxy/haproxy.cfg',
          kind: 'changed',
          lines: [
            { sign: '-', text: 'maxconn 10' },
            { sign: '+', text: 'maxconn 20' },
          ],
        },
      ],
      programs: [
        {
          program: 'haproxy',
          title: 'HAProxy',
          need: 'reload',
          because: [verbatim('maxconn changes from 10 to 20')],
          handsOver: [],
          leaderFirst: false,
          seconds: 0,
        },
      ],
    },
  ],
};

const EVENT: Event = {
  at: T0,
  kind: 'role-changed',
  text: verbatim('node1 leads, was node2'),
  node: 'node1',
  service: 'patroni',
  from: 'replica',
  to: 'leader',
};

async function output(argv: readonly string[], prepare: (fake: FakeWorld) => void = () => undefined) {
  const { world: fake, labs } = world();
  labs.planned = PLAN;
  fake.workspaces.set(fake.cwd, new Map([['cluster.yaml', 'name: mine\n']]));
  prepare(fake);
  await run(fake, ...argv);
  return JSON.parse(fake.out) as unknown;
}

describe('JSON is as docs/cli.md says', () => {
  test.each([
    ['up --json', ['up', '--json']],
    ['up --dry-run --json', ['up', '--dry-run', '--json']],
    ['plan --json', ['plan', '--json']],
    ['status --json', ['status', '--json']],
    ['list --json', ['list', '--json']],
    ['fault list --json', ['fault', 'list', '--json']],
    ['fault inject --json', ['fault', 'inject', 'kill-node', '--json']],
    ['node … --json', ['node', 'kill', 'node3', '--json']],
    ['service … --json', ['service', 'stop', 'node3', 'redis', '--json']],
    ['timings --json', ['timings', '--json']],
    ['rules --json', ['rules', '--json']],
  ])('%s', async (name, argv) => {
    expect(reference.problemsOf(name, await output(argv))).toEqual([]);
  });

  test('switchover … --json', () => {
    const order: Order = { on: 'switchover', service: 'patroni', to: 'node1' };
    expect(reference.problemsOf('switchover … --json', { order, at: T0, doneAt: T0 })).toEqual([]);
  });

  test('up --json: findings', () => {
    expect(reference.problemsOfShape('Finding', FINDING)).toEqual([]);
  });

  const quorum = { members: ['node1', 'node3'], acknowledging: 1 };
  const inQuorumMode = { ...pausedState().database, quorum };

  const etcd = { leader: 'node2', voters: ['node1', 'node2', 'node3'] };

  const git = {
    repositories: {
      repositories: 2,
      behind: 1,
      unavailable: 0,
      primaries: { 'gitaly-1': 2 },
      asOf: T0,
      listed: [
        {
          path: '@hashed/6b/86/6b86.git',
          project: 'root/demo',
          primary: 'gitaly-1',
          available: true,
          replicas: { 'gitaly-1': 0, 'gitaly-2': 1, 'gitaly-3': 'missing' as const },
        },
      ],
    },
    homes: { 'gitaly-1': 'node1' },
  };
  const jobs = {
    queues: {
      enqueued: 1,
      busy: 1,
      retries: 0,
      dead: 0,
      processes: 3,
      asOf: T0,
      overdue: 0,
      queues: [{ name: 'default', waiting: 1, longest: 2 }],
      workers: [{ node: 'node1', busy: 1, threads: 5 }],
      jobs: [{ stage: 'run' as const, queue: 'default', name: 'Worker 7', node: 'node1', seconds: 1 }],
    },
  };

  test.each([
    ['with Git storage and jobs', { ...pausedState(), git, jobs }, 0],
    ['in quorum mode', { ...pausedState(), database: inQuorumMode }, 0],
    ['with etcd', { ...pausedState(), etcd }, 0],
    ['paused', pausedState(), 0],
    ['unknown', unknownState(), 15_000],
  ])('status --json of a lab that is %s', async (_what, state, wait) => {
    const { world: fake } = world([labInfo({ httpUrl: undefined })], state);
    const code = run(fake, 'status', '--json');
    if (wait > 0) await listening(fake);
    fake.advance(wait);
    await code;
    expect(reference.problemsOf('status --json', JSON.parse(fake.out))).toEqual([]);
  });

  test('fault heal --json', async () => {
    const state = pausedState();
    const nodes = state.nodes.map((node) => ({
      ...node,
      services: node.services.map((entry) => ({ ...entry, process: 'down' as const })),
    }));
    const { world: fake } = world([labInfo()], { ...state, nodes });
    await run(fake, 'fault', 'heal', '--json');
    expect(reference.problemsOf('fault heal --json', JSON.parse(fake.out))).toEqual([]);
  });

  test('watch --json', async () => {
    const { world: fake, labs } = world();
    const code = run(fake, 'watch', '--json');
    await listening(fake);
    labs.observers[0]?.record(EVENT);
    fake.interrupt();
    await code;
    const [snapshot, event] = fake.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(reference.documented).toContain('watch --json');
    expect(reference.problemsOfShape('Snapshot', snapshot)).toEqual([]);
    expect(reference.problemsOfShape('Event', event)).toEqual([]);
  });

  test('fault measure --json, of a cluster that came back and of one that did not', () => {
    const gap = { from: T0, to: T0 + 900, duration: 900 };
    const outage = {
      faultAt: T0,
      recoveredAt: T0 + 900,
      outageMs: 900,
      longestGapMs: 900,
      interruptions: [gap, { ...gap, to: undefined }],
      acknowledgedBefore: 20,
      acknowledgedAfter: 100,
      failed: 3,
    };
    for (const felt of [outage, { ...outage, recoveredAt: undefined, outageMs: undefined }]) {
      const text = measurementJson({
        injected: { fault: fault('kill-node'), node: 'node2', at: T0, doneAt: T0 + 5 },
        path: 'postgres',
        outage: felt,
        loss: { acknowledged: 120, lost: [7], unacknowledgedPresent: [] },
        healMs: 4000,
        events: [EVENT],
      });
      expect(reference.problemsOf('fault measure --json', JSON.parse(text))).toEqual([]);
    }
  });

  test('probe --json', async () => {
    const { world: fake, labs } = world();
    const name = `probe-${fake.time}`;
    const attempt = { path: 'postgres', run: 'r', seq: 1, at: 1000, ms: 5, ok: true, error: null };
    labs.programs.set(`/opt/gitlab/lab/probe write --run ${name} --interval 100 --timeout 1000`, {
      stdout: `${JSON.stringify(attempt)}\n${JSON.stringify({ ...attempt, seq: 2, at: 3000 })}\n`,
      forever: true,
    });
    labs.programs.set(
      `/opt/gitlab/lab/probe verify --path postgres --run ${name} --timeout 30000 --host 172.30.7.12 --port 5432`,
      { stdout: JSON.stringify({ path: 'postgres', run: name, count: 2, present: [[1, 2]], primary: true }) },
    );
    const code = run(fake, 'probe', '--json');
    await listening(fake);
    fake.interrupt();
    await code;
    expect(reference.problemsOf('probe --json', JSON.parse(fake.out))).toEqual([]);
  });

  test.each([{ https: 8443, ssh: 2222 }, { http: 8080 }])(
    'login --json where %j is published',
    async (published) => {
      const { world: fake, labs } = world([applicationLab({ published })]);
      const authority = 'https' in published ? SIGN_IN.authority : '';
      labs.programs.set('/opt/gitlab/lab/sign-in', { stdout: JSON.stringify({ ...SIGN_IN, authority }) });
      fake.env['XDG_STATE_HOME'] = folder;
      expect(await run(fake, 'login', '--json')).toBe(0);
      expect(reference.problemsOf('login --json', JSON.parse(fake.out))).toEqual([]);
    },
  );

  test('doctor --json', async () => {
    const checks = await output(['doctor', '--json'], (fake) => {
      fake.facts = {
        nodeVersion: '18.0.0',
        totalMemoryBytes: 2 ** 30,
        availableMemoryBytes: 2 ** 29,
        mmdebstrap: { installed: false, root: true },
        httpPort: undefined,
        docker: { code: 'no-docker', message: 'Nothing answers.', remedy: 'Start Docker.' },
      };
    });
    expect(reference.problemsOf('doctor --json', checks)).toEqual([]);
  });

  test('lint --format json', async () => {
    const findings = await output(['lint', folder, '--format', 'json']);
    expect((findings as unknown[]).length).toBeGreaterThan(2);
    expect(reference.problemsOf('lint --format json', findings)).toEqual([]);
  });

  test('nothing is documented that no output has', () => {
    expect(reference.neverSeen()).toEqual([]);
  });

  test('a field that goes, changes its type or comes without a word is found', async () => {
    const [lab] = (await output(['list', '--json'])) as Record<string, unknown>[];
    const { vip, ...without } = lab ?? {};
    expect(vip).toBe('172.30.7.100');
    expect(reference.problemsOf('list --json', [without])).toEqual(['list --json[0].vip is missing']);
    expect(reference.problemsOf('list --json', [{ ...lab, vip: 7 }])).toEqual([
      'list --json[0].vip is 7, not string',
    ]);
    expect(reference.problemsOf('list --json', [{ ...lab, id: 'x' }])).toEqual([
      'list --json[0].id is not documented',
    ]);
  });
});
