import type { ClusterState } from '../../../src/observe/state';
import { AIM, frozen, killed, nodes } from '../soak/deeds';
import type { Aim, Deed } from '../soak/deeds';
import type { Journey } from './journeys';

/** Seconds a client may wait on a journey beyond what is usual; undefined where nothing is promised as long as the fault lasts. */
type Bounds = (journey: Journey) => number | undefined;

export interface JourneyFault {
  readonly id: string;
  readonly title: string;
  /** How often a whole run injects it. */
  readonly runs: number;
  /** Seconds until it is mended. */
  readonly holdS: number;
  readonly deed: Deed;
  readonly bounds: Bounds;
}

/** Where Praefect's elections are done in ten seconds, and what needs Git waits for them. */
const GIT: readonly Journey[] = ['commit over HTTP', 'commit over SSH', 'job'];
const STORED: readonly Journey[] = ['job', 'object'];

const every =
  (seconds: number): Bounds =>
  () =>
    seconds;
const only =
  (journeys: readonly Journey[], seconds: number | undefined, others = 2): Bounds =>
  (journey) =>
    journeys.includes(journey) ? seconds : others;

/** Jobs wait for the lease of a runner that is gone, five seconds, and for who looks for such every second. */
const jobs = (seconds: number): Bounds => only(['job'], seconds);

/** The storage that takes the writes of the first repository, as the node that has it. */
const gitalyPrimary: Aim = ({ git, nodes: all }) => {
  const number = /(\d+)$/.exec(git?.repositories?.listed?.[0]?.primary ?? '')?.[1];
  const node = all[Number(number) - 1]?.name;
  if (node === undefined) throw new Error('the state does not say who has the primary replica');
  return [node];
};

/** The node that leads most: database, cache, agreement, address, repositories. */
const leadsMost: Aim = (state) => {
  const leads = [AIM.leader, AIM.redisMaster, AIM.raftLeader, AIM.vipHolder, gitalyPrimary].flatMap((aim) =>
    aim(state),
  );
  const count = (name: string): number => leads.filter((leader) => leader === name).length;
  const [first] = [...state.nodes.map(({ name }) => name)].sort((one, other) => count(other) - count(one));
  return first === undefined ? [] : [first];
};

/** Every node that runs a service. */
const running =
  (id: string): Aim =>
  ({ nodes: all }) =>
    all.filter(({ services }) => services.some(({ service }) => service === id)).map(({ name }) => name);

/** A node that does not hold the virtual address: what is behind HAProxy is measured, not the address itself. */
const anyNode: Aim = (state: ClusterState) => {
  const holder = state.vip.holders[0];
  const { name } = state.nodes.find((node) => node.name !== holder) ?? { name: undefined };
  return name === undefined ? [] : [name];
};

/** A service stopped on a node, and started again. */
function stopped(aim: Aim, service: string): Deed {
  return async ({ lab, labs, state }) => {
    const aimed = aim(state);
    await Promise.all(aimed.map((node) => labs.service(lab.name, node, service, 'stop')));
    return () => Promise.all(aimed.map((node) => labs.service(lab.name, node, service, 'start')));
  };
}

const machine = (name: string): Aim => {
  return () => [name];
};
const STORE = machine('object-storage');

const PROGRAM = {
  gitaly: '^/opt/gitlab/embedded/bin/gitaly serve',
  praefect: '^/opt/gitlab/embedded/bin/praefect -config .* serve',
  puma: '^puma |^/usr/bin/ruby.* /usr/bin/puma',
  nginx: '^nginx: ',
  workhorse: '^/opt/gitlab/embedded/bin/gitlab-workhorse',
  sshd: '^/usr/bin/gitlab-sshd',
  sidekiq: '^sidekiq |^/usr/bin/ruby.* /usr/bin/sidekiq',
  redis: 'redis-server',
} as const;

/** No fault: what somebody waits on this machine anyway. */
export const NOTHING: JourneyFault = {
  id: 'nothing',
  title: 'none: usual on the machine',
  runs: 4,
  holdS: 5,
  deed: () => Promise.resolve(() => Promise.resolve()),
  bounds: () => undefined,
};

/** All of them, as often as a whole run injects them. */
export const JOURNEY_FAULTS: readonly JourneyFault[] = [
  NOTHING,
  {
    id: 'gitaly-killed',
    title: 'Gitaly of the primary killed',
    runs: 5,
    holdS: 2,
    deed: killed(gitalyPrimary, PROGRAM.gitaly),
    bounds: only(GIT, 12),
  },
  {
    id: 'gitaly-stopped',
    title: 'Gitaly of the primary stopped, 14 s',
    runs: 3,
    holdS: 14,
    deed: stopped(gitalyPrimary, 'gitaly'),
    bounds: only(GIT, 12),
  },
  {
    id: 'gitaly-frozen',
    title: 'Gitaly of the primary frozen, 14 s',
    runs: 3,
    holdS: 14,
    deed: frozen(gitalyPrimary, PROGRAM.gitaly),
    bounds: only(GIT, 12),
  },
  {
    id: 'praefect-killed',
    title: 'Praefect killed',
    runs: 4,
    holdS: 2,
    deed: killed(anyNode, PROGRAM.praefect),
    bounds: every(2),
  },
  {
    id: 'praefect-stopped',
    title: 'Praefect stopped, 5 s',
    runs: 3,
    holdS: 5,
    deed: stopped(anyNode, 'praefect'),
    bounds: every(2),
  },
  {
    id: 'puma-killed',
    title: 'Puma killed',
    runs: 4,
    holdS: 2,
    deed: killed(anyNode, PROGRAM.puma),
    bounds: every(2),
  },
  {
    id: 'puma-stopped',
    title: 'Puma stopped, 5 s',
    runs: 3,
    holdS: 5,
    deed: stopped(anyNode, 'puma'),
    bounds: every(2),
  },
  {
    id: 'nginx-stopped',
    title: 'nginx stopped, 5 s',
    runs: 4,
    holdS: 5,
    deed: stopped(anyNode, 'nginx'),
    bounds: every(2),
  },
  {
    id: 'nginx-killed',
    title: 'nginx killed',
    runs: 2,
    holdS: 2,
    deed: killed(anyNode, PROGRAM.nginx),
    bounds: every(2),
  },
  {
    id: 'workhorse-killed',
    title: 'Workhorse’s stand-in killed',
    runs: 3,
    holdS: 2,
    deed: killed(anyNode, PROGRAM.workhorse),
    bounds: every(2),
  },
  {
    id: 'workhorse-stopped',
    title: 'Workhorse’s stand-in stopped, 5 s',
    runs: 3,
    holdS: 5,
    deed: stopped(anyNode, 'gitlab-workhorse'),
    bounds: every(2),
  },
  {
    id: 'sshd-killed',
    title: 'gitlab-sshd killed',
    runs: 3,
    holdS: 2,
    deed: killed(anyNode, PROGRAM.sshd),
    bounds: every(2),
  },
  {
    id: 'sshd-stopped',
    title: 'gitlab-sshd stopped, 5 s',
    runs: 3,
    holdS: 5,
    deed: stopped(anyNode, 'gitlab-sshd'),
    bounds: every(2),
  },
  {
    id: 'sidekiq-killed',
    title: 'Sidekiq killed on one node, with jobs under way',
    runs: 3,
    holdS: 2,
    deed: killed(anyNode, PROGRAM.sidekiq),
    bounds: jobs(12),
  },
  {
    id: 'sidekiq-killed-all',
    title: 'Sidekiq killed on all nodes, with jobs under way',
    runs: 3,
    holdS: 2,
    deed: killed(running('sidekiq'), PROGRAM.sidekiq),
    bounds: jobs(12),
  },
  {
    id: 'redis-killed',
    title: 'Redis master killed',
    runs: 3,
    holdS: 3,
    deed: killed(AIM.redisMaster, PROGRAM.redis),
    bounds: only(GIT, 12),
  },
  {
    id: 'node-killed',
    title: 'node that leads most killed',
    runs: 4,
    holdS: 14,
    deed: nodes(leadsMost, 'kill', 'start'),
    bounds: every(12),
  },
  {
    id: 'node-frozen',
    title: 'node that leads most frozen, 14 s',
    runs: 3,
    holdS: 14,
    deed: nodes(leadsMost, 'pause', 'unpause'),
    bounds: every(12),
  },
  {
    id: 'node-cut',
    title: 'node that leads most cut off, 14 s',
    runs: 3,
    holdS: 14,
    deed: nodes(leadsMost, 'disconnect', 'connect'),
    bounds: every(12),
  },
  {
    id: 'store-killed',
    title: 'object store killed, 6 s',
    runs: 3,
    holdS: 6,
    deed: nodes(STORE, 'kill', 'start'),
    bounds: only(STORED, undefined),
  },
];
