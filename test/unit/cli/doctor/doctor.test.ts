import { ENGLISH } from '../../../../src/presentation/words/localizer';
import { describe, expect, test } from 'vitest';
import { compareVersions, diagnose, doctorExitCode } from '../../../../src/cli/doctor/diagnose';
import type { Check } from '../../../../src/cli/doctor/diagnose';
import { countFreeSubnets } from '../../../../src/cli/doctor/free-subnets';
import type { DockerFacts, MachineFacts } from '../../../../src/cli/doctor/machine';
import { renderDoctor } from '../../../../src/cli/render/doctor';
import { PLAIN } from '../../../../src/cli/render/style';
import { runCli } from '../../../../src/cli/run';
import { docker, GIB, machine } from './doctor-facts';
import { FakeWorld } from '../fake-context';
import { FakeLabs } from '../fake-labs';
import { healthyState } from '../fixtures';

const CLUSTER_WITH_PORT = `
name: sample
network: { subnet: 172.30.0.0/24, vip: 172.30.0.100 }
nodes:
  - { name: node1, address: 172.30.0.11 }
  - { name: node2, address: 172.30.0.12 }
  - { name: node3, address: 172.30.0.13 }
lab: { http_port: 8080 }
`;

const withDocker = (changes: Partial<DockerFacts>): MachineFacts => ({
  ...machine,
  docker: { ...docker, ...changes },
});

const find = (facts: MachineFacts, id: string): Check => {
  const found = diagnose(facts, ENGLISH).find((check) => check.id === id);
  if (!found) throw new Error(`no check ${id}`);
  return found;
};

describe('doctor', () => {
  test('a fit machine passes every check and exits with 0', () => {
    const checks = diagnose(machine, ENGLISH);
    expect(checks.map((check) => check.status)).toEqual(checks.map(() => 'ok'));
    expect(checks.every((check) => check.remedy === '')).toBe(true);
    expect(doctorExitCode(checks)).toBe(0);
  });

  test.each<[string, string, Check['status'], RegExp, MachineFacts]>([
    ['old Node', 'node', 'failed', /Node\.js 20/, { ...machine, nodeVersion: '18.20.0' }],
    ['little memory', 'memory', 'warning', /1\.5 GiB/, { ...machine, availableMemoryBytes: GIB }],
    ['little memory for Docker', 'memory', 'warning', /give Docker more/, withDocker({ memoryBytes: GIB })],
    ['an old engine', 'docker', 'failed', /Update Docker/, withDocker({ apiVersion: '1.40' })],
    ['a full disk', 'disk', 'failed', /Free at least 3\.0 GiB/, withDocker({ freeDiskBytes: 2 * GIB })],
    ['no network free', 'subnets', 'failed', /docker network ls/, withDocker({ freeSubnets: 0 })],
    [
      'neither registry nor mmdebstrap',
      'image',
      'failed',
      /apt-get install mmdebstrap/,
      withDocker({ base: { name: 'debian:trixie-slim', present: false, registryAnswers: false } }),
    ],
    [
      'a taken port',
      'port',
      'warning',
      /lab\.http_port/,
      { ...machine, httpPort: { port: 8080, free: false } },
    ],
    [
      'a broken lab',
      'leftovers',
      'warning',
      /gitlab-ha down old/,
      withDocker({ labs: [{ name: 'old', state: 'partial' }] }),
    ],
    [
      'a network without lab',
      'leftovers',
      'warning',
      /next `gitlab-ha up`/,
      withDocker({ leftovers: ['network x'] }),
    ],
  ])('%s: check %s is %s with a remedy', (_, id, status, remedy, facts) => {
    const check = find(facts, id);
    expect(check.status).toBe(status);
    expect(check.remedy).toMatch(remedy);
  });

  test.each<[string, MachineFacts, string]>([
    ['built', withDocker({ nodeImage: true }), 'built'],
    [
      'base here',
      withDocker({ base: { name: 'debian:trixie-slim', present: true, registryAnswers: false } }),
      'to be built from debian:trixie-slim, which is here',
    ],
    [
      'mmdebstrap',
      {
        ...withDocker({ base: { name: 'debian:trixie-slim', present: false, registryAnswers: false } }),
        mmdebstrap: { installed: true, root: true },
      },
      'no registry answers: the base will be made with mmdebstrap',
    ],
  ])('the image can come from: %s', (_, facts, detail) => {
    expect(find(facts, 'image')).toMatchObject({ status: 'ok', detail });
  });

  test('mmdebstrap without root is no help', () => {
    const base = { name: 'debian:trixie-slim', present: false, registryAnswers: false };
    const facts = { ...withDocker({ base }), mmdebstrap: { installed: true, root: false } };
    expect(find(facts, 'image').status).toBe('failed');
  });

  test('an image that is built needs less disk', () => {
    expect(find(withDocker({ nodeImage: true, freeDiskBytes: 2 * GIB }), 'disk').status).toBe('ok');
  });

  test('without Docker the other checks of it are left out, and the exit code is 4', () => {
    const checks = diagnose(
      {
        ...machine,
        docker: {
          code: 'no-permission',
          message: 'Docker is there, but not for this user.',
          remedy: 'Join the group.',
        },
      },
      ENGLISH,
    );
    expect(checks.map((check) => check.id)).toEqual(['node', 'memory', 'docker']);
    expect(doctorExitCode(checks)).toBe(4);
    expect(renderDoctor(checks, PLAIN)).toBe(
      [
        'ok      Node.js  version 22.4.1',
        'ok      Memory   5.0 GiB available of 8.0 GiB',
        'failed  Docker   Docker is there, but not for this user.',
        '         → Join the group.',
        '',
        'A lab cannot run here yet: 1 of 3 checks failed.',
      ].join('\n'),
    );
  });

  test('warnings do not fail', () => {
    const checks = diagnose({ ...machine, availableMemoryBytes: GIB }, ENGLISH);
    expect(doctorExitCode(checks)).toBe(0);
    expect(renderDoctor(checks, PLAIN)).toMatch(/A lab can run here; 1 warning\.$/);
  });

  test('the command prints JSON for programs', async () => {
    const fake = new FakeWorld(new FakeLabs([], healthyState()));
    fake.facts = withDocker({ freeSubnets: 0 });
    expect(await runCli(fake.context, ['doctor', '--json'], '0.1.0')).toBe(1);
    expect(JSON.parse(fake.out)).toEqual(diagnose(fake.facts, ENGLISH));
  });

  test('the command looks at the port the workspace wants', async () => {
    const fake = new FakeWorld(new FakeLabs([], healthyState()));
    fake.facts = machine;
    fake.workspaces.set('/home/me/ha', new Map([['cluster.yaml', CLUSTER_WITH_PORT]]));
    await runCli(fake.context, ['doctor', 'ha'], '0.1.0');
    await runCli(fake.context, ['doctor'], '0.1.0');
    expect(fake.machineOptions.map((options) => options.httpPort)).toEqual([8080, undefined]);
  });
});

test.each([
  ['1.41', '1.41', 0],
  ['1.9', '1.41', -32],
  ['20.0.0', '20', 0],
  ['22.1.0', '20.0.0', 2],
])('version %s against %s', (a, b, expected) => expect(compareVersions(a, b)).toBe(expected));

test.each<[string, readonly string[], number]>([
  ['nothing', [], 256],
  ['other networks', ['172.17.0.0/16', '10.0.0.0/8', 'fd00::/64'], 256],
  ['two labs', ['172.30.0.0/24', '172.30.9.0/24'], 254],
  ['half of the range', ['172.30.128.0/17'], 128],
  ['all of it', ['172.16.0.0/12'], 0],
  ['a part of one', ['172.30.4.64/26'], 255],
])('free lab networks beside %s', (_, used, free) => expect(countFreeSubnets(used)).toBe(free));
