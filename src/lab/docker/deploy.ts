import { listed, say } from '../../words/message';
import type { Message } from '../../words/message';
import { readdir, rm } from 'node:fs/promises';
import type { Finding } from '../../finding/finding';
import type { RubyParserLoader } from '../../languages/gitlab-rb/ruby/ruby-parser';
import type { AwaitHealth } from '../health/await-health';
import { LabError } from '../lab-error';
import type { DeployResult, DeployStep, LabInfo, DeployControl, WorkspaceFiles } from '../lab-service';
import { redactSecrets } from '../plan/lab-secrets';
import { disturbs } from '../plan/disturbs';
import { isLive, OPERATION_STEPS } from '../plan/operations';
import type { OperationStep, PlanOperation } from '../plan/operations';
import { isWorthKeeping } from '../plan/snapshot';
import type { Observer } from '../../observe/observer';
import { NodeVisits } from '../apply/node-visits';
import type { NodeVisitsParts } from '../apply/node-visits';
import { pendingVisits } from '../apply/pending-visits';
import { NONE_STARTED, startedNodes } from '../apply/started-nodes';
import { unfinished } from '../apply/unfinished';
import type { PendingProgram } from '../health/settings-in-force';
import { profileOf } from '../profiles/profiles';
import { foreseen } from './preview';
import type { AskContainer } from './snapshot/take-snapshot';
import { takeSnapshot } from './snapshot/take-snapshot';
import { whoLeads } from './snapshot/who-leads';
import { recordingsDir } from '../state-dir';
import { checkWorkspace } from './check-workspace';
import { withConsent } from './consent';
import { reasonOf } from './docker-errors';
import type { DockerConnection } from './endpoint/connect';
import { destroyLab } from './execute/destroy';
import { unlessServiceEnds } from './execute/ended-service';
import { SubnetTaken } from './execute/lab-network';
import { perform } from './execute/perform';
import { requireFreePorts } from './execute/port-taken';
import { findBases } from './image/base-image';
import { runOperations } from './execute/run-operations';
import { StepProgress } from './execute/step-progress';
import { foresee, intend } from './intention';
import type { Intention, Situation } from './intention';
import { withLabLocks } from './locks/lab-locks';
import { Operation } from './operation';
import { listLabs } from './snapshot/lab-listing';

export interface DeployParts {
  readonly connection: DockerConnection;
  readonly imageDir: string;
  readonly stateDir: string;
  readonly loadRubyParser: RubyParserLoader;
  readonly awaitHealth: AwaitHealth;
  /** A live view of a lab; the caller disposes it. */
  readonly observe: (lab: LabInfo) => Promise<Observer>;
  readonly transport: Reach;
  /** The same for many small questions. */
  readonly ask: Reach;
  readonly askContainer: AskContainer;
}

type Reach = (lab: LabInfo, node: string) => ReturnType<Parameters<AwaitHealth>[0]['transport']>;

type OnWaiting = (reasons: readonly Message[]) => void;

/** Where each step lies between 0 and 1, by the time it usually takes. */
const SHARES: Readonly<Record<DeployStep, readonly [number, number]>> = {
  check: [0, 0.02],
  image: [0.02, 0.4],
  network: [0.4, 0.42],
  containers: [0.42, 0.5],
  start: [0.5, 0.55],
  apply: [0.55, 0.9],
  health: [0.55, 1],
};

/** What a killed deployment had ordered arrives within this time. */
const LATE_ARRIVALS_MS = 1_000;
/** How long a lab of these timings usually needs until it is whole, on a quiet machine. */
const USUAL_HEALTH_MS: Readonly<Record<LabInfo['cluster']['lab']['timings'], number>> = {
  fast: 8_000,
  production: 35_000,
};
const SHOWN_REASONS = 2;
/** How long a lab must be whole after a program was started anew. */
const SETTLED_MS = 1_500;

/**
 * Makes a workspace's lab true: looks at what there is, plans, does what is to be done and waits until the lab is whole.
 * What is right already is left alone. A first deployment that fails or is cancelled leaves nothing but, when it fails,
 * the recording of what was observed; a later one leaves what there is. Data is destroyed only when the caller agrees,
 * who is asked while nothing is locked.
 * @throws LabError
 */
export async function deployWorkspace(
  parts: DeployParts,
  files: WorkspaceFiles,
  control: DeployControl,
): Promise<DeployResult> {
  const operation = new Operation(parts.connection.docker, control, SHARES);
  const started = performance.now();
  const { spec, findings } = await checkWorkspace(operation, files, parts.loadRubyParser, control.reading);
  const checked = performance.now() - started;
  const lab = spec.cluster.name;
  const { signal } = operation;
  const { confirmLoss, confirmChange } = control;
  return withConsent({ lab, signal, confirmLoss, confirmChange }, async (agreed) =>
    withLabLocks({ operation, stateDir: parts.stateDir, lab }, 'deploy', async (takenOver) => {
      const begun = performance.now();
      if (takenOver) await awaitLateArrivals(operation);
      const { situation, intention } = await foresee(parts, spec);
      operation.hide((text) => redactSecrets(text, situation.secrets, situation.hidden));
      // Behind another machine's engine it is that machine's ports that count, and those only the engine knows.
      if (parts.connection.endpoint.kind === 'socket') {
        const held = situation.snapshot.containers.flatMap(({ publishes = [] }) => publishes);
        await requireFreePorts(intention.operations, new Set(held));
      }
      const { losses } = intention;
      const plan = foreseen(situation, intention);
      const change = disturbs(plan) ? plan : undefined;
      if (!agreed(losses, change)) return { kind: 'asks', losses, change };
      control.onPlan?.(plan);
      const deployment = new Deployment(parts, operation, situation, control.keepFailed === true);
      deployment.durations.check = Math.round(checked + performance.now() - begun);
      return { kind: 'done', result: await deployment.run(intention, findings) };
    }),
  );
}

async function awaitLateArrivals(operation: Operation): Promise<void> {
  operation.log('check: an earlier deployment was killed; its work is taken up');
  await new Promise((resolve) => setTimeout(resolve, LATE_ARRIVALS_MS));
}

class Deployment {
  readonly durations: Partial<Record<DeployStep, number>> = {};
  private readonly lab: string;
  private readonly bases = once(() => findBases(this.operation));

  constructor(
    private readonly parts: DeployParts,
    private readonly operation: Operation,
    private readonly situation: Situation,
    private readonly keepFailed: boolean,
  ) {
    this.lab = situation.spec.cluster.name;
  }

  async run(intention: Intention, findings: readonly Finding[]): Promise<DeployResult> {
    try {
      const unchanged = intention.operations.length === 0;
      await this.execute(intention);
      let lab: Promise<LabInfo> | undefined;
      const onWhole = (): void => {
        lab = this.describe();
        lab.catch(() => undefined); // It is awaited below.
      };
      await this.timed('health', async () => this.waitForHealth(!unchanged, intention.keeps, onWhole));
      return { lab: await (lab ?? this.describe()), unchanged, findings, durations: this.durations };
    } catch (error) {
      const failure = this.operation.failure(say('deploy lab "{0}"', this.lab), error);
      this.operation.log(`failed: ${failure.message}`);
      const { spec, snapshot } = this.situation;
      if (isWorthKeeping(snapshot, spec.cluster.nodes.length)) throw failure;
      throw await this.ended(failure);
    }
  }

  /** What becomes of a new lab that failed, told with the failure. */
  private async ended(failure: LabError): Promise<LabError> {
    const { code, said, advice, details } = failure;
    // Who was tired of waiting for it may look at it as well; what is only half made there is nothing to see of.
    const isThere = code === 'not-healthy' || (code === 'cancelled' && this.durations.health !== undefined);
    if (this.keepFailed && isThere) {
      this.operation.log('failed: the lab stays as it is');
      return new LabError(code, said, advice, { ...details, newLab: 'left' });
    }
    if (!(await this.rollBack(failure))) return failure;
    const folder = recordingsDir(this.parts.stateDir, this.lab);
    const recorded = (await readdir(folder).catch(() => [])).length > 0;
    this.operation.log(
      `failed: nothing of the lab is left${recorded ? ` but what was seen of it, in ${folder}` : ''}`,
    );
    const recordings = recorded ? { recordings: { lab: this.lab, folder } } : {};
    return new LabError(code, said, advice, { ...details, newLab: 'removed', ...recordings });
  }

  /** Step by step; when the subnet turns out to be used, what is left is planned anew for another one. */
  private async execute(first: Intention): Promise<void> {
    let intention = first;
    const taken: string[] = [];
    for (const step of OPERATION_STEPS) {
      await this.timed(step, async () => {
        for (;;) {
          try {
            return await this.executeStep(step, intention);
          } catch (error) {
            if (!(error instanceof SubnetTaken)) throw error;
            if (!intention.subnetIsFree) throw subnetLost(this.lab, error);
            this.operation.log(`network: ${error.subnet} was taken in the meantime`);
            taken.push(error.subnet);
            intention = intend(this.situation, taken);
          }
        }
      });
    }
  }

  private async executeStep(step: OperationStep, intention: Intention): Promise<void> {
    const { operation, parts } = this;
    const operations = intention.operations.filter((one) => one.step === step);
    const progress = new StepProgress(operation, step, operations, intention.plan);
    const started = startedNodes(intention, intention.plan);
    const waiting: OnWaiting = (reasons) => progress.waiting(waitingMessage(reasons), reasons);
    const live = operations.some(isLive);
    const visits = await this.visits(live, waiting, {
      started: step === 'apply' ? started : NONE_STARTED,
      serversToKeep: intention.keeps,
    });
    const done: PlanOperation[] = [];
    progress.begin();
    try {
      await runOperations(operations, async (one) => {
        progress.turn(one);
        const { imageDir, stateDir } = parts;
        const { added } = this.situation;
        await perform({ operation, imageDir, stateDir, bases: this.bases, added, visits }, one.action);
        done.push(one);
        progress.done(one);
      });
      operation.throwIfCancelled();
    } catch (error) {
      if (step !== 'apply' || operations.length === 0) throw error;
      throw unfinished(operation.failure(say('carry the change over'), error), operations, done);
    } finally {
      await visits.dispose();
    }
    progress.end();
  }

  /**
   * @param live false where nothing is done inside running containers
   * @param change what the gate between its steps must know of it
   */
  private async visits(
    live: boolean,
    onWaiting: OnWaiting,
    change: Pick<NodeVisitsParts, 'started' | 'serversToKeep'>,
  ): Promise<NodeVisits> {
    const { parts } = this;
    const lab = live ? await this.describe() : undefined;
    return new NodeVisits({
      lab,
      ...change,
      observe: parts.observe,
      transport: (lab, node) => parts.transport(lab, node),
      onWaiting,
    });
  }

  /** Starts programs anew that wait for it, one node after the other. */
  private async settle(
    pending: readonly PendingProgram[],
    round: number,
    keeps: readonly string[],
  ): Promise<void> {
    const { operation, situation } = this;
    const { docker } = operation;
    const { cluster } = situation.spec;
    const { snapshot } = await takeSnapshot(docker, { lab: this.lab, images: [], local: false });
    const leading = await whoLeads(docker, snapshot, profileOf(cluster));
    const waiting: OnWaiting = (reasons) => operation.progress('health', waitingMessage(reasons), 0, reasons);
    const visits = await this.visits(true, waiting, { started: NONE_STARTED, serversToKeep: keeps });
    try {
      for (const { node, steps, cause } of pendingVisits(pending, leading, round)) {
        await visits.whole(0, operation.signal);
        operation.progress('health', listed([node, cause], ': '), 0);
        for (const step of steps) {
          operation.throwIfCancelled();
          await visits.step(node, step);
        }
        await visits.whole(SETTLED_MS, operation.signal);
      }
    } finally {
      await visits.dispose();
    }
  }

  private async waitForHealth(
    justStarted: boolean,
    keeps: readonly string[],
    onWhole: () => void,
  ): Promise<void> {
    const { operation } = this;
    // From here on a new lab that is kept stays when this is cancelled (`ended`), and who shows it must know.
    operation.progress('health', say('looking whether everything is healthy'), 0);
    const lab = await this.describe();
    const started = performance.now();
    const usualMs = USUAL_HEALTH_MS[lab.cluster.lab.timings];
    const wait = (signal: AbortSignal): Promise<void> =>
      this.parts.awaitHealth({
        lab,
        justStarted,
        transport: (node) => this.parts.ask(lab, node),
        signal,
        settle: (pending, round) => this.settle(pending, round, keeps),
        onWhole,
        log: (line) => operation.log(line),
        onLooking: (services) => operation.progress('health', say('looking at {0} services', services), 0),
        onWaiting: (reasons, readiness) => {
          const share = 1 - Math.exp(-(performance.now() - started) / usualMs);
          const counts = readiness ? { readiness, usualMs } : {};
          operation.progress(
            'health',
            waitingMessage(reasons),
            reasons.length === 0 ? 1 : share,
            reasons,
            counts,
          );
        },
      });
    await unlessServiceEnds(operation.docker, lab, operation.signal, wait);
  }

  private async describe(): Promise<LabInfo> {
    const [lab] = await listLabs(this.operation.docker, this.lab);
    if (lab) return lab;
    throw new LabError(
      'no-lab',
      say('The containers of lab "{0}" are gone.', this.lab),
      say('Deploy it again.'),
    );
  }

  /** @returns whether everything of the lab is gone */
  private async rollBack(failure: LabError): Promise<boolean> {
    this.operation.log('failed: this lab never worked, so everything of it is removed again');
    try {
      await destroyLab(this.operation.uncancellable(), this.lab, false);
      // What was seen of a lab that failed tells why; nobody asks why a cancelled one is gone.
      if (failure.code === 'cancelled') {
        await rm(recordingsDir(this.parts.stateDir, this.lab), { recursive: true, force: true });
      }
      return true;
    } catch (error) {
      this.operation.log(`failed: removing it failed as well: ${reasonOf(error)}`);
      return false;
    }
  }

  private async timed<T>(step: DeployStep, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    try {
      return await work();
    } finally {
      this.durations[step] = Math.round(performance.now() - started);
    }
  }
}

/** The first few reasons; the whole list goes along separately. */
function waitingMessage(reasons: readonly Message[]): Message {
  if (reasons.length === 0) return say('everything is healthy');
  const shown = listed(reasons.slice(0, SHOWN_REASONS), '; ');
  const more = reasons.length - SHOWN_REASONS;
  return more > 0 ? say('waiting for {0}; and {1} more', shown, more) : say('waiting for {0}', shown);
}

/** The same promise for everybody who asks. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let begun: Promise<T> | undefined;
  return () => (begun ??= work());
}

function subnetLost(lab: string, { subnet }: SubnetTaken): LabError {
  return new LabError(
    'subnet-clash',
    say(
      'The network of lab "{0}" is gone, and somebody else uses its subnet {1} now: its nodes cannot be attached again.',
      lab,
      subnet,
    ),
    say(
      'Free that subnet ("docker network ls" and your VPN show who uses it), then deploy again. Or give the lab and its data up with "gitlab-ha down {0}".',
      lab,
    ),
  );
}
