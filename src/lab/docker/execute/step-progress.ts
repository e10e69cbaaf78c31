import { listed, say, verbatim } from '../../../words/message';
import type { Message } from '../../../words/message';
import type { OperationStep, PlanOperation } from '../../plan/operations';
import { verbOf } from '../../plan/operations';
import type { VisitStep } from '../../plan/effects/visits';
import { isDescription } from '../../plan/names';
import type { Plan } from '../../plan/plan';
import type { Operation } from '../operation';

/** What a verb is called while it is done; what is not named says nothing of itself. */
const DOING: Readonly<Record<string, (target: string) => Message>> = {
  create: (target) => say('creating {0}', target),
  remove: (target) => say('removing {0}', target),
  fill: (target) => say('filling {0}', target),
  stop: (target) => say('stopping {0}', target),
  unpause: (target) => say('resuming {0}', target),
  attach: (target) => say('attaching {0}', target),
  start: (target) => say('starting {0}', target),
};

/** Programs of a node that are named in a line. */
const SHOWN_PROGRAMS = 3;

/** "reload of hosts, haproxy; restart of postgresql": short enough for one line. */
function whatIsDone({ action, cause }: PlanOperation): Message {
  const steps = action.kind === 'start-container' || !('steps' in action) ? [] : action.steps;
  const verbs = [...new Set(steps.map(({ verb }) => verb))];
  if (verbs.length === 0) return action.kind === 'start-container' ? say('starting') : cause;
  return listed(
    verbs.map((verb) => {
      const targets = steps.filter((one) => one.verb === verb).map(({ target }) => target);
      const shown = targets.slice(0, SHOWN_PROGRAMS).join(', ');
      const more = targets.length - SHOWN_PROGRAMS;
      return stepsOf(verb, more > 0 ? say('{0} and {1} more', shown, more) : verbatim(shown));
    }),
    '; ',
  );
}

function stepsOf(verb: VisitStep['verb'], targets: Message): Message {
  switch (verb) {
    case 'reload':
      return say('reload of {0}', targets);
    case 'restart':
      return say('restart of {0}', targets);
    case 'hand-over':
      return say('hand-over of {0}', targets);
    case 'remove':
      return say('removal of {0}', targets);
  }
}

/** Tells how far the operations of one step are. */
export class StepProgress {
  private readonly ready = new Set<string>();
  private readonly targets: readonly string[];
  /** Of the step, when the newest turn began. */
  private fraction = 0;

  constructor(
    private readonly operation: Operation,
    private readonly step: OperationStep,
    private readonly operations: readonly PlanOperation[],
    private readonly plan: Plan,
  ) {
    this.targets = [...new Set(operations.map(({ target }) => target))];
  }

  begin(): void {
    const { operation, step, operations, plan } = this;
    for (const { action, target, cause } of operations)
      operation.log(`${step}: ${action.kind} ${target}: ${cause.toString()}`);
    if (operations.length > 0) {
      // An image and a network tell of themselves.
      if (step === 'containers' || step === 'start') operation.progress(step, this.summary(), 0);
    } else if (step === 'network') {
      operation.progress(step, say('{0} ({1}) is there', plan.network.name, plan.network.subnet), 1);
    } else if (step === 'containers') {
      operation.progress(step, say('all are as they should be'), 1);
    }
  }

  /** Where operations come one after the other, whose turn it is. The causes are in the log. */
  turn(one: PlanOperation): void {
    if (this.step !== 'apply' && one.action.kind !== 'relieve-node') return;
    const before = this.operations.findIndex(({ id }) => id === one.id);
    this.fraction = before / this.operations.length;
    const turn = say('{0} ({1} of {2})', one.target, before + 1, this.operations.length);
    this.operation.progress(this.step, listed([turn, whatIsDone(one)], ': '), this.fraction);
  }

  /** What the one whose turn it is waits for. */
  waiting(message: Message, reasons: readonly Message[]): void {
    this.operation.progress(this.step, message, this.fraction, reasons);
  }

  /** The last operation of a target is the one that makes it ready. */
  done({ id, target }: PlanOperation): void {
    const last = this.operations.filter((one) => one.target === target).at(-1);
    if (this.step !== 'containers' || last?.id !== id) return;
    this.ready.add(target);
    const message =
      verbOf(last) === 'remove' ? say('{0} is gone', target) : say('{0} is ready to start', target);
    this.operation.progress(this.step, message, this.ready.size / this.targets.length);
  }

  end(): void {
    if (this.step === 'start' && this.operations.length > 0)
      this.operation.progress(this.step, say('all containers run'), 1);
  }

  /** "replacing sample-node1, creating sample-node2". */
  private summary(): Message {
    const shown = this.targets.filter((target) => !isDescription(target));
    return listed(shown.map((target) => this.doing(target)));
  }

  private doing(target: string): Message {
    const verbs = this.operations.filter((one) => one.target === target).map(verbOf);
    if (verbs.includes('remove') && verbs.includes('create')) return say('replacing {0}', target);
    if (verbs.includes('remove')) return say('removing {0}', target);
    if (verbs.includes('stop')) return say('updating {0}', target);
    return DOING[verbs[0] ?? '']?.(target) ?? say('preparing {0}', target);
  }
}
