import { listed, say } from '../../words/message';
import { LabError } from '../lab-error';
import type { PlanOperation } from '../plan/operations';

/**
 * What a change ends with that stops half-way: the error, and which nodes have the change and which have not.
 * @param error what it stopped for
 */
export function unfinished(
  error: LabError,
  operations: readonly PlanOperation[],
  done: readonly PlanOperation[],
): LabError {
  const finished = new Set(done.map(({ id }) => id));
  const targets = [...new Set(operations.map(({ target }) => target))];
  const left = targets.filter((target) =>
    operations.some((one) => one.target === target && !finished.has(one.id)),
  );
  const ready = targets.filter((target) => !left.includes(target));
  const reached = listed(
    [
      ready.length > 0
        ? say('The change is done on {0}.', ready.join(', '))
        : say('The change is done on no node.'),
      ...(left.length > 0 ? [say('It is not (or not wholly) done on {0}.', left.join(', '))] : []),
    ],
    ' ',
  );
  const advice = say('Deploy again to go on; deploy the earlier files to go back.');
  return new LabError(error.code, listed([error.said, reached], ' '), listed([error.advice, advice], ' '), {
    ...error.details,
    reached,
  });
}
