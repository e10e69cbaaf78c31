import { translate } from '../../words/message';
import type { PlanOperation } from '../../lab/plan/operations';
import type { Localizer } from '../words/localizer';
import { grouped } from './grouped';
import { nodesText } from './program-text';

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

/** What becomes of one container; the clause comes behind its name. */
interface ContainerChange {
  readonly node: string;
  readonly becomes: string;
}

/**
 * Which containers of a lab come, go, are made anew, stopped or started, those to which the same happens in one line: "gl4:
 * added". What is done to those that stay and run is told by `foresightSummary`. Pure.
 * @param lab its name, with which the names of its containers begin
 */
export function nodeChangeTexts(
  operations: readonly PlanOperation[],
  lab: string,
  l10n: Localizer,
): readonly string[] {
  const whole = operations.filter(({ action }) => WHOLE.has(action.kind));
  const targets = [...new Set(whole.map(({ target }) => target))].sort();
  const changes = targets.flatMap((target) => {
    const node = target.startsWith(`${lab}-`) ? target.slice(lab.length + 1) : target;
    const own = whole.filter((operation) => operation.target === target);
    return [...handOver(own, l10n), becomes(own, l10n)].map((text): ContainerChange => ({
      node,
      becomes: text,
    }));
  });
  return grouped(changes, (change) => change.becomes).map(
    ([text, same]) =>
      `${nodesText(
        same.map(({ node }) => node),
        l10n,
      )}: ${text}`,
  );
}

function handOver(operations: readonly PlanOperation[], l10n: Localizer): readonly string[] {
  const relieved = operations.find(({ action }) => action.kind === 'relieve-node');
  return relieved ? [l10n.t('hands over first, because {0}', translate(relieved.cause, l10n))] : [];
}

function becomes(operations: readonly PlanOperation[], l10n: Localizer): string {
  const causeOf = (kind: Kind): string | undefined => {
    const found = operations.find(({ action }) => action.kind === kind);
    return found && translate(found.cause, l10n);
  };
  const [gone, stopped] = [causeOf('remove-container'), causeOf('stop-container')];
  if (causeOf('create-container') !== undefined) {
    return gone === undefined ? l10n.t('added') : l10n.t('made anew, because {0}', gone);
  }
  if (gone !== undefined) return l10n.t('removed, because {0}', gone);
  if (stopped === undefined) return l10n.t('started');
  return causeOf('start-container') === undefined
    ? l10n.t('stopped, because {0}', stopped)
    : l10n.t('stopped and started, because {0}', stopped);
}

/** Whether an operation is told by `nodeChangeTexts`, or by the effects on those that run. */
export function isOfNode({ step, action }: PlanOperation): boolean {
  return step === 'apply' || WHOLE.has(action.kind);
}
