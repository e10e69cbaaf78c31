import type { Message } from '../../words/message';
import type { Observer } from '../../observe/observer';
import { wholeness } from '../../observe/wholeness';
import type { LabInfo, LabService } from '../lab-service';
import { missingWrites } from './client-writes';

export interface WholeContext {
  readonly lab: Pick<LabInfo, 'name' | 'cluster'>;
  readonly labs: Pick<LabService, 'transport'>;
  readonly observer: Pick<Observer, 'state'>;
}

/** A whole cluster answers in milliseconds. */
const WRITE_LIMIT_MS = 5_000;

/**
 * What is missing until the cluster is whole, one short phrase each; empty means whole. Whole is what the observer sees
 * as whole, and where a client's write through the virtual address is acknowledged: programs that are all well serve
 * nobody while the client's name or password is not theirs. The write is tried only when nothing else is missing.
 * @throws LabError `cancelled` when the signal says so
 */
export async function missingFromWhole(
  { lab, labs, observer }: WholeContext,
  signal?: AbortSignal,
): Promise<readonly Message[]> {
  const seen = wholeness(observer.state, lab.cluster);
  if (seen.length > 0) return seen;
  return missingWrites((node) => labs.transport(lab.name, node), {
    timeoutMs: WRITE_LIMIT_MS,
    ...(signal ? { signal } : {}),
  });
}
