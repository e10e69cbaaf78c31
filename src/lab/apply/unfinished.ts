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
  const reached = [
    ready.length > 0 ? `The change is done on ${ready.join(', ')}.` : 'The change is done on no node.',
    ...(left.length > 0 ? [`It is not (or not wholly) done on ${left.join(', ')}.`] : []),
  ].join(' ');
  const remedy = 'Deploy again to go on; deploy the earlier files to go back.';
  return new LabError(error.code, `${error.message} ${reached}`, `${error.remedy} ${remedy}`, {
    ...error.details,
    reached,
  });
}
