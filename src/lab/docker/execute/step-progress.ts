import { listed, say } from '../../../words/message';
import type { Message } from '../../../words/message';
import type { OperationStep, PlanOperation } from '../../plan/operations';
import { verbOf } from '../../plan/operations';
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

/** Tells how far the operations of one step are. */
export class StepProgress {
  private readonly ready = new Set<string>();
  private readonly targets: readonly string[];

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

  /** Where operations come one after the other, whose turn it is. */
  turn({ id, target, cause, action }: PlanOperation): void {
    if (this.step !== 'apply' && action.kind !== 'relieve-node') return;
    const before = this.operations.findIndex((one) => one.id === id);
    this.operation.progress(this.step, listed([target, cause], ': '), before / this.operations.length);
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
    return listed(this.targets.map((target) => this.doing(target)));
  }

  private doing(target: string): Message {
    const verbs = this.operations.filter((one) => one.target === target).map(verbOf);
    if (verbs.includes('remove') && verbs.includes('create')) return say('replacing {0}', target);
    if (verbs.includes('remove')) return say('removing {0}', target);
    if (verbs.includes('stop')) return say('updating {0}', target);
    return DOING[verbs[0] ?? '']?.(target) ?? say('preparing {0}', target);
  }
}
