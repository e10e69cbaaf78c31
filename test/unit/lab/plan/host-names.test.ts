import { describe, expect, test } from 'vitest';
import { LABEL } from '../../../../src/lab/docker/labels';
import { makePlan } from '../../../../src/lab/plan/make-plan';
import type { Plan } from '../../../../src/lab/plan/plan';
import { renderGateway, renderNode, renderOutside } from '../../../../src/lab/render';
import { createWorkspace } from '../../../../src/workspace/create/create-workspace';
import { answersFrom, completed } from '../../../../src/workspace/create/questions';
import { readWorkspace } from '../../../../src/workspace/workspace';
import { loadParser } from '../../../../tools/fuzz/parser';
import { brief } from '../../workspace/workspace-sample';
import { SECRETS } from './sample-workspace';

/** Own files, with cluster.yaml and haproxy.cfg naming the nodes by host names. */
function files(): Map<string, string> {
  const answers = answersFrom(completed({ nodes: 'gl1 gl2 gl3', subnet: '10.20.0.0/24' }, 'own'));
  if ('problem' in answers) throw new Error(String(answers.problem));
  const made = new Map(createWorkspace(answers).files);
  for (const path of ['cluster.yaml', 'haproxy/haproxy.cfg']) {
    const text = made.get(path) ?? '';
    made.set(path, text.replace(/10\.20\.0\.1([123])/g, 'gl$1.example.com'));
  }
  return made;
}

async function planned(): Promise<Plan> {
  const { spec } = await readWorkspace(files(), loadParser);
  if (spec === undefined) throw new Error('nothing to deploy');
  return makePlan({
    workspace: spec,
    subnet: '172.30.7.0/24',
    secrets: SECRETS,
    image: 'node:0',
    createdAt: 0,
    renderers: { renderNode, renderGateway, renderOutside },
    labels: LABEL,
  });
}

describe('nodes known by host names', () => {
  test('are fine, and their addresses in keepalived.conf are no strangers', async () => {
    const { findings } = await readWorkspace(files(), loadParser);
    const proxies = findings.filter(({ file }) => !file.endsWith('.rb'));
    expect(proxies.map(brief)).toEqual([]);
  });

  test('have in the lab the last number of the address their keepalived.conf names', async () => {
    const plan = await planned();
    expect(plan.containers.map(({ node, address }) => [node, address])).toEqual([
      ['gl1', '172.30.7.11'],
      ['gl2', '172.30.7.12'],
      ['gl3', '172.30.7.13'],
      ['object-storage', '172.30.7.240'],
      ['gateway', '172.30.7.250'],
    ]);
  });

  test('are found by their names, and the files get the addresses', async () => {
    const [first] = (await planned()).containers;
    const text = (path: string): string =>
      String(first?.files.find((file) => file.path === path)?.content ?? '');
    expect(text('/opt/gitlab/etc/hosts').split('\n')).toEqual(
      expect.arrayContaining(['172.30.7.12\tgl2.example.com', '172.30.7.12\tgl2']),
    );
    expect(text('/etc/haproxy/haproxy.cfg')).toContain('    server gl2 172.30.7.12:6432 check');
    expect(text('/etc/keepalived/keepalived.conf')).toContain('        172.30.7.12\n        172.30.7.13\n');
  });
});
