import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { createWorkspace } from '../../../../src/workspace/create/create-workspace';
import { answersFrom, completed } from '../../../../src/workspace/create/questions';

const ROOT = 'lab/sample';

test('the sample is what the answers that Enter gives make', () => {
  const files = readdirSync(ROOT, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const sample = files.map((path) => [relative(ROOT, path), readFileSync(path, 'utf8')]).sort();
  const answers = answersFrom(completed({}, 'sample'));
  if ('problem' in answers) throw new Error(String(answers.problem));
  expect([...createWorkspace(answers).files].sort()).toEqual(sample);
});
