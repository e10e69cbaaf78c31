import { verbatim } from '../../../../src/words/message';
import { describe, expect, it } from 'vitest';
import { unfinished } from '../../../../src/lab/apply/unfinished';
import { dockerFailure } from '../../../../src/lab/docker/docker-errors';
import { LabError } from '../../../../src/lab/lab-error';
import type { PlanOperation } from '../../../../src/lab/plan/operations';
import { cancelledText } from '../../../../src/presentation/cancelled-text';
import { ENGLISH } from '../../../../src/presentation/words/localizer';
import { PLAN } from '../plan/sample-snapshot';

const [container] = PLAN.containers;
if (!container) throw new Error('the plan has no container');

function operation(kind: 'apply-container' | 'settle-container', target: string): PlanOperation {
  const action =
    kind === 'apply-container'
      ? { kind, container: container as (typeof PLAN.containers)[number], replaced: { paths: [] }, steps: [] }
      : { kind, container: container as (typeof PLAN.containers)[number], steps: [] };
  return { id: `${kind} ${target}`, step: 'apply', target, cause: verbatim('why'), needs: [], action };
}

const APPLIED = ['a', 'b', 'c'].map((target) => operation('apply-container', target));
const AGAIN = operation('settle-container', 'a');
const ERROR = new LabError('cancelled', verbatim('It was cancelled.'), verbatim('Start again.'));

describe('a change that stops half-way', () => {
  it.each([
    [
      'before the first node',
      [],
      'The change is done on no node. It is not (or not wholly) done on a, b, c.',
    ],
    [
      'after the second',
      APPLIED.slice(0, 2),
      'The change is done on b. It is not (or not wholly) done on a, c.',
    ],
    ['after all', [...APPLIED, AGAIN], 'The change is done on a, b, c.'],
  ])('says who has it and who has not: %s', (_name, done, expected) => {
    expect(unfinished(ERROR, [...APPLIED, AGAIN], done)).toMatchObject({
      code: 'cancelled',
      message: `It was cancelled. ${expected}`,
      details: { reached: expected },
      remedy: 'Start again. Deploy again to go on; deploy the earlier files to go back.',
    });
  });

  it('says so whatever it stopped for, and keeps the cause', () => {
    const cause = Object.assign(new Error('write'), { code: 'ENOSPC' });
    const { code, message, details } = unfinished(
      dockerFailure(verbatim('carry the change over'), cause),
      APPLIED,
      APPLIED.slice(0, 1),
    );
    expect(code).toBe('no-disk');
    expect(message).toBe(
      'Could not carry the change over: the disk is full. The change is done on a. It is not (or not wholly) done on b, c.',
    );
    expect(details.cause).toBe(cause);
  });

  it('is told so where the deployment was cancelled', () => {
    const error = unfinished(ERROR, APPLIED, APPLIED.slice(0, 1));
    expect(cancelledText('demo', error.details.reached, ENGLISH)).toBe(
      'The deployment of lab demo was cancelled. The change is done on a. It is not (or not wholly) done on b, c.',
    );
    expect(cancelledText('demo', undefined, ENGLISH)).toBe('The deployment of lab demo was cancelled.');
  });
});
