import { listed, say } from '../../words/message';
import type { Message } from '../../words/message';
import type { Observer } from '../../observe/observer';
import { placementOf } from '../../observe/placement';
import { readinessOf } from '../../observe/readiness';
import { missingIn, seenIll } from '../../observe/wholeness';
import type { NodeTransport } from '../../transport/transport';
import type { AwaitHealth, HealthContext } from './await-health';
import { missingWrites } from './client-writes';
import { healthLimitMs } from './health-limit';
import { LabError } from '../lab-error';
import { logExcerpts, withLastWords } from './log-excerpts';
import { profileOf } from '../profiles/profiles';
import { waitUntilWhole } from './wait-until-whole';
import type { LabInfo } from '../lab-service';
import { waitingProgram } from '../../services/effects';
import { settingsInForce } from './settings-in-force';
import type { PendingProgram, SettingsInForceContext } from './settings-in-force';

/** A client's login and write take a tenth of a second; the roles may be a moment behind the leader. Milliseconds. */
const WRITE_TIMEOUT_MS = 30_000;
/**
 * It must have been whole without a break for this long before it is called so: what lags for a moment after a start
 * shows within it. Milliseconds.
 */
const SETTLED_MS = 1_200;

export interface ObservedHealthOptions {
  /** Milliseconds a client's write may take to be acknowledged once everything else is well. */
  readonly writeTimeoutMs?: number;
  /** Milliseconds everything may take to be well; otherwise what the lab's timings need. */
  readonly timeoutMs?: number;
}

/**
 * Waits until a lab is whole, by looking at it as the user interface does, goes by its settings, and has acknowledged
 * a client's write through the virtual address.
 */
export function observedHealth(
  observe: (lab: LabInfo, justStarted: boolean) => Promise<Observer>,
  options: ObservedHealthOptions = {},
): AwaitHealth {
  return async ({ lab, justStarted, transport, signal, onWaiting, onLooking, settle, log, onWhole }) => {
    const profile = profileOf(lab.cluster);
    const placement = placementOf(lab.cluster);
    const observer = await observe(lab, justStarted);
    const subscription = tellMissing(observer, placement, { onWaiting, ...(onLooking && { onLooking }) });
    try {
      const timeoutMs = options.timeoutMs ?? healthLimitMs(lab.cluster);
      const nodes = lab.cluster.nodes.map((node) => node.name);
      const check = profile.settingsInForce;
      const inForce = { nodes, check: check ?? [], transport, signal, onWaiting };
      let restarted = false;
      const settleAndTell: typeof settle = (...pending) => {
        restarted = true;
        return settle(...pending);
      };
      const settled = (wanted: boolean): Promise<unknown> =>
        waitUntilWhole(observer, lab.cluster, { timeoutMs, signal, stableMs: wanted ? SETTLED_MS : 0 });
      const served = (): Promise<void> =>
        acknowledgedWrite(transport, options.writeTimeoutMs ?? WRITE_TIMEOUT_MS, signal);
      const early = await firstAnswers(observer, {
        whole: waitUntilWhole(observer, lab.cluster, { timeoutMs, signal }),
        ...(justStarted ? {} : { served, inForce: check && inForce }),
      });
      // What is begun in the nodes is waited for, also when all is lost: nothing may go on after the caller's locks.
      const [settings, ...others] = await Promise.allSettled([
        check && !early.inForce && settingsSettled(inForce, settleAndTell),
        settled(justStarted),
        early.served || served(),
      ]);
      if (settings.status === 'rejected') throw settings.reason;
      // While programs were started anew, neither needed to be so.
      if (restarted) await Promise.all([settled(true), served()]);
      else for (const other of others) if (other.status === 'rejected') throw other.reason;
      onWhole?.();
    } catch (error) {
      if (error instanceof LabError && error.code === 'not-healthy') {
        await logExcerpts(observer.state, profile.layout, transport, log);
        throw await withLastWords(error, profile.layout, transport);
      }
      throw error;
    } finally {
      subscription.dispose();
      await observer.dispose();
    }
  };
}

interface FirstQuestions {
  readonly whole: Promise<unknown>;
  /** Absent where the answer would come too early to mean anything. */
  readonly served?: () => Promise<void>;
  readonly inForce?: SettingsInForceContext | undefined;
}

/**
 * Waits until the lab is whole, and asks the rest meanwhile: of a lab that ran before it is as good as certain. What was
 * answered while something was seen to be ill counts for nothing.
 * @returns what need not be asked again
 * @throws whatever `whole` rejects with, once all questions have ended
 */
async function firstAnswers(
  observer: Observer,
  { whole, served, inForce }: FirstQuestions,
): Promise<{ readonly served: boolean; readonly inForce: boolean }> {
  let ill = false;
  const looking = observer.onState((state) => {
    ill ||= seenIll(state);
  });
  const [outcome, written, settings] = await Promise.allSettled([
    whole,
    served?.(),
    inForce && settingsInForce({ ...inForce, timeoutMs: 0, onWaiting: () => undefined }),
  ]);
  looking.dispose();
  if (outcome.status === 'rejected') throw outcome.reason;
  return {
    served: !ill && served !== undefined && written.status === 'fulfilled',
    inForce: !ill && settings.status === 'fulfilled' && settings.value?.length === 0,
  };
}

/** Tells what is missing whenever that changes. */
function tellMissing(
  observer: Observer,
  placement: ReturnType<typeof placementOf>,
  { onWaiting, onLooking }: Pick<HealthContext, 'onWaiting' | 'onLooking'>,
): ReturnType<Observer['onState']> {
  let told = '';
  return observer.onState((state) => {
    const reasons = missingIn(state, placement);
    const text = reasons.join('\n');
    if (text === told) return;
    told = text;
    const readiness = readinessOf(state, placement);
    if (onLooking === undefined || readiness.length > 0 || seenIll(state)) onWaiting(reasons, readiness);
    else onLooking(placement.nodes.flatMap((node) => placement.servicesOn(node)).length);
  });
}

/** The second time what could not be lowered on a follower has been lowered on the leader. */
const ROUNDS = 3;

/** @throws LabError `not-healthy` with what is still pending, and the way to get there */
async function settingsSettled(
  context: SettingsInForceContext,
  settle: (pending: readonly PendingProgram[], round: number) => Promise<void>,
): Promise<void> {
  for (let round = 0; ; round++) {
    const pending = await settingsInForce(context);
    if (pending.length === 0) return;
    if (round === ROUNDS) throw stillPending(pending);
    context.onWaiting(pending.map(pendingText));
    await settle(pending, round);
  }
}

function pendingText({ node, program, because }: PendingProgram): Message {
  return say('{0}: {1}: restart pending: {2}', node, waitingProgram(program)?.title ?? program, because);
}

function stillPending(pending: readonly PendingProgram[]): LabError {
  const missing = pending.map(pendingText);
  const remedies = [...new Set(pending.map(({ program }) => waitingProgram(program)?.remedy))];
  const known = remedies.filter((remedy) => remedy !== undefined);
  return new LabError(
    'not-healthy',
    say('Not all settings are in force: {0}', listed(missing, '; ')),
    known.length > 0
      ? say('On each of these nodes: {0}', listed(known, '; '))
      : say('Start these programs anew.'),
    { missing },
  );
}

/** @throws LabError `not-healthy` with what the client was told, `cancelled` */
async function acknowledgedWrite(
  transport: (node: string) => Promise<NodeTransport>,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  const missing = await missingWrites(transport, { timeoutMs, signal });
  if (missing.length === 0) return;
  throw new LabError(
    'not-healthy',
    say('Every service is well, yet after {0} s {1}', timeoutMs / 1000, listed(missing, '; ')),
    say("Look at the client's name, password and database in gitlab.rb, and at what haproxy.cfg leads to."),
  );
}
