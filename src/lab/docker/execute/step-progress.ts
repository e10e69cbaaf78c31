import type { OperationStep, PlanOperation } from '../../plan/operations';
import { verbOf } from '../../plan/operations';
import type { Plan } from '../../plan/plan';
import type { Operation } from '../operation';

/** What a verb is called while it is done; what is not named says nothing of itself. */
const DOING: Readonly<Record<string, string>> = {
  create: 'creating',
  remove: 'removing',
  fill: 'filling',
  stop: 'stopping',
  unpause: 'resuming',
  attach: 'attaching',
  start: 'starting',
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
      operation.log(`${step}: ${action.kind} ${target}: ${cause}`);
    if (operations.length > 0) {
      // An image and a network tell of themselves.
      if (step === 'containers' || step === 'start') operation.progress(step, this.summary(), 0);
    } else if (step === 'network') {
      operation.progress(step, `${plan.network.name} (${plan.network.subnet}) is there`, 1);
    } else if (step === 'containers') {
      operation.progress(step, 'all are as they should be', 1);
    }
  }

  /** Where operations come one after the other, whose turn it is. */
  turn({ id, target, cause, action }: PlanOperation): void {
    if (this.step !== 'apply' && action.kind !== 'relieve-node') return;
    const before = this.operations.findIndex((one) => one.id === id);
    this.operation.progress(this.step, `${target}: ${cause}`, before / this.operations.length);
  }

  /** The last operation of a target is the one that makes it ready. */
  done({ id, target }: PlanOperation): void {
    const last = this.operations.filter((one) => one.target === target).at(-1);
    if (this.step !== 'containers' || last?.id !== id) return;
    this.ready.add(target);
    const message = verbOf(last) === 'remove' ? `${target} is gone` : `${target} is ready to start`;
    this.operation.progress(this.step, message, this.ready.size / this.targets.length);
  }

  end(): void {
    if (this.step === 'start' && this.operations.length > 0)
      this.operation.progress(this.step, 'all containers run', 1);
  }

  /** "replacing sample-node1, creating sample-node2". */
  private summary(): string {
    return this.targets.map((target) => `${this.doing(target)} ${target}`).join(', ');
  }

  private doing(target: string): string {
    const verbs = this.operations.filter((one) => one.target === target).map(verbOf);
    if (verbs.includes('remove') && verbs.includes('create')) return 'replacing';
    if (verbs.includes('remove')) return 'removing';
    if (verbs.includes('stop')) return 'updating';
    return DOING[verbs[0] ?? ''] ?? 'preparing';
  }
}
