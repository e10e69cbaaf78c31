import type { PlanOperation } from '../../plan/operations';

/**
 * Does operations all at once, each as soon as what it needs is done, and waits for every one to end, also when some
 * fail: what is still under way when an error is handled would escape the clean-up. Decides nothing.
 * @param operations what is needed and not among them counts as done; needs go in no circle
 * @param perform does one; throws when it cannot, and then what needs it is not begun
 * @throws the first error in the order of the operations
 */
export async function runOperations(
  operations: readonly PlanOperation[],
  perform: (operation: PlanOperation) => Promise<void>,
): Promise<void> {
  const byId = new Map(operations.map((operation) => [operation.id, operation]));
  const running = new Map<string, Promise<boolean>>();
  const errors = new Map<string, unknown>();
  /** True when it was done. */
  const run = async (operation: PlanOperation, needed: readonly Promise<boolean>[]): Promise<boolean> => {
    if (!(await Promise.all(needed)).every(Boolean)) return false;
    try {
      await perform(operation);
      return true;
    } catch (error) {
      errors.set(operation.id, error);
      return false;
    }
  };
  const begin = (operation: PlanOperation): Promise<boolean> => {
    const begun = running.get(operation.id);
    if (begun) return begun;
    const needed = operation.needs.map((id) => byId.get(id)).filter((one) => one !== undefined);
    const promise = run(operation, needed.map(begin));
    running.set(operation.id, promise);
    return promise;
  };
  await Promise.all(operations.map(begin));
  for (const { id } of operations) if (errors.has(id)) throw errors.get(id);
}
