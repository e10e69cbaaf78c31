import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createWorkspace } from '../../../../src/workspace/create/create-workspace';
import { answersFrom, completed } from '../../../../src/workspace/create/questions';

const PATH = 'haproxy/haproxy.cfg';

function made(): string {
  const answers = answersFrom(completed({}, 'own'));
  if ('problem' in answers) throw new Error(String(answers.problem));
  return createWorkspace(answers).files.get(PATH) ?? '';
}

test.each([
  ['the sample', readFileSync(`lab/sample/${PATH}`, 'utf8')],
  ['a workspace that is made', made()],
])('%s sends a request to a second node only where it changes nothing', (_of, text) => {
  expect(text.match(/^.*disable-l7-retry.*$/gm)).toEqual([
    '    http-request disable-l7-retry unless METH_GET or { path /api/v4/internal/allowed }',
  ]);
});
