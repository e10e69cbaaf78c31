import type { Cluster } from '../../cluster/cluster';
import type { Observer } from '../../observe/observer';
import { wholeness } from '../../observe/wholeness';
import type { NodeTransport } from '../../transport/transport';
import { missingWrites } from '../health/client-writes';
import { waitUntilWhole } from '../health/wait-until-whole';
import { LabError } from '../lab-error';

export interface GateContext {
  readonly cluster: Cluster;
  readonly observer: Pick<Observer, 'state' | 'onState'>;
  readonly transport: (node: string) => Promise<NodeTransport>;
  /** Called with what is missing when a wait begins. */
  readonly onWaiting: (reasons: readonly string[]) => void;
  /** Milliseconds a lab may take to be whole before the first step; what is missing then counts for nothing. */
  readonly patienceMs?: number;
  /** Milliseconds until a step counts as having broken something. */
  readonly timeoutMs?: number;
}

const PATIENCE_MS = 20_000;
const TIMEOUT_MS = 120_000;
/** A whole cluster answers in milliseconds; roles may be a moment behind the leader. */
const WRITE_LIMIT_MS = 15_000;

/**
 * Stands between the steps of a change that goes over a running lab: the next one begins when nothing is missing that
 * was not missing before the first. A lab that is broken already may be mended by the very change, so it is not refused.
 */
export class Gate {
  private tolerated: readonly string[] | undefined;

  constructor(private readonly context: GateContext) {}

  /**
   * @param settledMs for how long nothing must be missing
   * @throws LabError `not-healthy` with what is missing, `cancelled`
   */
  async pass(settledMs: number, signal?: AbortSignal): Promise<void> {
    const { timeoutMs = TIMEOUT_MS, patienceMs = PATIENCE_MS } = this.context;
    const first = this.tolerated === undefined;
    const limitMs = first ? patienceMs : timeoutMs;
    const missing = await this.missingAfter(limitMs, settledMs, signal);
    this.tolerated ??= missing;
    if (first || missing.length === 0) return;
    throw new LabError(
      'not-healthy',
      `A step of the change left the lab not whole for ${Math.round(limitMs / 1000)} s: ${missing.join('; ')}`,
      'The nodes after it were not touched. Look at the logs of what is named. Deploying again goes on, deploying the earlier files goes back.',
      { missing },
    );
  }

  private async missingAfter(
    timeoutMs: number,
    stableMs: number,
    signal: AbortSignal | undefined,
  ): Promise<readonly string[]> {
    const { observer, cluster, transport, onWaiting } = this.context;
    const tolerated = this.tolerated ?? [];
    const stop = signal ? { signal } : {};
    const missing = wholeness(observer.state, cluster).filter((one) => !tolerated.includes(one));
    if (missing.length > 0) onWaiting(missing);
    try {
      await waitUntilWhole(observer, cluster, { timeoutMs, stableMs, tolerated, ...stop });
    } catch (error) {
      if (error instanceof LabError && error.code === 'not-healthy') return error.details.missing ?? [];
      throw error;
    }
    // What is tolerated may be that no client can write.
    if (tolerated.length > 0) return [];
    return missingWrites(transport, { timeoutMs: WRITE_LIMIT_MS, ...stop });
  }
}
