import type { Message } from '../../words/message';
import type { DeployPreview } from '../../lab/lab-service';
import type { PlanOperation } from '../../lab/plan/operations';
import { switchoverOf } from '../../services/switchovers';
import type { FileDiff, NodeEffects, ProgramEffect } from '../../lab/plan/effects/node-effects';

/** What happens to a program, in the words people know; failover: it is started anew where it leads. */
export type EffectKind = 'nothing' | 'reload' | 'restart' | 'failover' | 'all at once';

/** One program on one node. */
export interface ForeseenProgram {
  readonly program: string;
  readonly title: string | Message;
  readonly kind: EffectKind;
  readonly because: readonly Message[];
}

/** Nodes to which the same happens. */
export interface ForeseenNodes {
  readonly nodes: readonly string[];
  readonly files: readonly FileDiff[];
  readonly programs: readonly ForeseenProgram[];
}

/** What a deployment does to a running lab, as people are told it before. */
export interface Foresight {
  readonly groups: readonly ForeseenNodes[];
  /** In the order in which they are visited. */
  readonly order: readonly string[];
  /** True when all nodes are stopped and started together. */
  readonly together: boolean;
  /** Nodes that are stopped and started as a whole before the others have their turn. */
  readonly alone: readonly string[];
  /** Seconds without an acknowledged write that are to be expected at most. */
  readonly seconds: number;
}

type Foreseen = Pick<DeployPreview, 'effects' | 'leading' | 'operations'>;

/** Seconds until a lab whose nodes were all started can be written to again. */
const TOGETHER_SECONDS = 20;

/** Settings and variables as the lab itself keeps them: they say once more what the other files say. */
const REPEATS = /\/(lab-settings\.json|lab\.env)$/;

/** Puts together what happens to whom. Pure. */
export function foresightOf({ effects, leading, operations }: Foreseen): Foresight {
  const visited = operations.filter(visitsNode).map(({ target }) => target);
  const nodeOf = new Map(effects.map(({ container, node }) => [container, node]));
  const down = nodesGoingDown(operations);
  const together = down.size > 1 && visited.length === 0;
  const least = together ? TOGETHER_SECONDS : 0;
  return {
    groups: grouped(effects, leading, { together, down }),
    order: [...new Set(visited)].map((container) => nodeOf.get(container) ?? container),
    together,
    alone: together ? [] : [...down],
    seconds: Math.max(
      least,
      ...effects.flatMap((one) => one.programs.map((program) => secondsOf(program))),
      ...operations.flatMap((one) => handOverSeconds(one, leading)),
    ),
  };
}

/** True when a node that runs takes its change over. */
function visitsNode({ action }: PlanOperation): boolean {
  return (
    (action.kind === 'apply-container' || action.kind === 'settle-container') &&
    action.container.role === 'node'
  );
}

/**
 * Nodes that are at work and are stopped, or removed and made anew, and started. One that is paused or cut from the network
 * serves nobody, and nobody misses it while it gets its files.
 */
function nodesGoingDown(operations: Foreseen['operations']): ReadonlySet<string> {
  const targetsOf = (...kinds: readonly string[]): ReadonlySet<string> =>
    new Set(operations.flatMap(({ target, action }) => (kinds.includes(action.kind) ? [target] : [])));
  const idle = targetsOf('unpause-container', 'attach-container');
  const down = targetsOf('stop-container', 'remove-container');
  return new Set(
    operations.flatMap(({ target, action }) =>
      action.kind === 'start-container' &&
      action.container.role === 'node' &&
      down.has(target) &&
      !idle.has(target)
        ? [action.container.node]
        : [],
    ),
  );
}

/** Which nodes go down with all their programs. */
interface Stops {
  readonly together: boolean;
  readonly down: ReadonlySet<string>;
}

/** What happens to one program on a node. @param roles services whose role the node holds @param stops of the node itself */
export function kindOf(
  { need, handsOver }: ProgramEffect,
  roles: readonly string[],
  stops: 'together' | 'alone' | 'no',
): EffectKind {
  if (need === 'together' || (stops === 'together' && need !== 'nothing')) return 'all at once';
  if (need !== 'restart' && (stops === 'no' || need === 'nothing')) return need;
  return handsOver.some((service) => roles.includes(service)) ? 'failover' : 'restart';
}

function secondsOf({ need, seconds }: ProgramEffect): number {
  return need === 'nothing' ? 0 : seconds;
}

/** Of each role that a node hands over because it goes. */
function handOverSeconds({ action }: PlanOperation, leading: Foreseen['leading']): readonly number[] {
  if (action.kind !== 'relieve-node') return [];
  return (leading.get(action.node) ?? []).map((service) => switchoverOf(service)?.seconds ?? 0);
}

function grouped(
  effects: readonly NodeEffects[],
  leading: Foreseen['leading'],
  { together, down }: Stops,
): readonly ForeseenNodes[] {
  const groups = new Map<string, ForeseenNodes>();
  for (const { node, files, programs } of effects) {
    const roles = leading.get(node) ?? [];
    const stops = together ? 'together' : down.has(node) ? 'alone' : 'no';
    const same = {
      files: files.filter(({ path }) => !REPEATS.test(path)),
      programs: programs.map((program) => ({
        program: program.program,
        title: program.title,
        kind: kindOf(program, programs.some((one) => one.leaderFirst && !one.raises) ? [] : roles, stops),
        because: program.because,
      })),
    };
    const key = JSON.stringify(same);
    groups.set(key, { nodes: [...(groups.get(key)?.nodes ?? []), node], ...same });
  }
  return [...groups.values()];
}
