import { listed, say } from '../../words/message';
import type { Message } from '../../words/message';
import type { Cluster } from '../../cluster/cluster';
import type { Observer } from '../../observe/observer';
import { placementOf } from '../../observe/placement';
import type { ClusterState } from '../../observe/state';
import { lacksIn } from '../../observe/wholeness';
import type { Lack } from '../../observe/wholeness';
import type { NodeTransport } from '../../transport/transport';
import { refusedWrites } from '../health/client-writes';
import { healthLimitMs } from '../health/health-limit';
import { waitUntilWhole } from '../health/wait-until-whole';
import { LabError } from '../lab-error';
import { lostServers, NONE_TAKING, serversTaking } from './lost-servers';
import { NONE_STARTED } from './started-nodes';
import type { StartedNodes } from './started-nodes';
import { Tolerance } from './tolerance';

export interface GateContext {
  readonly cluster: Cluster;
  readonly observer: Pick<Observer, 'state' | 'onState'>;
  readonly transport: (node: string) => Promise<NodeTransport>;
  /** Called with what is missing when a wait begins. */
  readonly onWaiting: (reasons: readonly Message[]) => void;
  /** Servers that HAProxy may not lose, as `backend/server`. */
  readonly serversToKeep: readonly string[];
  /** What was started for the change before its first step. */
  readonly started?: StartedNodes;
  /** Milliseconds those may take to be whole. */
  readonly startMs?: number;
  /** Milliseconds a lab may take to be whole before the first step; what is missing then counts for nothing. */
  readonly patienceMs?: number;
  /** Milliseconds until a step counts as having broken something. */
  readonly timeoutMs?: number;
}

/** Whose it is that something is missing: of nodes the change started again, of those it adds, of all together, of the rest. */
type Owner = 'started' | 'added' | 'cluster' | 'others';

const PATIENCE_MS = 20_000;
const TIMEOUT_MS = 120_000;
/** A whole cluster answers in milliseconds; roles may be a moment behind the leader, on a busy machine a long one. */
const WRITE_LIMIT_MS = 45_000;
/** Where no client could write before: only whether one can by now. */
const BRIEF_WRITE_LIMIT_MS = 3_000;

/**
 * Stands between the steps of a change that goes over a running lab: the next one begins when nothing is missing that
 * was not missing before the first. A lab that is broken already may be mended by the very change, so it is not refused;
 * what the change itself has started again must be whole before; whom it has added the others may not admit before it.
 */
export class Gate {
  private tolerance: Tolerance | undefined;
  private writesRefused = false;
  /** Whom clients were sent to before the first step. */
  private taking = NONE_TAKING;
  private readonly kept: ReadonlySet<string>;

  constructor(private readonly context: GateContext) {
    this.kept = new Set(context.serversToKeep);
  }

  /**
   * @param settledMs for how long nothing must be missing
   * @throws LabError `not-healthy` with what is missing, `cancelled`
   */
  async pass(settledMs: number, signal?: AbortSignal): Promise<void> {
    this.tolerance = this.tolerance
      ? await this.passAgain(this.tolerance, settledMs, signal)
      : await this.passFirst(settledMs, signal);
  }

  /** @returns what may be missing from now on: what was so before anything was done */
  private async passFirst(settledMs: number, signal: AbortSignal | undefined): Promise<Tolerance> {
    const { cluster, patienceMs = PATIENCE_MS, startMs = healthLimitMs(cluster) } = this.context;
    const { again, added } = this.started();
    // What is missing of the whole while strangers are counted who come later says nothing.
    const whole: readonly Owner[] = added.size > 0 ? [] : ['cluster'];
    const wait = (limitMs: number, of: readonly Owner[]): Promise<readonly Lack[]> =>
      this.missingAfter(limitMs, settledMs, (lack) => !of.includes(this.ownerOf(lack)), signal);
    const since = performance.now();
    const requireStarted = (lacks: readonly Lack[]): void => {
      const own = lacks.filter((lack) => this.ownerOf(lack) === 'started');
      if (own.length > 0) throw startedInVain(performance.now() - since, own);
    };
    if (again.size > 0) requireStarted(await wait(startMs, ['started', ...whole]));
    await wait(patienceMs, ['started', 'others', ...whole]);
    const lacks = [...this.missing(), ...(await this.refused(WRITE_LIMIT_MS, signal))];
    requireStarted(lacks);
    this.taking = serversTaking(this.context.observer.state);
    return Tolerance.of(lacks);
  }

  /** @returns what may be missing from now on */
  private async passAgain(
    before: Tolerance,
    settledMs: number,
    signal: AbortSignal | undefined,
  ): Promise<Tolerance> {
    const { timeoutMs = TIMEOUT_MS } = this.context;
    const tolerates = (lack: Lack): boolean => before.includes(lack);
    const since = performance.now();
    const missing = await this.missingAfter(timeoutMs, settledMs, tolerates, signal);
    // Less than the limit where something ends over and over.
    if (missing.length > 0) throw leftNotWhole(performance.now() - since, missing);
    const limitMs = this.writesRefused ? BRIEF_WRITE_LIMIT_MS : WRITE_LIMIT_MS;
    const refused = await this.refused(limitMs, signal);
    const broken = refused.filter((lack) => !tolerates(lack));
    if (broken.length > 0) throw leftNotWhole(limitMs, broken);
    return before.narrowedTo([...this.missing(), ...refused]);
  }

  private started(): StartedNodes {
    return this.context.started ?? NONE_STARTED;
  }

  private ownerOf({ node }: Lack): Owner {
    if (node === undefined) return 'cluster';
    const { again, added } = this.started();
    if (again.has(node)) return 'started';
    return added.has(node) ? 'added' : 'others';
  }

  private missing(): readonly Lack[] {
    const { observer, cluster } = this.context;
    return [...lacksIn(observer.state, placementOf(cluster)), ...this.lostServers(observer.state)];
  }

  private lostServers(state: ClusterState): readonly Lack[] {
    return lostServers(this.taking, state, this.kept);
  }

  /** @returns what is missing and not tolerated after so many milliseconds; nothing as soon as that is so */
  private async missingAfter(
    timeoutMs: number,
    stableMs: number,
    tolerates: (lack: Lack) => boolean,
    signal: AbortSignal | undefined,
  ): Promise<readonly Lack[]> {
    const { observer, cluster, onWaiting } = this.context;
    const missing = (): readonly Lack[] => this.missing().filter((lack) => !tolerates(lack));
    const now = missing();
    if (now.length > 0) onWaiting(now.map(({ text }) => text));
    try {
      await waitUntilWhole(observer, cluster, {
        timeoutMs,
        stableMs,
        tolerates,
        alsoLacks: (state) => this.lostServers(state),
        ...(signal ? { signal } : {}),
      });
      return [];
    } catch (error) {
      if (error instanceof LabError && error.code === 'not-healthy') return missing();
      throw error;
    }
  }

  private async refused(timeoutMs: number, signal: AbortSignal | undefined): Promise<readonly Lack[]> {
    const { transport } = this.context;
    const refused = await refusedWrites(transport, { timeoutMs, ...(signal ? { signal } : {}) });
    this.writesRefused = refused.length > 0;
    return refused;
  }
}

function leftNotWhole(afterMs: number, lacks: readonly Lack[]): LabError {
  const missing = lacks.map(({ text }) => text);
  return new LabError(
    'not-healthy',
    say(
      'A step of the change left the lab not whole for {0} s: {1}',
      Math.round(afterMs / 1000),
      listed(missing, '; '),
    ),
    say(
      'The nodes after it were not touched. Look at the logs of what is named. Deploying again goes on, deploying the earlier files goes back.',
    ),
    { missing },
  );
}

function startedInVain(afterMs: number, lacks: readonly Lack[]): LabError {
  const missing = lacks.map(({ text }) => text);
  return new LabError(
    'not-healthy',
    say(
      'What this deployment started is not whole after {0} s: {1}',
      Math.round(afterMs / 1000),
      listed(missing, '; '),
    ),
    say('The nodes that ran before were not touched. Look at the logs of what is named, then deploy again.'),
    { missing },
  );
}
