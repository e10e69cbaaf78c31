import type { LabInfo, LabService, NodeAction } from '../../../src/lab/lab-service';
import type { ClusterState } from '../../../src/observe/state';

/** What a fault of the soak works on. */
export interface SoakContext {
  readonly lab: LabInfo;
  readonly labs: LabService;
  /** At the moment the fault begins: the cluster is whole. */
  readonly state: ClusterState;
}

/** Breaks the cluster and hands back what mends it again. */
export type Deed = (context: SoakContext) => Promise<() => Promise<unknown>>;

/** Which nodes a fault is aimed at. */
export type Aim = (state: ClusterState) => readonly string[];

const some = (...names: readonly (string | undefined)[]): readonly string[] => {
  const known = names.filter((name) => name !== undefined);
  if (known.length !== names.length) throw new Error('the state does not say who is aimed at');
  return [...new Set(known)];
};

export const AIM = {
  all: ({ nodes }) => nodes.map(({ name }) => name),
  leader: ({ database }) => some(database.leader),
  syncStandby: ({ database }) => some(database.syncStandby[0]),
  leaderAndSync: ({ database }) => some(database.leader, database.syncStandby[0]),
  leaderAndAsync: ({ database, nodes }) =>
    some(
      database.leader,
      nodes
        .map(({ name }) => name)
        .find((name) => ![database.leader, ...database.syncStandby].includes(name)),
    ),
  raftLeader: ({ consul }) => some(consul.leader),
  redisMaster: ({ redis }) => some(redis.master),
  vipHolder: ({ vip }) => some(vip.holders[0]),
} as const satisfies Readonly<Record<string, Aim>>;

const nothing = (): Promise<void> => Promise.resolve();

async function inNode({ lab, labs }: SoakContext, node: string, command: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await (await labs.transport(lab.name, node)).exec(command);
  if (exitCode !== 0) throw new Error(`${command.join(' ')} on ${node}: ${exitCode} ${stderr}`);
}

/** Orders to whole nodes at once. @param back what mends them; nothing when they come back by themselves */
export function nodes(aim: Aim, order: NodeAction, back?: NodeAction): Deed {
  return async ({ lab, labs, state }) => {
    const aimed = aim(state);
    await Promise.all(aimed.map((node) => labs.node(lab.name, node, order)));
    if (back === undefined) return nothing;
    return () => Promise.all(aimed.map((node) => labs.node(lab.name, node, back)));
  };
}

/** Kills programs; their supervisor starts them again. @param pattern of their command lines */
export function killed(aim: Aim, pattern: string): Deed {
  return async (context) => {
    await Promise.all(
      aim(context.state).map((node) => inNode(context, node, ['pkill', '-KILL', '-f', pattern])),
    );
    return nothing;
  };
}

/** Freezes programs until they are thawed. @param pattern of their command lines */
export function frozen(aim: Aim, pattern: string): Deed {
  return async (context) => {
    const aimed = aim(context.state);
    const tell = (signal: string): Promise<unknown> =>
      Promise.all(aimed.map((node) => inNode(context, node, ['pkill', signal, '-f', pattern])));
    await tell('-STOP');
    return () => tell('-CONT');
  };
}

/** Packets that get lost on a node: coming in, going out, or both. @param from whose; all other nodes when absent */
export function deafened(
  aim: Aim,
  directions: readonly ('INPUT' | 'OUTPUT')[],
  from?: (state: ClusterState) => readonly string[],
): Deed {
  return async (context) => {
    const { lab, state } = context;
    const aimed = aim(state);
    const addressOf = (name: string): string =>
      lab.cluster.nodes.find((node) => node.name === name)?.address ?? '';
    const rules = aimed.flatMap((node) =>
      (from ?? AIM.all)(state)
        .filter((other) => other !== node)
        .flatMap((other) =>
          directions.map((chain) => ({
            node,
            rule: [chain, chain === 'INPUT' ? '-s' : '-d', addressOf(other), '-j', 'DROP'],
          })),
        ),
    );
    const tell = async (flag: '-A' | '-D'): Promise<void> => {
      for (const { node, rule } of rules) await inNode(context, node, ['iptables', '-w', flag, ...rule]);
    };
    await tell('-A');
    return () => tell('-D');
  };
}

/** Several deeds as one; mended in the same order. */
export function together(...deeds: readonly Deed[]): Deed {
  return async (context) => {
    const mends: (() => Promise<unknown>)[] = [];
    for (const deed of deeds) mends.push(await deed(context));
    return async () => {
      for (const mend of mends) await mend();
    };
  };
}
