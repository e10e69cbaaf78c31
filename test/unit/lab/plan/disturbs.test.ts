import { verbatim } from '../../../../src/words/message';
import { describe, expect, it } from 'vitest';
import type { NodeEffects } from '../../../../src/lab/plan/effects/node-effects';
import type { PlanOperation } from '../../../../src/lab/plan/operations';
import { disturbs } from '../../../../src/lab/plan/disturbs';

const reload: NodeEffects = { container: 'a-node1', node: 'node1', files: [], programs: [], need: 'reload' };
const stops: PlanOperation = {
  id: 'stop a-node1',
  step: 'containers',
  needs: [],
  target: 'a-node1',
  cause: verbatim('what is in force there is not known'),
  action: { kind: 'stop-container', id: 'f00', labIsKept: true },
};
const builds: PlanOperation = {
  id: 'build',
  step: 'image',
  needs: [],
  target: 'gitlab-ha-lab/node:1',
  cause: verbatim('it is not there'),
  action: { kind: 'build-image', reference: 'gitlab-ha-lab/node:1' },
};

describe('whether a deployment changes something under programs that run', () => {
  it.each([
    ['a reload', true, [reload], [], true],
    ['a node that is stopped although nothing is known of it', true, [], [stops], true],
    ['an image that is built', true, [], [builds], false],
    ['nothing', true, [], [], false],
    ['a lab that is stopped', false, [reload], [stops], false],
  ] as const)('%s', (_name, runs, effects, operations, expected) => {
    expect(disturbs({ runs, effects, operations })).toBe(expected);
  });
});
