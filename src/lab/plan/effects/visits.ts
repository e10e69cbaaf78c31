import { listed, say } from '../../../words/message';
import type { Message } from '../../../words/message';
import type { Need } from '../../../services/effects';
import type { NodeEffects, ProgramEffect } from './node-effects';

/** What a program of the node does there. */
export interface NodeStep {
  /** Remove: a file goes. */
  readonly verb: 'reload' | 'restart' | 'remove';
  /** The program; of a removal the file's path. */
  readonly target: string;
}

/** The role of a service leaves the node, where it is there. */
export interface HandOverStep {
  readonly verb: 'hand-over';
  /** The service. */
  readonly target: string;
  /** Nodes that were relieved of it before and go: where the heir can be chosen, it is none of them. */
  readonly notTo?: readonly string[];
}

/** One thing done in a node. */
export type VisitStep = NodeStep | HandOverStep;

/** What is done in one node before the next one's turn comes. */
export interface Visit {
  readonly container: string;
  readonly node: string;
  /** False when the node has its files from an earlier visit. */
  readonly fills: boolean;
  readonly steps: readonly VisitStep[];
  /** What it does and why, in words. */
  readonly cause: Message;
}

/**
 * In what order nodes take a change over: those without a role first, then those with a role that the change leaves
 * where it is, and last those that hand theirs over. What must be lowered on the leader before its followers is done in
 * further visits, in place. Pure.
 * @param effects of the nodes that change; none of them needs all nodes together
 * @param leading the services whose role each node holds at this moment
 */
export function visitsOf(effects: readonly NodeEffects[], leading: Leading): readonly Visit[] {
  const handedOver = new Set(effects.flatMap((effect) => rolesOf(followersFirst(effect))));
  const lowered = new Set(effects.flatMap((effect) => rolesOf(leaderFirst(effect))));
  const ordered = leadersLast(effects, leading, [handedOver, lowered]);
  // Who has handed a role over by then is its leader no more.
  const kept = [...lowered].filter((role) => !handedOver.has(role));
  const lowering = kept.length > 0 ? leadersLast(effects, leading, [new Set(kept)]).reverse() : ordered;
  return [
    ...ordered.map((effect) => firstVisit(effect)),
    ...lowering.flatMap((effect) => loweringVisit(effect)),
  ];
}

/** The services whose role (leader, master) each node holds, by node; nodes without one may be missing. */
export type Leading = ReadonlyMap<string, readonly string[]>;

/**
 * Nodes without a role first, then those with any, then those with one of the first set, of the second, and so on; else
 * in the order they come in.
 * @param decisive sets of services
 */
export function leadersLast<T extends { readonly node: string }>(
  nodes: readonly T[],
  leading: Leading,
  decisive: readonly ReadonlySet<string>[],
): T[] {
  const rank = ({ node }: T): number => {
    const roles = leading.get(node) ?? [];
    const last = decisive.findLastIndex((services) => roles.some((role) => services.has(role)));
    return roles.length === 0 ? 0 : last + 2;
  };
  return [...nodes].sort((one, other) => rank(one) - rank(other));
}

/** What is started anew on the followers first. */
function followersFirst({ programs }: Pick<NodeEffects, 'programs'>): readonly ProgramEffect[] {
  return programs.filter(({ need, leaderFirst, raises }) => need === 'restart' && (!leaderFirst || raises));
}

/** What is started anew on the leader first. */
function leaderFirst({ programs }: Pick<NodeEffects, 'programs'>): readonly ProgramEffect[] {
  return programs.filter((program) => program.need === 'restart' && program.leaderFirst);
}

function rolesOf(programs: readonly ProgramEffect[]): readonly string[] {
  return [...new Set(programs.flatMap(({ handsOver }) => handsOver))];
}

function firstVisit({ container, node, programs }: NodeEffects): Visit {
  const reloads = programs.filter(({ need }) => need === 'reload');
  const restarts = followersFirst({ programs });
  const handsOver = rolesOf(restarts);
  return {
    container,
    node,
    fills: true,
    steps: [
      ...reloads.map(({ program }): VisitStep => ({ verb: 'reload', target: program })),
      ...handsOver.map((target): VisitStep => ({ verb: 'hand-over', target })),
      ...restarts.map(({ program }): VisitStep => ({ verb: 'restart', target: program })),
    ],
    cause: causeOf([...reloads, ...restarts]),
  };
}

function loweringVisit({ container, node, programs }: NodeEffects): readonly Visit[] {
  const restarts = leaderFirst({ programs });
  if (restarts.length === 0) return [];
  const steps = restarts.map(({ program }): VisitStep => ({ verb: 'restart', target: program }));
  return [{ container, node, fills: false, steps, cause: causeOf(restarts) }];
}

/** "Patroni: reload; PostgreSQL: restart, because max_connections changes from 400 to 300". */
function causeOf(programs: readonly ProgramEffect[]): Message {
  if (programs.length === 0) return say('its files changed, and no running program reads them');
  return listed(
    programs.map(({ title, need, because }) =>
      say('{0}: {1}, because {2}', title, needWord(need), listed(because)),
    ),
    '; ',
  );
}

function needWord(need: Need): Message {
  switch (need) {
    case 'nothing':
      return say('nothing');
    case 'reload':
      return say('reload');
    case 'restart':
      return say('restart');
    case 'together':
      return say('together');
  }
}
