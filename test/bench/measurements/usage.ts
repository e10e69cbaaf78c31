import { setTimeout as sleep } from 'node:timers/promises';
import { connectDocker } from '../../../src/lab/docker/endpoint/connect';
import type { LabInfo } from '../../../src/lab/lab-service';
import type { ContainerUsage } from '../container-usage';
import { containerUsage, cpuPercent } from '../container-usage';
import type { Figure } from '../figure';
import { whileObserved, withSampleLab } from '../labs';
import type { BenchContext, Measurement } from '../measurement';

const WINDOW_MS = 60_000;
/** After the cluster is whole: autovacuum, checkpoints and Consul's reconciliation have calmed down. */
const SETTLE_MS = 30_000;

interface Looked {
  readonly nodes: readonly ContainerUsage[];
  readonly gateway: readonly ContainerUsage[];
}

/** Memory and processor time of an idle cluster, while nobody looks and while somebody watches it. */
export const usage: Measurement = {
  id: 'usage',
  title: 'Memory and processor of the idle cluster',
  measure: (context) =>
    withSampleLab(context.labs, context.root, 'bench-usage', async (lab) => {
      const unobserved: number[] = [];
      const observed: number[] = [];
      const watcher: number[] = [];
      const memory: ContainerUsage[][] = [];
      const look = await looker(lab);
      await whileObserved(context.labs, lab, async () => undefined);
      await sleep(context.quick ? 5000 : SETTLE_MS);
      for (let run = 0; run < context.runs; run += 1) {
        const idle = await overWindow(context, look);
        unobserved.push(idle.percent);
        memory.push([...idle.after.nodes]);
        const watched = await whileObserved(context.labs, lab, () => overWindow(context, look));
        observed.push(watched.percent);
        watcher.push(watched.ownPercent);
      }
      return [...memoryFigures(memory), ...cpuFigures({ unobserved, observed, watcher })];
    }),
};

async function looker(lab: LabInfo): Promise<() => Promise<Looked>> {
  const { docker } = await connectDocker();
  const of = (role: 'node' | 'gateway'): Promise<ContainerUsage[]> =>
    Promise.all(
      lab.containers.filter((one) => one.role === role).map(({ id }) => containerUsage(docker, id)),
    );
  return async () => ({ nodes: await of('node'), gateway: await of('gateway') });
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
    percent: cpuPercent([...before.nodes, ...before.gateway], [...after.nodes, ...after.gateway]),
    ownPercent: ((spent.user + spent.system) / 1000 / elapsed) * 100,
    after,
  };
}

const MB = 1e6;
const resident = (one: ContainerUsage): number => (one.anonymous + one.shared) / MB;

function memoryFigures(runs: readonly (readonly ContainerUsage[])[]): Figure[] {
  const sum = (run: readonly ContainerUsage[], key: 'anonymous' | 'shared' | 'mappedFiles'): number =>
    run.reduce((total, one) => total + one[key], 0) / MB;
  return [
    {
      id: 'memory.cluster',
      title: 'Memory, three nodes',
      unit: 'MB',
      values: runs.map((run) => run.reduce((total, one) => total + resident(one), 0)),
      bound: 500,
      phases: runs.map((run) => ({ anonymous: sum(run, 'anonymous'), 'shared memory': sum(run, 'shared') })),
      note:
        'what cannot be given back, by control group; program text mapped from files comes on top, ' +
        `shared among the nodes: ${sum(runs.at(-1) ?? [], 'mappedFiles').toFixed(0)} MB`,
    },
    {
      id: 'memory.node',
      title: 'Memory, largest node',
      unit: 'MB',
      values: runs.map((run) => Math.max(...run.map(resident))),
    },
  ];
}

function cpuFigures(percent: Readonly<Record<'unobserved' | 'observed' | 'watcher', number[]>>): Figure[] {
  return [
    {
      id: 'cpu.unobserved',
      title: 'Idle CPU, nobody looks',
      unit: '%',
      values: percent.unobserved,
      bound: 35,
    },
    { id: 'cpu.observed', title: 'Idle CPU, observed', unit: '%', values: percent.observed },
    { id: 'cpu.observer', title: 'CPU of the observing process', unit: '%', values: percent.watcher },
  ];
}
