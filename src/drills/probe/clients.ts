import { LabError } from '../../lab/lab-error';
import { TransportError } from '../../transport/transport';
import type { NodeTransport } from '../../transport/transport';
import { CLIENT_WAYS } from '../../services/client-ways';
import type { Span } from '../attempt';
import { acknowledgedInARow } from './acknowledged';
import { ONSET_MS } from './felt';
import type { Felt } from './felt';
import type { Loss } from './loss';
import { outageOf } from './outage';
import { ProbeSession, forgetWrites, verifyWrites } from './probe-session';
import type { ServerAddress } from './probe-session';
import type { ProbePath } from './write-attempt';

/** Acknowledgements in a row by which a client is known to write. */
const WRITING = 3;
const WRITING_LIMIT_MS = 3_000;
/** Acknowledgements in a row that count as recovered. */
const RECOVERED = 10;
const RECOVER_LIMIT_MS = 60_000;

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
   * Begins to write on every way.
   * @param run names the writes; unique
   * @throws TransportError when the gateway cannot be reached
   */
  static async start(gateway: NodeTransport, run: string, signal?: AbortSignal): Promise<Clients> {
    const sessions = await Promise.all(
      CLIENT_WAYS.map(({ id }) => ProbeSession.start(gateway, { path: id, run: `${run}-${id}` })),
    );
    return new Clients(sessions, writers(sessions), gateway, signal);
  }

  /** Resolves when all that can write do so; after three seconds in any case. */
  async ready(): Promise<void> {
    await this.writing;
  }

  /**
   * Waits until every client is served again, a minute at most, ends them, and looks for what they were promised.
   * @param keeper where the copy counts of what was written on a way; may throw while that is nobody
   * @throws LabError `cancelled`
   */
  async felt({ at, doneAt }: Span, keeper: (path: ProbePath) => ServerAddress): Promise<readonly Felt[]> {
    const since = Math.max(at + ONSET_MS, doneAt);
    const writing = await this.writing;
    const { signal } = this;
    await Promise.all(
      writing.map((session) =>
        acknowledgedInARow(session, RECOVERED, since, RECOVER_LIMIT_MS, signal).catch(unlessCancelled),
      ),
    );
    await this.stop();
    return Promise.all(
      writing.map(async (session) => {
        const { attempts, endedAt, options } = session;
        const outage = outageOf(attempts, { faultAt: at, endAt: endedAt ?? doneAt, onsetMs: ONSET_MS });
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

  private async loss(
    session: ProbeSession,
    keeper: (path: ProbePath) => ServerAddress,
  ): Promise<Loss | undefined> {
    try {
      return await verifyWrites(this.gateway, session, keeper(session.options.path));
    } catch (error) {
      if (error instanceof LabError || error instanceof TransportError) return undefined;
      throw error;
    }
  }
}

async function writers(sessions: readonly ProbeSession[]): Promise<readonly ProbeSession[]> {
  const found = await Promise.all(
    sessions.map((session) =>
      acknowledgedInARow(session, WRITING, 0, WRITING_LIMIT_MS).then(
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
