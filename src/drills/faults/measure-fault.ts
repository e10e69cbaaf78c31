import { clientWay, paceOf } from '../../services/client-ways';
import { declaredAs } from '../../words/message';
import type { Event } from '../../observe/event';
import type { Observer } from '../../observe/observer';
import { LabError } from '../../lab/lab-error';
import { acknowledgedInARow } from '../probe/acknowledged';
import type { Loss } from '../probe/loss';
import type { Outage } from '../probe/outage';
import { outageOf, thresholdOf } from '../probe/outage';
import { recovered } from '../probe/recovered';
import { requireWay } from '../probe/require-way';
import { leaderAddress } from '../probe/leader-address';
import { ProbeSession, forgetWrites, verifyWrites } from '../probe/probe-session';
import type { ProbePath } from '../probe/write-attempt';
import type { Fault } from './fault';
import { healsItself } from './fault';
import { probePathOf } from './target';
import { requireWhole } from '../gate';
import type { FaultContext, FaultOptions, InjectedFault } from './deed';
import { breakNode, mendNode } from './deed';
import { waitUntilWhole } from '../../lab/health/wait-until-whole';

export interface MeasureFaultContext extends Omit<FaultContext, 'observer'> {
  readonly observer: Observer;
}

export interface MeasureFaultOptions extends FaultOptions {
  /** Milliseconds a recovery of the writes may take before it is given up. */
  readonly recoverLimitMs?: number;
  /** Milliseconds the cluster may take to become whole after the heal. */
  readonly wholeLimitMs?: number;
}

/** What one fault cost. */
export interface FaultMeasurement {
  readonly injected: InjectedFault;
  readonly path: ProbePath;
  readonly outage: Outage;
  readonly loss: Loss;
  /** Milliseconds from the heal (from the fault where it heals itself) until the cluster was whole again. */
  readonly healMs: number;
  /** Everything the observer reported from just before the fault to the end. */
  readonly events: readonly Event[];
}

/** Of those that count as recovered, for the same time twice. */
const WARM_UP = 2;
/** A slow machine needs long for the first commit and job. */
const WARM_UP_LIMIT_MS = 60_000;
/** So long a fault is looked at that ends when it is healed only. */
const LASTING_MS = 5_000;
const WHOLE_STABLE_MS = 2000;
const LEADER_LIMIT_MS = 12_000;
const SERVED_LIMIT_MS = 60_000;

/**
 * Injects a fault while a client in the gateway writes, all under the lab's lock: waits until writes are acknowledged again, heals, waits until
 * the cluster is whole and compares what was promised with what is there. What was injected is healed whatever happens.
 * @throws LabError `busy`, `no-way` and `not-whole` before anything is broken; `not-healthy` when writes do not start or the cluster does
 * not heal within the limits.
 */
export function measureFault(
  context: MeasureFaultContext,
  fault: Fault,
  options: MeasureFaultOptions = {},
): Promise<FaultMeasurement> {
  const { labs, lab } = context;
  return labs.exclusively(lab.name, `measuring ${fault.id}`, () => measure(context, fault, options));
}

async function measure(
  context: MeasureFaultContext,
  fault: Fault,
  options: MeasureFaultOptions,
): Promise<FaultMeasurement> {
  const { lab, labs, observer } = context;
  const path = probePathOf(fault);
  requireWay(lab, path);
  await requireWhole(context, declaredAs(fault.title), undefined, options);
  const gateway = await labs.transport(lab.name, 'gateway');
  const session = await ProbeSession.start(gateway, { path, run: `${fault.id}-${context.now()}` });
  const events: Event[] = [];
  const subscription = observer.onEvent((event) => events.push(event));
  try {
    await acknowledgedInARow(session, WARM_UP * recovered(path), 0, WARM_UP_LIMIT_MS, options.signal);
    await leaderSeen(context, path, options.signal);
    const injected = await breakNode(context, fault, options);
    const healedAt = await recoverAndHeal(context, session, injected, options);
    const wholeAt = await waitUntilWhole(observer, lab.cluster, {
      timeoutMs: options.wholeLimitMs ?? 180_000,
      stableMs: WHOLE_STABLE_MS,
      ...(options.signal ? { signal: options.signal } : {}),
    });
    // Whole is also that a client is served: it is writing all the time.
    await acknowledgedInARow(session, 1, wholeAt, SERVED_LIMIT_MS, options.signal);
    await session.stop();
    const loss = await verifyWrites(gateway, session, leaderAddress(lab, observer.state, path));
    return {
      injected,
      path,
      outage: outageOf(session.attempts, {
        faultAt: injected.at,
        endAt: session.endedAt ?? context.now(),
        gapThresholdMs: thresholdOf(session.attempts, injected.at, paceOf(path).slowMs),
      }),
      loss,
      healMs: Math.max(0, wholeAt - healedAt),
      events,
    };
  } finally {
    subscription.dispose();
    await session.stop();
    await forgetWrites(gateway, session);
  }
}

/** @returns When healing began. A cluster that did not recover is healed too, and shows in the figures. */
async function recoverAndHeal(
  context: MeasureFaultContext,
  session: ProbeSession,
  injected: InjectedFault,
  options: MeasureFaultOptions,
): Promise<number> {
  const limit = options.recoverLimitMs ?? (injected.fault.lasting ? LASTING_MS : 90_000);
  let healedAt = injected.at;
  try {
    await acknowledgedInARow(
      session,
      recovered(session.options.path),
      injected.doneAt,
      limit,
      options.signal,
    );
  } catch (error) {
    if (!(error instanceof LabError) || error.code !== 'not-healthy') throw error;
  } finally {
    if (!healsItself(injected.fault)) healedAt = context.now();
    await mendNode(context, injected);
  }
  return healedAt;
}

/**
 * Waits a few seconds until it is seen who leads what the client writes to: what it made for its writes is new to the
 * observer. Afterwards the fault is aimed as well as it can be.
 */
async function leaderSeen(
  { observer }: MeasureFaultContext,
  path: ProbePath,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { leader } = clientWay(path);
  if (leader === undefined) return;
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(limit);
      signal?.removeEventListener('abort', end);
      // The listener is called once while it is being added.
      setImmediate(() => subscription.dispose());
      resolve();
    };
    const limit = setTimeout(end, LEADER_LIMIT_MS);
    signal?.addEventListener('abort', end, { once: true });
    const subscription = observer.onState((state) => {
      if (leader(state) !== undefined) end();
    });
  });
}
