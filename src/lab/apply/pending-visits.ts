import { waitingProgram } from '../../services/effects';
import type { PendingProgram } from '../health/settings-in-force';
import type { VisitStep } from '../plan/effects/visits';

/** What is done in one node. */
export interface PendingVisit {
  readonly node: string;
  readonly steps: readonly VisitStep[];
  readonly cause: string;
}

/**
 * In what order programs are started anew that wait for it: those of followers first, the leader's last, after it handed
 * over. What is still pending after that can only be lowered on the leader first, so then it begins, in place. Pure.
 * @param leading nodes that hold a role at this moment
 * @param round how often it was tried before
 */
export function pendingVisits(
  pending: readonly PendingProgram[],
  leading: ReadonlySet<string>,
  round: number,
): readonly PendingVisit[] {
  const nodes = [...new Set(pending.map(({ node }) => node))];
  const leaders = nodes.filter((node) => leading.has(node));
  const followers = nodes.filter((node) => !leading.has(node));
  const inPlace = round > 0;
  const ordered = inPlace ? [...leaders, ...followers] : [...followers, ...leaders];
  return ordered.map((node) => {
    const own = pending.filter((one) => one.node === node);
    const roles = inPlace ? [] : own.flatMap(({ program }) => waitingProgram(program)?.handsOver ?? []);
    return {
      node,
      steps: [
        ...[...new Set(roles)].map((target): VisitStep => ({ verb: 'hand-over', target })),
        ...own.map(({ program }): VisitStep => ({ verb: 'restart', target: program })),
      ],
      cause: own.map(({ because }) => because).join('; '),
    };
  });
}
