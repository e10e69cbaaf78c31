import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { LabSnapshot } from '../../../src/presentation/lab-snapshot';
import { NO_STEPS, seeLabs } from '../../../src/presentation/walkthrough-steps';
import { healthy, lab } from './support/lab';

const well: LabSnapshot = { info: lab(), state: healthy() };
const coming: LabSnapshot = { ...well, activity: 'Waiting for Consul' };
const broken: LabSnapshot = { ...well, state: { ...healthy(), health: 'failed' } };
const unknown: LabSnapshot = { ...well, state: undefined };

type Sight = readonly [labs: readonly LabSnapshot[], looking: boolean];

it.each<[string, readonly Sight[], readonly string[]]>([
  ['nothing is there', [[[], true]], []],
  ['a lab is being deployed', [[[coming], true]], []],
  [
    'a deployment is cancelled',
    [
      [[coming], true],
      [[], true],
    ],
    [],
  ],
  [
    'a lab never became healthy',
    [
      [[broken], true],
      [[], true],
    ],
    [],
  ],
  ['a lab is not known yet', [[[unknown], true]], []],
  ['a lab is healthy, and nobody looks', [[[well], false]], ['deploy']],
  ['a lab is healthy in the view', [[[well], true]], ['deploy', 'explore']],
  [
    'a lab is broken afterwards',
    [
      [[well], false],
      [[broken], true],
    ],
    ['deploy', 'explore'],
  ],
  [
    'a lab is gone',
    [
      [[well], false],
      [[], false],
    ],
    ['deploy', 'destroy'],
  ],
])('when %s, the steps %j are done', (_case, sights, expected) => {
  const seen = sights.reduce((before, [labs, looking]) => seeLabs(before, labs, looking), NO_STEPS);
  expect([...seen.done].sort()).toEqual([...expected].sort());
});

it('every step of the walkthrough waits for what was done, not for a command that began', () => {
  const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    contributes: { walkthroughs: { steps: { id: string; completionEvents: string[] }[] }[] };
  };
  const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
  expect(steps.map(({ completionEvents }) => completionEvents)).toEqual(
    ['deploy', 'explore', 'terminal', 'break', 'destroy'].map((step) => [
      `onContext:gitlabHaLab.done.${step}`,
      // Done before VS Code knew the walkthrough: see followOpening.
      `onContext:gitlabHaLab.done.${step} && gitlabHaLab.walkthroughOpened`,
    ]),
  );
});
