/** Which nodes an action can be done to, as a list to choose from. Pure. */
import { translate } from '../../words/message';
import { machinesOf } from '../../cluster/machines';
import { atStake } from '../../observe/at-stake';
import { isLeading } from '../../services/core/live/health';
import type { ClusterState, ContainerState, NodeState } from '../../observe/state';
import type { NodeAction } from '../../lab/lab-service';
import { service as serviceOf } from '../../services/registry';
import { SWITCHOVERS } from '../../services/switchovers';
import { roleText } from '../words/health-text';
import type { Localizer } from '../words/localizer';
import type { LabSnapshot } from '../lab-snapshot';
import { workspaceAddress } from '../workspace-address';

export interface NodeChoice {
  readonly node: string;
  /** What it leads, then its address. */
  readonly description: string;
  /** What could be lost or stand still by it; empty for nothing. */
  readonly detail: string;
}

interface NodeNow {
  readonly container: ContainerState;
  readonly connected: boolean | undefined;
}

const FITS: Readonly<Record<NodeAction, (node: NodeNow) => boolean>> = {
  start: ({ container }) => container === 'stopped',
  stop: isThere,
  restart: isThere,
  kill: isThere,
  pause: ({ container }) => container === 'running',
  unpause: ({ container }) => container === 'paused',
  disconnect: ({ container, connected }) => container === 'running' && connected !== false,
  connect: ({ connected }) => connected === false,
};

const GIVES_BACK: ReadonlySet<NodeAction> = new Set(['start', 'unpause', 'connect']);

/** The nodes of a lab that the action makes sense for, those first that hold what can be handed over. */
export function nodeChoices(action: NodeAction, lab: LabSnapshot, l10n: Localizer): readonly NodeChoice[] {
  const { state, info } = lab;
  const choices = machinesOf(info.cluster).flatMap(({ name, address }) => {
    const observed = state?.nodes.find((candidate) => candidate.name === name);
    const container = info.containers.find((candidate) => candidate.node === name)?.state ?? 'missing';
    const now = { container: observed?.container ?? container, connected: observed?.connected };
    if (!FITS[action](now)) return [];
    const leads = observed ? leadText(observed, l10n) : [];
    const stakes = state && !GIVES_BACK.has(action) ? atStake({ node: name }, state, info.cluster) : [];
    const description = [...leads, workspaceAddress(info, address)].join(' · ');
    return [
      {
        choice: { node: name, description, detail: stakes.map((stake) => translate(stake, l10n)).join(' ') },
        leads: importance(name, state),
      },
    ];
  });
  return choices.sort((a, b) => b.leads - a.leads).map(({ choice }) => choice);
}

/** More for a node that holds a role people are offered earlier: the database before Redis. */
function importance(node: string, state: ClusterState | undefined): number {
  if (!state) return 0;
  const first = SWITCHOVERS.findIndex((role) => role.holder(state) === node);
  return first < 0 ? 0 : SWITCHOVERS.length - first;
}

/** What only one node may be, and this one is. */
function leadText(node: NodeState, l10n: Localizer): readonly string[] {
  return node.services.flatMap(({ service, role }) =>
    role !== undefined && isLeading(role) ? [`${serviceOf(service).title}: ${roleText(role, l10n)}`] : [],
  );
}

function isThere({ container }: NodeNow): boolean {
  return container === 'running' || container === 'paused';
}
