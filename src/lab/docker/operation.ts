import type { Message } from '../../words/message';
import type Docker from 'dockerode';
import type { DeployStep, OperationControl, Progress } from '../lab-service';
import { LabError } from '../lab-error';
import { cancelled, dockerFailure } from './docker-errors';

/** What a long operation carries along: the engine, the caller's wishes, and how far it is. */
export class Operation {
  /** Always there, so that calls can be given it without asking. */
  readonly signal: AbortSignal;
  private lastLine = '';
  /** Steps may share a part of the way, and nothing goes backwards. */
  private furthest = 0;
  private redact: (text: string) => string = (text) => text;

  constructor(
    readonly docker: Docker,
    private readonly control: OperationControl,
    /** Where the steps lie between 0 and 1. */
    private readonly shares: Readonly<Partial<Record<DeployStep | 'destroy', readonly [number, number]>>>,
    /** Whose way it is a part of. */
    private readonly whole?: Operation,
  ) {
    this.signal = control.signal ?? new AbortController().signal;
  }

  /** @throws LabError `cancelled` */
  throwIfCancelled(): void {
    if (this.signal.aborted) throw cancelled(this.signal.reason);
  }

  /** From here on, every text that is logged or told, and that of every `failure`, goes through this. */
  hide(redact: (text: string) => string): void {
    this.redact = redact;
  }

  /** One line worth keeping. */
  log(line: string): void {
    this.control.log?.(this.redact(line));
  }

  /**
   * The error to end with, for one that came up while doing `what`. Only its cause, which is for programs, stays as it was.
   * @param what what was being done, e.g. `deploy lab "x"`
   */
  failure(what: Message, error: unknown): LabError {
    const { code, said, advice, details } = dockerFailure(what, error);
    const { missing } = details;
    return new LabError(code, said.withTexts(this.redact), advice.withTexts(this.redact), {
      ...details,
      ...(missing ? { missing: missing.map((lack) => lack.withTexts(this.redact)) } : {}),
    });
  }

  /**
   * Tells how far a step is, and logs it when it says something new.
   * @param within 0 to 1 inside the step
   */
  progress(
    step: DeployStep | 'destroy',
    message: Message,
    within: number,
    waitingFor?: readonly Message[],
    counts: Pick<Progress, 'readiness' | 'usualMs'> = {},
  ): void {
    if (this.whole !== undefined) return this.whole.progress(step, message, within, waitingFor, counts);
    const [from, to] = this.shares[step] ?? [0, 1];
    this.furthest = Math.max(this.furthest, from + (to - from) * Math.min(1, Math.max(0, within)));
    const fraction = this.furthest;
    this.control.onProgress?.({
      step,
      message: message.withTexts(this.redact),
      fraction,
      ...counts,
      ...(waitingFor ? { waitingFor: waitingFor.map((lack) => lack.withTexts(this.redact)) } : {}),
    });
    const line = `${step}: ${message.toString()}`;
    if (line !== this.lastLine) this.log(line);
    this.lastLine = line;
  }

  /** A part of this one that another signal ends as well. */
  endedBy(signal: AbortSignal): Operation {
    const { log } = this.control;
    const either = AbortSignal.any([this.signal, signal]);
    const part = new Operation(this.docker, { signal: either, ...(log ? { log } : {}) }, this.shares, this);
    part.hide(this.redact);
    return part;
  }

  /** An operation that cannot be cancelled any more: for cleaning up after a cancellation. */
  uncancellable(): Operation {
    const { onProgress, log } = this.control;
    const rest = { ...(onProgress ? { onProgress } : {}), ...(log ? { log } : {}) };
    const operation = new Operation(this.docker, rest, this.shares);
    operation.hide(this.redact);
    return operation;
  }
}
