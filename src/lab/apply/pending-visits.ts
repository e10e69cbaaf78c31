import { waitingProgram } from '../../services/effects';
import type { PendingProgram } from '../health/settings-in-force';
import { leadersLast } from '../plan/effects/visits';
import type { Leading, VisitStep } from '../plan/effects/visits';

/** What is done in one node. */
export interface PendingVisit {
  readonly node: string;
  readonly steps: readonly VisitStep[];
  readonly cause: string;
}

/**
 * In what order programs are started anew that wait for it: those of followers first, the leader's last, after it handed
 * over. What is still pending after that can only be lowered on the leader first, so then it begins, in place. Pure.
 * @param leading the services whose role each node holds at this moment
 * @param round how often it was tried before
 */
export function pendingVisits(
  pending: readonly PendingProgram[],
  leading: Leading,
  round: number,
): readonly PendingVisit[] {
  const inPlace = round > 0;
  return nodesInOrder(pending, leading, inPlace).map((node) => {
    const own = pending.filter((one) => one.node === node);
    const roles = inPlace ? [] : own.flatMap(rolesOf);
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

/** The leader last; where it begins, the same the other way round. Others keep their order. */
function nodesInOrder(
  pending: readonly PendingProgram[],
  leading: Leading,
  leaderFirst: boolean,
): readonly string[] {
  const names = [...new Set(pending.map(({ node }) => node))];
  const nodes = (leaderFirst ? names.toReversed() : names).map((node) => ({ node }));
  const ordered = leadersLast(nodes, leading, [new Set(pending.flatMap(rolesOf))]).map(({ node }) => node);
  return leaderFirst ? ordered.toReversed() : ordered;
}

function rolesOf({ program }: PendingProgram): readonly string[] {
  return waitingProgram(program)?.handsOver ?? [];
}
