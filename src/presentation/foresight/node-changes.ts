import { translate } from '../../words/message';
import type { PlanOperation } from '../../lab/plan/operations';
import type { Localizer } from '../words/localizer';

type Kind = PlanOperation['action']['kind'];

/** What happens to a container as a whole. */
const WHOLE: ReadonlySet<Kind> = new Set([
  'relieve-node',
  'create-container',
  'fill-container',
  'remove-container',
  'stop-container',
  'start-container',
]);

/**
 * Which containers of a lab come, go, are made anew, stopped or started, one line each: "gl4: added". What is done to those
 * that stay and run is told by `foresightLines`. Pure. @param lab its name, with which the names of its containers begin
 */
export function nodeChangeTexts(
  operations: readonly PlanOperation[],
  lab: string,
  l10n: Localizer,
): readonly string[] {
  const whole = operations.filter(({ action }) => WHOLE.has(action.kind));
  const targets = [...new Set(whole.map(({ target }) => target))].sort();
  return targets.flatMap((target) => {
    const node = target.startsWith(`${lab}-`) ? target.slice(lab.length + 1) : target;
    const own = whole.filter((operation) => operation.target === target);
    const relieved = own.find(({ action }) => action.kind === 'relieve-node');
    const before = relieved
      ? [l10n.t('{0}: hands over first, because {1}', node, translate(relieved.cause, l10n))]
      : [];
    return [...before, textOf(node, own, l10n)];
  });
}

function textOf(node: string, operations: readonly PlanOperation[], l10n: Localizer): string {
  const causeOf = (kind: Kind): string | undefined => {
    const found = operations.find(({ action }) => action.kind === kind);
    return found && translate(found.cause, l10n);
  };
  const [gone, stopped] = [causeOf('remove-container'), causeOf('stop-container')];
  if (causeOf('create-container') !== undefined) {
    return gone === undefined
      ? l10n.t('{0}: added', node)
      : l10n.t('{0}: made anew, because {1}', node, gone);
  }
  if (gone !== undefined) return l10n.t('{0}: removed, because {1}', node, gone);
  if (stopped === undefined) return l10n.t('{0}: started', node);
  return causeOf('start-container') === undefined
    ? l10n.t('{0}: stopped, because {1}', node, stopped)
    : l10n.t('{0}: stopped and started, because {1}', node, stopped);
}

/** Whether an operation is told by `nodeChangeTexts`, or by the effects on those that run. */
export function isOfNode({ step, action }: PlanOperation): boolean {
  return step === 'apply' || WHOLE.has(action.kind);
}
