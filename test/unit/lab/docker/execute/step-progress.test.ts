import { describe, expect, test } from 'vitest';
import type { Progress } from '../../../../../src/lab/lab-service';
import { Operation } from '../../../../../src/lab/docker/operation';
import { StepProgress } from '../../../../../src/lab/docker/execute/step-progress';
import { say } from '../../../../../src/words/message';
import { foreseenChange, ownFiles, withFourth } from '../../plan/own-change';
import { PLAN } from '../../plan/sample-snapshot';

/** What is reported while a step is carried out: seconds are none of it. */
function reporting(): { readonly operation: Operation; readonly told: Progress[] } {
  const told: Progress[] = [];
  const control = { onProgress: (progress: Progress) => void told.push(progress) };
  const operation = new Operation({} as ConstructorParameters<typeof Operation>[0], control, {
    apply: [0, 1],
  });
  return { operation, told };
}

describe('a change that goes from node to node', () => {
  test('tells whose turn it is in a line, how many there are, and never goes back', async () => {
    const { operation, told } = reporting();
    const { operations } = await foreseenChange(ownFiles(), withFourth(ownFiles()));
    const own = operations.filter(({ step }) => step === 'apply');
    const progress = new StepProgress(operation, 'apply', own, PLAN);
    for (const one of own) {
      progress.turn(one);
      progress.waiting(say('waiting for {0}', 'gl1'), [say('gl1 does not answer')]);
    }
    const turns = told.filter(({ waitingFor = [] }) => waitingFor.length === 0);
    const done =
      'reload of hosts, patroni, pgbouncer and 3 more; hand-over of patroni; restart of postgresql, pgbouncer-watch';
    expect(turns.map(({ message }) => String(message))).toEqual([
      'own-gl4 (1 of 5): starting',
      `own-gl2 (2 of 5): ${done}`,
      `own-gl3 (3 of 5): ${done}`,
      `own-gl1 (4 of 5): ${done}`,
      'own-gateway (5 of 5): reload of hosts',
    ]);
    const fractions = told.map(({ fraction }) => fraction);
    expect(fractions).toEqual([...fractions].sort((one, other) => one - other));
  });
});
