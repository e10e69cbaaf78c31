import type { DeployResult, LabService } from '../../../src/lab/lab-service';
import type { Figure } from '../figure';
import type { WorkspaceFiles } from '../../../src/workspace/files/workspace-files';
import { firstPush } from '../first-push';
import { firstWrite } from '../first-write';
import { sampleAs, wholeStack } from '../labs';
import type { BenchContext, Measurement } from '../measurement';

/** What is deployed, and what is promised of it. Seconds. */
interface Kind {
  readonly lab: string;
  /** Before the ids of its figures. */
  readonly prefix: string;
  /** Behind their titles. */
  readonly suffix: string;
  readonly files: (root: string, name: string) => Promise<WorkspaceFiles>;
  readonly bounds: Readonly<Record<'healthy' | 'firstWrite' | 'redeploy' | 'destroy', number>>;
  /** Of the first push; absent where nobody can push. */
  readonly firstPush?: number;
}

const CORE: Kind = {
  lab: 'bench-lifecycle',
  prefix: '',
  suffix: '',
  files: (root, name) => sampleAs(root, name),
  bounds: { healthy: 18, firstWrite: 10, redeploy: 3, destroy: 5 },
};

const WHOLE: Kind = {
  lab: 'bench-whole',
  prefix: 'whole.',
  suffix: ', whole stack',
  files: wholeStack,
  bounds: { healthy: 20, firstWrite: 9, redeploy: 3, destroy: 5 },
  firstPush: 16,
};

interface Round {
  readonly healthy: number;
  readonly firstWrite: number;
  readonly firstPush?: number;
  readonly steps: Readonly<Record<string, number>>;
  readonly redeploy: number;
  readonly destroy: number;
}

/** Deploy with the image present, the same again without changes, and destroy: the layers without an application. */
export const lifecycle: Measurement = {
  id: 'lifecycle',
  title: 'Deploy, redeploy, destroy',
  measure: (context) => measureKind(context, CORE),
};

/** The same with all layers, and when the first push is taken. */
export const wholeLifecycle: Measurement = {
  id: 'whole-lifecycle',
  title: 'Deploy, redeploy, destroy: the whole stack',
  measure: (context) => measureKind(context, WHOLE),
};

async function measureKind(context: BenchContext, kind: Kind): Promise<readonly Figure[]> {
  const rounds: Round[] = [];
  // The first deploy may have to build the image; it is not counted.
  await context.labs.deploy(await kind.files(context.root, kind.lab));
  await context.labs.destroy(kind.lab);
  while (rounds.length < context.runs) rounds.push(await round(context, kind));
  return figuresOf(kind, rounds);
}

async function round(context: BenchContext, kind: Kind): Promise<Round> {
  const { labs, root } = context;
  const { lab } = kind;
  const files = await kind.files(root, lab);
  try {
    const started = Date.now();
    const clients = new AbortController();
    const written = firstWrite(labs, lab, clients.signal);
    const pushed = kind.firstPush === undefined ? undefined : firstPush(labs, lab, clients.signal);
    const deployed = await labs.deploy(files).catch((error: unknown) => {
      clients.abort();
      throw error;
    });
    const healthy = Date.now() - started;
    const first = (await written) - started;
    const push = pushed && (await pushed) - started;
    const again = Date.now();
    const repeated = await labs.deploy(files);
    if (!repeated.unchanged) throw new Error('the second deploy changed something');
    const redeploy = Date.now() - again;
    const ending = Date.now();
    await labs.destroy(lab);
    const destroy = Date.now() - ending;
    await expectNothingLeft(labs, lab);
    context.log(
      `deploy ${healthy} ms, first write ${first} ms, ${push === undefined ? '' : `first push ${push} ms, `}` +
        `redeploy ${redeploy} ms, destroy ${destroy} ms`,
    );
    return {
      healthy: healthy / 1000,
      firstWrite: first / 1000,
      ...(push === undefined ? {} : { firstPush: push / 1000 }),
      steps: seconds(deployed.durations),
      redeploy: redeploy / 1000,
      destroy: destroy / 1000,
    };
  } catch (error) {
    await labs.destroy(lab);
    throw error;
  }
}

function seconds(durations: DeployResult['durations']): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(durations).map(([step, ms]) => [step, (ms ?? 0) / 1000]));
}

async function expectNothingLeft(labs: LabService, lab: string): Promise<void> {
  if ((await labs.list()).some(({ name }) => name === lab))
    throw new Error(`${lab} is still there after destroy`);
}

function figuresOf(
  { prefix, suffix, bounds, firstPush: pushBound }: Kind,
  rounds: readonly Round[],
): Figure[] {
  return [
    {
      id: `${prefix}deploy.healthy`,
      title: `Deploy until everything is healthy${suffix}`,
      unit: 's',
      values: rounds.map((one) => one.healthy),
      bound: bounds.healthy,
      phases: rounds.map((one) => one.steps),
    },
    {
      id: `${prefix}deploy.first-write`,
      title: `Deploy until the first write through the VIP${suffix}`,
      unit: 's',
      values: rounds.map((one) => one.firstWrite),
      bound: bounds.firstWrite,
    },
    ...(pushBound === undefined ? [] : [firstPushFigure(prefix, suffix, rounds, pushBound)]),
    {
      id: `${prefix}redeploy`,
      title: `Redeploy without changes${suffix}`,
      unit: 's',
      values: rounds.map((one) => one.redeploy),
      bound: bounds.redeploy,
    },
    {
      id: `${prefix}destroy`,
      title: `Destroy${suffix}`,
      unit: 's',
      values: rounds.map((one) => one.destroy),
      bound: bounds.destroy,
    },
  ];
}

function firstPushFigure(prefix: string, suffix: string, rounds: readonly Round[], bound: number): Figure {
  return {
    id: `${prefix}deploy.first-push`,
    title: `Deploy until the first push is taken${suffix}`,
    unit: 's',
    values: rounds.flatMap(({ firstPush: one }) => one ?? []),
    bound,
  };
}
