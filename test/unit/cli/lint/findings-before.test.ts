import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../../src/finding/finding';
import type { DeployControl, WorkspaceFiles } from '../../../../src/lab/lab-service';
import { readWorkspace } from '../../../../src/workspace/workspace';
import { loadParser } from '../../../../tools/fuzz/parser';
import { run, world } from '../cli';

const SAMPLE = fileURLToPath(new URL('../../../../lab/sample/', import.meta.url));
const NODES = ['node1', 'node2', 'node3'];
const PATHS = [
  'cluster.yaml',
  'haproxy/haproxy.cfg',
  ...NODES.flatMap((node) => [`nodes/${node}/gitlab.rb`, `nodes/${node}/keepalived.conf`]),
];

/** The sample, with lines at the end of some files. */
function sampleWith(more: Readonly<Record<string, string>>): WorkspaceFiles {
  return new Map(PATHS.map((path) => [path, readFileSync(SAMPLE + path, 'utf8') + (more[path] ?? '')]));
}

const REFUSED = "gitlab_rails['gitlab_ssh_host'] = 'ssh.example.com:22'\n";
const STRANGER = '\nbackend far\n    server far 172.30.0.99:80 check\n';
const NOTE: Finding = {
  code: 'LAB010',
  severity: 'information',
  file: 'nodes/node1/gitlab.rb',
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
  message: 'It is not used by the lab.',
  remedy: 'Nothing to do.',
};

/** The lines that name a finding, without place and remedy. */
const named = (text: string): readonly string[] =>
  [...text.matchAll(/^(\S+?):\d+:\d+ (\w+ [A-Z]{3}\d{3}) /gm)].map(([, file, what]) => `${what} ${file}`);

describe('what lint finds wrong', () => {
  const files = sampleWith({ 'nodes/node2/gitlab.rb': REFUSED, 'haproxy/haproxy.cfg': STRANGER });
  const expected = ['error GLR052 nodes/node2/gitlab.rb', 'warning WSP004 haproxy/haproxy.cfg'];

  async function commanded(...words: readonly string[]) {
    const { world: fake, labs } = world();
    fake.workspaces.set('/home/me', files);
    // A deployment finds the same as lint between the files, and notes.
    const { findings } = await readWorkspace(files, loadParser);
    labs.planned = {
      lab: 'gitlab-ha',
      runs: false,
      effects: [],
      leading: new Map(),
      findings: [...findings, NOTE],
      operations: [],
      losses: [],
    };
    const { deployment } = labs;
    labs.deployment = async (control) => ({
      ...(await deployment.call(labs, control)),
      findings: [...findings, NOTE],
    });
    const code = await run(fake, ...words);
    return { code, fake };
  }

  test.each([[['plan']], [['up', '--dry-run']], [['up']]])(
    'is told once by %s, which goes on',
    async (words) => {
      const { code, fake } = await commanded(...words);
      expect(code).toBe(0);
      expect(named(fake.err)).toEqual(expected);
      expect(fake.err).toContain('LAB010');
    },
  );

  test.each([[['plan', '--json']], [['up', '--json']]])('is in what %s prints', async (words) => {
    const { code, fake } = await commanded(...words);
    expect(code).toBe(0);
    const { findings } = JSON.parse(fake.out) as { readonly findings: readonly Finding[] };
    const grave = findings.filter(({ severity }) => severity !== 'information');
    expect(grave.map(({ severity, code: id, file }) => `${severity} ${id} ${file}`).sort()).toEqual(expected);
    expect(findings.filter(({ code: id }) => id === 'LAB010')).toContainEqual(NOTE);
  });

  test('what was read for it is what is deployed: the files are read once', async () => {
    const { world: fake, labs } = world();
    fake.workspaces.set('/home/me', files);
    const given: DeployControl[] = [];
    const { deployment } = labs;
    labs.deployment = async (control) => {
      given.push(control);
      return deployment.call(labs, control);
    };
    await run(fake, 'up', '--name', 'other');
    const [reading] = given.map((control) => control.reading);
    expect(reading?.spec?.cluster.name).toBe('other');
    expect(
      reading?.findings.filter(({ severity }) => severity === 'warning').map(({ code }) => code),
    ).toEqual(['WSP004']);
  });

  test('is nothing for the sample', async () => {
    const { world: fake } = world();
    fake.workspaces.set('/home/me', sampleWith({}));
    expect(await run(fake, 'up')).toBe(0);
    expect(named(fake.err)).toEqual([]);
  });
});
