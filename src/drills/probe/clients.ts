import type { Cluster } from '../../cluster/cluster';
import { LabError } from '../../lab/lab-error';
import { TransportError } from '../../transport/transport';
import type { NodeTransport } from '../../transport/transport';
import { clientWaysOf, paceOf } from '../../services/client-ways';
import type { Span } from '../attempt';
import { acknowledgedInARow } from './acknowledged';
import { recovered } from './recovered';
import { ONSET_MS } from './felt';
import type { Felt } from './felt';
import type { Loss } from './loss';
import { outageOf, thresholdOf } from './outage';
import { ProbeSession, forgetWrites, verifyWrites } from './probe-session';
import type { ServerAddress } from './probe-session';
import type { ProbePath } from './write-attempt';

/** Acknowledgements in a row by which a client is known to write. */
const WRITING = 3;
const WRITING_LIMIT_MS = 3_000;
/** An attempt of a client that tries less often than that takes its time. */
const RARELY_MS = 200;
const WRITING_RARELY = 1;
/** A project is made for its first attempt. */
const WRITING_RARELY_LIMIT_MS = 8_000;
const RECOVER_LIMIT_MS = 60_000;

/** Where the copy counts of what was written on a way; undefined where the way itself is asked. */
type Keeper = (path: ProbePath) => ServerAddress | undefined;

/**
 * Clients that write on every way through the virtual address while something is done. A way on which nothing was
 * acknowledged before says nothing and is left out: the cluster has none such, or serves nobody on it anyway.
 */
export class Clients {
  private constructor(
    private readonly sessions: readonly ProbeSession[],
    private readonly writing: Promise<readonly ProbeSession[]>,
    private readonly gateway: NodeTransport,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /**
   * Begins to write on every way that the cluster has; on all of them or, where one cannot begin, on none.
   * @param run names the writes; unique
   * @throws TransportError when the gateway cannot be reached
   */
  static async start(
    gateway: NodeTransport,
    cluster: Pick<Cluster, 'layers'>,
    run: string,
    signal?: AbortSignal,
  ): Promise<Clients> {
    const sessions = await allOrNone(
      clientWaysOf(cluster).map(({ id }) => ProbeSession.start(gateway, { path: id, run: `${run}-${id}` })),
    );
    return new Clients(sessions, writers(sessions), gateway, signal);
  }

  /** Resolves when all that can write do so; after eight seconds in any case. */
  async ready(): Promise<void> {
    await this.writing;
  }

  /**
   * Waits until every client is served again, a minute at most if nothing else is said, ends them, and looks for what they were promised.
   * @param keeper may throw while nobody's copy counts
   * @throws LabError `cancelled`
   */
  async felt({ at, doneAt }: Span, keeper: Keeper, limitMs = RECOVER_LIMIT_MS): Promise<readonly Felt[]> {
    const since = Math.max(at + ONSET_MS, doneAt);
    const writing = await this.writing;
    const { signal } = this;
    await Promise.all(
      writing.map((session) =>
        acknowledgedInARow(session, recovered(session.options.path), since, limitMs, signal).catch(
          unlessCancelled,
        ),
      ),
    );
    await this.stop();
    return Promise.all(
      writing.map(async (session) => {
        const { attempts, endedAt, options } = session;
        const gapThresholdMs = thresholdOf(attempts, at, paceOf(options.path).slowMs);
        const times = { faultAt: at, endAt: endedAt ?? doneAt, onsetMs: ONSET_MS, gapThresholdMs };
        const outage = outageOf(attempts, times);
        return { path: options.path, outage, loss: await this.loss(session, keeper) };
      }),
    );
  }

  /** Ends all writing. Safe to repeat. */
  async stop(): Promise<void> {
    await Promise.all(this.sessions.map((session) => session.stop()));
  }

  /** Ends all writing and removes what was written, as far as the cluster takes it. Never rejects; safe to repeat. */
  async forget(): Promise<void> {
    await this.stop();
    await Promise.all(this.sessions.map((session) => forgetWrites(this.gateway, session)));
  }

  private async loss(session: ProbeSession, keeper: Keeper): Promise<Loss | undefined> {
    try {
      return await verifyWrites(this.gateway, session, keeper(session.options.path));
    } catch (error) {
      if (error instanceof LabError || error instanceof TransportError) return undefined;
      throw error;
    }
  }
}

/** Nobody has those that began while another could not: they are ended here. @throws what the first one failed with */
async function allOrNone(starting: readonly Promise<ProbeSession>[]): Promise<readonly ProbeSession[]> {
  const settled = await Promise.allSettled(starting);
  const sessions = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = settled.find((one) => one.status === 'rejected');
  if (!failed) return sessions;
  await Promise.all(sessions.map((session) => session.stop()));
  throw failed.reason;
}

/** Of a client that seldom tries one attempt says as much as several of one that hurries. */
function isWriting(session: ProbeSession): Promise<void> {
  return paceOf(session.options.path).intervalMs > RARELY_MS
    ? acknowledgedInARow(session, WRITING_RARELY, 0, WRITING_RARELY_LIMIT_MS)
    : acknowledgedInARow(session, WRITING, 0, WRITING_LIMIT_MS);
}

async function writers(sessions: readonly ProbeSession[]): Promise<readonly ProbeSession[]> {
  const found = await Promise.all(
    sessions.map((session) =>
      isWriting(session).then(
        () => [session],
        () => [],
      ),
    ),
  );
  return found.flat();
}

/** That a client is not served again shows in its figures. */
function unlessCancelled(error: unknown): void {
  if (!(error instanceof LabError) || error.code !== 'not-healthy') throw error;
}
