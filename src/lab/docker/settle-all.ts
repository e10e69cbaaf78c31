/**
 * Runs all at once and waits for every one to end, also when some fail: what is still under way when an error is
 * handled would escape the clean-up.
 * @throws the first error in order
 */
export async function settleAll<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const outcomes = await Promise.allSettled(items.map(work));
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}
