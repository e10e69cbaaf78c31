import { LabError } from '../lab/lab-error';
import { missingFromWhole } from '../lab/health/missing-from-whole';
import type { WholeContext } from '../lab/health/missing-from-whole';

/**
 * The gate of everything that breaks something on purpose: a cluster that is not whole may lose data or quorum by a
 * further fault, and what would be measured then is not the failover.
 * @param what names what is refused, e.g. a fault's title
 * @throws LabError `not-whole`, with everything that is missing in its details; `cancelled`
 */
export async function requireWhole(context: WholeContext, what: string, signal?: AbortSignal): Promise<void> {
  const missing = await missingFromWhole(context, signal);
  if (missing.length === 0) return;
  throw new LabError(
    'not-whole',
    `"${what}" refused, lab ${context.lab.name} is not whole: ${missing.join('; ')}`,
    'Wait until the cluster has healed, or start what is stopped; then try again.',
    { missing },
  );
}
