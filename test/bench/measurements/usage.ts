import { setTimeout as sleep } from 'node:timers/promises';
import { connectDocker } from '../../../src/lab/docker/endpoint/connect';
import type { LabInfo } from '../../../src/lab/lab-service';
import type { ContainerUsage } from '../container-usage';
import { containerUsage, cpuPercent } from '../container-usage';
import type { Figure } from '../figure';
import type { WorkspaceFiles } from '../../../src/workspace/files/workspace-files';
import { sampleAs, whileObserved, wholeStack, withLab } from '../labs';
import type { BenchContext, Measurement } from '../measurement';

const WINDOW_MS = 60_000;
/** After the cluster is whole: autovacuum, checkpoints and Consul's reconciliation have calmed down. */
const SETTLE_MS = 30_000;

interface Looked {
  readonly nodes: readonly ContainerUsage[];
  /** The gateway, and machines outside the nodes. */
  readonly others: readonly ContainerUsage[];
}

/** What is deployed, and what is promised of it. */
interface Kind {
  readonly lab: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly files: (root: string, name: string) => Promise<WorkspaceFiles>;
  readonly bounds: { readonly memoryMb: number; readonly cpuPercent: number };
}

const CORE: Kind = {
  lab: 'bench-usage',
  prefix: '',
  suffix: '',
  files: (root, name) => sampleAs(root, name),
  bounds: { memoryMb: 500, cpuPercent: 35 },
};

const WHOLE: Kind = {
  lab: 'bench-whole-usage',
  prefix: 'whole.',
  suffix: ', whole stack',
  files: wholeStack,
  bounds: { memoryMb: 1400, cpuPercent: 60 },
};

/** Memory and processor time of an idle cluster, while nobody looks and while somebody watches it. */
export const usage: Measurement = {
  id: 'usage',
  title: 'Memory and processor of the idle cluster',
  measure: (context) => measureKind(context, CORE),
};

/** The same with all layers. */
export const wholeUsage: Measurement = {
  id: 'whole-usage',
  title: 'Memory and processor of the idle cluster: the whole stack',
  measure: (context) => measureKind(context, WHOLE),
};

async function measureKind(context: BenchContext, kind: Kind): Promise<readonly Figure[]> {
  const files = await kind.files(context.root, kind.lab);
  return withLab(context.labs, files, kind.lab, async (lab) => {
    const unobserved: number[] = [];
    const observed: number[] = [];
    const watcher: number[] = [];
    const memory: Looked[] = [];
    const look = await looker(lab);
    await whileObserved(context.labs, lab, async () => undefined);
    await sleep(context.quick ? 5000 : SETTLE_MS);
    for (let run = 0; run < context.runs; run += 1) {
      const idle = await overWindow(context, look);
      unobserved.push(idle.percent);
      memory.push(idle.after);
      const watched = await whileObserved(context.labs, lab, () => overWindow(context, look));
      observed.push(watched.percent);
      watcher.push(watched.ownPercent);
    }
    return [...memoryFigures(kind, memory), ...cpuFigures(kind, { unobserved, observed, watcher })];
  });
}

async function looker(lab: LabInfo): Promise<() => Promise<Looked>> {
  const { docker } = await connectDocker();
  const of = (nodes: boolean): Promise<ContainerUsage[]> =>
    Promise.all(
      lab.containers
        .filter(({ role }) => (role === 'node') === nodes)
        .map(({ id }) => containerUsage(docker, id)),
    );
  return async () => ({ nodes: await of(true), others: await of(false) });
}

interface Window {
  /** Percent of one core, all containers of the lab. */
  readonly percent: number;
  /** Percent of one core, this process. */
  readonly ownPercent: number;
  readonly after: Looked;
}

async function overWindow(context: BenchContext, look: () => Promise<Looked>): Promise<Window> {
  const before = await look();
  const own = process.cpuUsage();
  const started = performance.now();
  await sleep(context.quick ? 5000 : WINDOW_MS);
  const spent = process.cpuUsage(own);
  const elapsed = performance.now() - started;
  const after = await look();
  return {
    percent: cpuPercent([...before.nodes, ...before.others], [...after.nodes, ...after.others]),
    ownPercent: ((spent.user + spent.system) / 1000 / elapsed) * 100,
    after,
  };
}

const MB = 1e6;
const resident = (one: ContainerUsage): number => (one.anonymous + one.shared) / MB;

function memoryFigures({ prefix, suffix, bounds }: Kind, looks: readonly Looked[]): Figure[] {
  const runs = looks.map(({ nodes, others }) => [...nodes, ...others]);
  const sum = (run: readonly ContainerUsage[], key: 'anonymous' | 'shared' | 'mappedFiles'): number =>
    run.reduce((total, one) => total + one[key], 0) / MB;
  return [
    {
      id: `${prefix}memory.cluster`,
      title: `Memory, all containers${suffix}`,
      unit: 'MB',
      values: runs.map((run) => run.reduce((total, one) => total + resident(one), 0)),
      bound: bounds.memoryMb,
      phases: runs.map((run) => ({ anonymous: sum(run, 'anonymous'), 'shared memory': sum(run, 'shared') })),
      note:
        'what cannot be given back, by control group; program text mapped from files comes on top, ' +
        `shared among the nodes: ${sum(runs.at(-1) ?? [], 'mappedFiles').toFixed(0)} MB`,
    },
    {
      id: `${prefix}memory.node`,
      title: `Memory, largest container${suffix}`,
      unit: 'MB',
      values: runs.map((run) => Math.max(...run.map(resident))),
    },
  ];
}

function cpuFigures(
  { prefix, suffix, bounds }: Kind,
  percent: Readonly<Record<'unobserved' | 'observed' | 'watcher', number[]>>,
): Figure[] {
  return [
    {
      id: `${prefix}cpu.unobserved`,
      title: `Idle CPU, nobody looks${suffix}`,
      unit: '%',
      values: percent.unobserved,
      bound: bounds.cpuPercent,
    },
    {
      id: `${prefix}cpu.observed`,
      title: `Idle CPU, observed${suffix}`,
      unit: '%',
      values: percent.observed,
    },
    {
      id: `${prefix}cpu.observer`,
      title: `CPU of the observing process${suffix}`,
      unit: '%',
      values: percent.watcher,
    },
  ];
}
