import { expect, test } from 'vitest';
import type { Finding } from '../../../src/finding/finding';
import { createWorkspace } from '../../../src/workspace/create/create-workspace';
import { answersFrom, completed } from '../../../src/workspace/create/questions';
import { readWorkspace } from '../../../src/workspace/workspace';
import { loadParser } from '../../../tools/fuzz/parser';
import { brief } from './workspace-sample';

/** Findings of four own nodes, of which cluster.yaml makes three Consul servers, after a change of the fourth's file. */
async function findingsWith(
  change: (gitlabRb: string) => string,
  told: (finding: Finding) => string = brief,
): Promise<readonly string[]> {
  const answers = answersFrom(completed({ nodes: 'gl1 gl2 gl3 gl4', subnet: '10.20.0.0/24' }, 'own'));
  if ('problem' in answers) throw new Error(String(answers.problem));
  const files = new Map(createWorkspace(answers).files);
  const path = 'nodes/gl4/gitlab.rb';
  files.set(path, change(files.get(path) ?? ''));
  const { findings } = await readWorkspace(files, loadParser);
  return findings.filter(({ severity }) => severity !== 'information').map(told);
}

test('a node that makes itself a Consul server is told, the others by their number', async () => {
  expect(await findingsWith((text) => text)).toEqual([]);
  expect(
    await findingsWith((text) => text.replace('server: false', 'server: true, bootstrap_expect: 4')),
  ).toEqual([
    'warning LAB025 nodes/gl4/gitlab.rb:21 gl4 is a Consul server here, but layer coordination does not run on it.',
    ...[1, 2, 3].map(
      (n) =>
        `error LAB026 nodes/gl${n}/gitlab.rb:23 bootstrap_expect is 3, but there are 4 Consul servers: they would found separate clusters.`,
    ),
  ]);
});

test('what to do about it is one thing, whichever finding is read', async () => {
  const remedies = await findingsWith(
    (text) => text.replace('server: false', 'server: true, bootstrap_expect: 3'),
    ({ code, file, remedy }) => `${code} ${file} ${remedy}`,
  );
  expect(remedies).toEqual([
    'LAB025 nodes/gl4/gitlab.rb Write server: false, or name gl4 in layer coordination of cluster.yaml.',
    ...[1, 2, 3].map(
      (n) =>
        `LAB026 nodes/gl${n}/gitlab.rb Write server: false on gl4. Where gl4 is meant to vote: bootstrap_expect: 4.`,
    ),
    'LAB026 nodes/gl4/gitlab.rb Write server: false without bootstrap_expect. Where gl4 is meant to vote: bootstrap_expect: 4.',
  ]);
});
