import { say } from '../../words/message';
import type { Message } from '../../words/message';
import type { Observer } from '../../observe/observer';
import type { NodeTransport } from '../../transport/transport';
import { LabError } from '../lab-error';
import type { LabInfo } from '../lab-service';
import type { NodeStep, VisitStep } from '../plan/effects/visits';
import { profileOf } from '../profiles/profiles';
import { Gate } from './gate';
import { handOver } from './hand-over';
import { StepLimit } from './step-limit';
import type { StartedNodes } from './started-nodes';

export interface NodeVisitsParts {
  /** Undefined where no node is visited. */
  readonly lab: LabInfo | undefined;
  /** A live view of the lab; opened at the first need, ended by `dispose`. */
  readonly observe: (lab: LabInfo) => Promise<Observer>;
  readonly transport: (lab: LabInfo, node: string) => Promise<NodeTransport>;
  readonly onWaiting: (reasons: readonly Message[]) => void;
  /** See `GateContext`. */
  readonly started: StartedNodes;
  /** See `GateContext`. */
  readonly serversToKeep: readonly string[];
  /** Milliseconds one step may take. */
  readonly stepMs?: number;
}

/** What one step may take: PostgreSQL stops, starts and catches up within it. Milliseconds. */
const STEP_MS = 180_000;
/** What a question to a node in between may take. Milliseconds. */
const ANSWER_MS = 5_000;
/** The most a timer takes. Milliseconds. */
const LONGEST_MS = 2_147_483_647;

/** Steps inside the running nodes of a lab, and the gate between them. One object for the whole change. */
export class NodeVisits {
  private opened: Promise<Opened> | undefined;

  constructor(private readonly parts: NodeVisitsParts) {}

  /**
   * @throws LabError `docker-failed` with what the node's program said, or that it did not end; of a hand-over see
   * `switchOver`
   */
  async step(node: string, step: VisitStep): Promise<void> {
    if (step.verb !== 'hand-over') return this.inNode(node, step);
    const lab = this.lab();
    const { observer } = await this.open();
    const transport = (name: string): Promise<NodeTransport> => this.parts.transport(lab, name);
    return handOver({ lab, observer, transport }, node, step.target, step.notTo);
  }

  private async inNode(node: string, step: NodeStep): Promise<void> {
    const lab = this.lab();
    const command = profileOf(lab.cluster).apply(step);
    const reach = await this.parts.transport(lab, node);
    const { stepMs = STEP_MS } = this.parts;
    const limit = new StepLimit(stepMs, async () => this.stopWaitMs(reach, step.target, stepMs));
    const { signal } = limit;
    const order = `${node}: ${step.verb} ${step.target}`;
    const fails = (said: Message, cause?: unknown): LabError =>
      new LabError(
        'docker-failed',
        said,
        say(
          'Its files are in place, and what was not done is done by the next deployment. Deploy the earlier files to go back.',
        ),
        cause === undefined ? {} : { cause },
      );
    try {
      const { exitCode, stdout, stderr } = await reach.exec(command, { signal });
      if (exitCode !== 0) {
        throw fails(
          say('{0} failed: {1}', order, (stderr || stdout).trim() || say('exit code {0}', exitCode)),
        );
      }
    } catch (error) {
      if (!signal.aborted || error instanceof LabError) throw error;
      throw fails(say('{0} did not end within {1} s', order, limit.givenMs / 1000), error);
    } finally {
      limit.end();
    }
  }

  /** How long to wait for a program of a node that was told to stop. */
  private async stopWaitMs(reach: NodeTransport, program: string, stepMs: number): Promise<number> {
    const signal = AbortSignal.timeout(Math.min(stepMs, ANSWER_MS));
    const command = profileOf(this.lab().cluster).stopWait(program);
    const { exitCode, stdout } = await reach.exec(command, { signal });
    return exitCode === 0 && /^\d+$/.test(stdout.trim()) ? Math.min(Number(stdout) * 1000, LONGEST_MS) : 0;
  }

  /** See `Gate.pass`. */
  async whole(settledMs: number, signal?: AbortSignal): Promise<void> {
    const { gate } = await this.open();
    await gate.pass(settledMs, signal);
  }

  /** Ends the view. Never rejects: whatever the change ended with is what its caller must hear. */
  async dispose(): Promise<void> {
    try {
      const opened = await this.opened;
      opened?.looking.dispose();
      await opened?.observer.dispose();
    } catch {
      // `whole` told already that the view could not be opened.
    }
  }

  private open(): Promise<Opened> {
    this.opened ??= this.look();
    return this.opened;
  }

  private async look(): Promise<Opened> {
    const { observe, transport, onWaiting, started, serversToKeep } = this.parts;
    const lab = this.lab();
    const observer = await observe(lab);
    // A subscription keeps the watchers running between two steps.
    const looking = observer.onState(() => undefined);
    const gate = new Gate({
      cluster: lab.cluster,
      observer,
      transport: (node) => transport(lab, node),
      onWaiting,
      started,
      serversToKeep,
    });
    return { observer, looking, gate };
  }

  private lab(): LabInfo {
    const { lab } = this.parts;
    if (lab) return lab;
    throw new LabError(
      'no-lab',
      say('There is no running lab to carry a change over.'),
      say('Deploy it first.'),
    );
  }
}

interface Opened {
  readonly observer: Observer;
  readonly looking: { dispose(): void };
  readonly gate: Gate;
}
