import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type Docker from 'dockerode';
import { fault } from '../../src/drills/faults/fault';
import { healFault, injectFault } from '../../src/drills/faults/inject';
import { createLabService } from '../../src/lab/create-lab-service';
import { LabError } from '../../src/lab/lab-error';
import type { LabInfo, LabService } from '../../src/lab/lab-service';
import type { Event } from '../../src/observe/event';
import type { Observer } from '../../src/observe/observer';
import { wholeness } from '../../src/observe/wholeness';
import { ROOT, temporaryFolder, testDocker, uniqueName, until } from './support/engine';
import { allowing, ALLOWING_URL, gitClient } from './support/git-client';
import type { GitClient, Said } from './support/git-client';
import { remainsOf } from './support/remains';
import { sampleWorkspace } from './support/sample';
import { pace } from '../support/pace';

const NAME = uniqueName('git');
const NODES = ['node1', 'node2', 'node3'];
const PATH = '@hashed/6b/86/6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b.git';
const HEAL_MS = 120_000;
const BEHIND = 'Repository 6b86b273ff34: replicas are behind';
const CURRENT = 'Repository 6b86b273ff34: all replicas are current';
/** Praefect declares a Gitaly lost after ten seconds; what a push itself takes on a busy machine comes on top. */
const FAILOVER_MS = 60_000;
/** So long at most a client waits: ten seconds are in Praefect's code. */
const BOUND_MS = 12_000;

let docker: Docker;
let labs: LabService;
let lab: LabInfo;
let observer: Observer;
let folder: { path: string; remove(): Promise<void> };
let client: GitClient;
const events: Event[] = [];

/** Git storage and what it needs; Gitaly asks on its own machine whether a push may be. */
const workspace = (more = ''): ReturnType<typeof sampleWorkspace> =>
  sampleWorkspace(
    NAME,
    (path, text) =>
      path.endsWith('gitlab.rb')
        ? `${text}\ngitaly['configuration'][:gitlab] = { url: '${ALLOWING_URL}' }\n${more}`
        : text,
    ['git'],
  );

beforeAll(async () => {
  folder = await temporaryFolder();
  docker = await testDocker();
  labs = createLabService({ root: ROOT, stateDir: folder.path });
  lab = (await labs.deploy(await workspace())).lab;
  observer = await labs.observe(lab);
  observer.onState(() => undefined);
  observer.onEvent((event) => events.push(event));
  for (const node of NODES) await allowing(await labs.transport(NAME, node));
  client = gitClient(() => labs.transport(NAME, 'node3'), addressOf('node3'), PATH);
}, 900_000);

afterAll(async () => {
  await observer?.dispose();
  await labs.destroy(NAME);
  await folder.remove();
}, 120_000);

const addressOf = (node: string): string => {
  const found = lab.cluster.nodes.find(({ name }) => name === node);
  if (!found) throw new Error(`no ${node}`);
  return found.address;
};

/** A program on a node, as in a terminal there. */
async function on(node: string, ...command: readonly string[]): Promise<Said> {
  const { exitCode, stdout, stderr } = await (await labs.transport(NAME, node)).exec([...command]);
  return { ok: exitCode === 0, text: `${stdout}${stderr}`.trim() };
}

const gitaly = (node: string, action: 'start' | 'stop'): Promise<void> =>
  labs.service(NAME, node, 'gitaly', action);

const whole = (): Promise<void> =>
  until('the lab is whole', () => wholeness(observer.state, lab.cluster).length === 0, HEAL_MS);

/** Breaks something once the lab is whole: that a replica is behind may be seen a moment after it seemed so. */
async function breakWhole<T>(deed: () => Promise<T>): Promise<T> {
  for (const began = Date.now(); ; await sleep(500)) {
    await whole();
    try {
      return await deed();
    } catch (error) {
      const early = error instanceof LabError && error.code === 'not-whole';
      if (!early || Date.now() - began > HEAL_MS) throw error;
    }
  }
}

/** What `praefect metadata` says of the repository. */
const metadata = (): Promise<Said> =>
  on('node3', 'praefect', 'metadata', '--virtual-storage', 'default', '--relative-path', PATH);

/** The node whose Gitaly has the primary replica. */
async function primary(): Promise<string> {
  const [, number = ''] = /^ *Primary: "gitaly-(\d)"/m.exec((await metadata()).text) ?? [];
  return `node${number}`;
}

const others = (node: string): readonly string[] => NODES.filter((name) => name !== node);

/** Where the repository is on every node's disk. */
async function replicaFolder(): Promise<string> {
  const [, path = ''] = /^ *Replica Path: "(.+)"/m.exec((await metadata()).text) ?? [];
  return `/var/opt/gitlab/git-data/repositories/${path}`;
}

/** The tip of main as each node has it on its disk. */
async function tips(): Promise<readonly string[]> {
  const folder = await replicaFolder();
  return Promise.all(
    NODES.map(async (node) => {
      const asked = ['chpst', '-u', 'git:git', 'git', '-C', folder, 'rev-parse', 'refs/heads/main'];
      return (await on(node, ...asked)).text;
    }),
  );
}

/** Pushes until one is taken. @returns its commit */
async function pushUntilTaken(limitMs: number): Promise<{ commit: string }> {
  const since = performance.now();
  let last = '';
  for (;;) {
    const { ok, text } = await client.push();
    const tookMs = performance.now() - since;
    if (ok) return { commit: text };
    last = text;
    if (tookMs > limitMs) throw new Error(`no push was taken within ${limitMs} ms: ${last}`);
  }
}

const told = (kind: string): readonly string[] =>
  events.filter((event) => event.kind === kind).map(({ text }) => text.toString());

describe('Git storage: three Gitalys behind three Praefects', () => {
  it('is whole, and every program tells its version and that it serves', async () => {
    await whole();
    expect(lab.versions).toMatchObject({ gitaly: '16.11.6', praefect: '16.11.6' });
    const shown = observer.state.nodes.flatMap(({ name, services }) =>
      services
        .filter(({ service }) => service === 'gitaly' || service === 'praefect')
        .map(({ service, health }) => `${name} ${service} ${health}`),
    );
    expect(shown).toEqual(NODES.flatMap((node) => [`${node} gitaly ok`, `${node} praefect ok`]));
  });

  it.each([
    ['praefect check', /All checks passed/],
    ['praefect dial-nodes', /SUCCESS: node configuration is consistent/],
    ['gitlab-ctl praefect check', /All checks passed/],
    ['praefect dataloss', /Virtual storage: default\s+All repositories are available!/],
  ])('answers on a node: %s', async (command, answer) => {
    const { ok, text } = await on('node2', 'bash', '-c', command);
    expect(text).toMatch(answer);
    expect(ok).toBe(true);
  });

  it('answers two checks at once', async () => {
    const { text } = await on('node2', 'bash', '-c', 'praefect check & praefect check & wait');
    expect(text.match(/All checks passed/g)).toHaveLength(2);
  });

  // Go tells what each package took at the start: the reader of English that finds licenses 62 MB and a third of a second.
  it.each([
    ['gitaly', '--version'],
    ['praefect', '-version'],
  ])('%s starts without what only a question about licenses needs', async (program, flag) => {
    const { text } = await on('node1', 'env', 'GODEBUG=inittrace=1', program, flag);
    const loaded = [...text.matchAll(/^init (\S+) .* (\d+) bytes/gm)];
    const licenses = loaded.filter(([, name = '']) => name.includes('licensedb'));
    expect(licenses.length, text).toBeGreaterThan(0);
    expect(Math.max(...licenses.map(([, , bytes]) => Number(bytes)))).toBeLessThan(1_000_000);
  });

  it('keeps what is pushed three times', async () => {
    expect(await client.create()).toMatchObject({ ok: true });
    const pushed = await client.push();
    expect(pushed).toEqual({ ok: true, text: expect.stringMatching(/^[0-9a-f]{40}$/) as string });
    expect(await tips()).toEqual([pushed.text, pushed.text, pushed.text]);
    expect(await client.tip()).toEqual(pushed);
    await until('it is seen', () => observer.state.git?.repositories?.repositories === 1, HEAL_MS);
  });

  it('asks GitLab before it takes a push, so that a forbidden one is refused with its message', async () => {
    const { ok, text } = await client.push('forbidden');
    expect(ok).toBe(false);
    expect(text).toContain('GitLab: this branch is protected');
  });

  it('takes writes again soon after the primary is lost, and repairs it when it is back', async () => {
    await whole();
    const lost = await primary();
    // The fault is aimed by what is seen.
    await until(
      'its primary is seen',
      () => observer.state.git?.repositories?.listed?.[0]?.primary === `gitaly-${lost.slice(-1)}`,
      HEAL_MS,
    );
    const boundMs = BOUND_MS * (await pace());
    const stopped = await breakWhole(() =>
      injectFault({ lab, labs, observer, now: Date.now }, fault('stop-gitaly')),
    );
    expect(stopped.node).toBe(lost);
    const { commit } = await pushUntilTaken(FAILOVER_MS);
    expect(Date.now() - stopped.at).toBeLessThanOrEqual(boundMs);
    expect(await primary()).not.toBe(lost);
    await until(
      'what is missing is told',
      () => told('repository-condition-changed').includes(BEHIND),
      HEAL_MS,
    );
    // Two questions to Praefect: which is answered first is not said.
    const moved = /^The primary of repository 6b86b273ff34 moved from gitaly-\d to gitaly-\d$/;
    await until(
      'that its primary moved is told',
      () => told('repository-primary-moved').some((text) => moved.test(text)),
      HEAL_MS,
    );
    await healFault({ lab, labs, observer, now: Date.now }, stopped);
    await until(
      'its replica is repaired',
      async () => (await tips()).every((tip) => tip === commit),
      HEAL_MS,
    );
    await whole();
    await until('its repair is told', () => told('repository-condition-changed').at(-1) === CURRENT, HEAL_MS);
  });

  it('goes on with one replica, says what is lost when that goes, and goes on when the loss is accepted', async () => {
    const last = await primary();
    const [other = '', third = ''] = others(last);
    await Promise.all([gitaly(other, 'stop'), gitaly(third, 'stop')]);
    await pushUntilTaken(FAILOVER_MS);
    await gitaly(last, 'stop');
    await Promise.all([gitaly(other, 'start'), gitaly(third, 'start')]);
    await until(
      'it is seen that the repository is unavailable',
      () => observer.state.git?.repositories?.unavailable === 1,
      HEAL_MS,
    );
    expect((await client.push()).ok).toBe(false);
    const { text } = await on('node3', 'praefect', 'dataloss');
    expect(text).toContain(`${PATH} (unavailable):`);
    const storage = `gitaly-${other.slice(-1)}`;
    expect(text).toMatch(new RegExp(`${storage} is behind by \\d+ changes? or less`));

    const accepted = await on(
      'node3',
      ...['praefect', 'accept-dataloss', '--virtual-storage', 'default'],
      ...['--relative-path', PATH, '--authoritative-storage', storage],
    );
    expect(accepted).toMatchObject({ ok: true });
    const next = await pushUntilTaken(FAILOVER_MS);
    await gitaly(last, 'start');
    await until(
      'all have the new history',
      async () => (await tips()).every((tip) => tip === next.commit),
      HEAL_MS,
    );
    await whole();
  });

  it('finds a replica whose folder is gone when it is told to look, and makes it anew', async () => {
    const [, id = ''] = /^ *Repository ID: (\d+)/m.exec((await metadata()).text) ?? [];
    const [victim = ''] = others(await primary());
    const before = await tips();
    await on(victim, 'rm', '-rf', await replicaFolder());
    expect(await on('node3', 'praefect', 'verify', '--repository-id', id)).toMatchObject({ ok: true });
    await until('it is back', async () => (await tips()).every((tip) => tip === before[0]), HEAL_MS);
    await whole();
  });

  it('keeps its repositories when its account in the database is called otherwise, and again as before', async () => {
    for (const user of ['prae', 'praefect']) {
      await labs.deploy(await workspace(`praefect['configuration'][:database] = { user: '${user}' }\n`));
      await whole();
      expect((await on('node1', 'praefect', 'dataloss')).text).toContain('All repositories are available!');
      const { commit } = await pushUntilTaken(BOUND_MS);
      expect(await tips()).toEqual([commit, commit, commit]);
      const { text } = await on('node1', 'bash', '-c', '. /opt/gitlab/etc/lab.env; echo $LAB_PRAEFECT_USER');
      expect(text).toBe(user);
    }
  });

  it('leaves nothing when the lab is removed', async () => {
    await observer.dispose();
    await labs.destroy(NAME);
    expect(await remainsOf(docker, NAME, folder.path)).toEqual([]);
  });
});
