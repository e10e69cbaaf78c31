import type { DeployResult, LabService } from '../../../src/lab/lab-service';
import type { Figure } from '../figure';
import { firstWrite } from '../first-write';
import { sampleAs } from '../labs';
import type { BenchContext, Measurement } from '../measurement';

const LAB = 'bench-lifecycle';

interface Round {
  readonly healthy: number;
  readonly firstWrite: number;
  readonly steps: Readonly<Record<string, number>>;
  readonly redeploy: number;
  readonly destroy: number;
}

/** Deploy with the image present, the same again without changes, and destroy. Seconds. */
export const lifecycle: Measurement = {
  id: 'lifecycle',
  title: 'Deploy, redeploy, destroy',
  async measure(context) {
    const rounds: Round[] = [];
    // The first deploy may have to build the image; it is not counted.
    await context.labs.deploy(await sampleAs(context.root, LAB));
    await context.labs.destroy(LAB);
    while (rounds.length < context.runs) rounds.push(await round(context));
    return figuresOf(rounds);
  },
};

async function round(context: BenchContext): Promise<Round> {
  const { labs, root } = context;
  const files = await sampleAs(root, LAB);
  try {
    const started = Date.now();
    const writing = new AbortController();
    const written = firstWrite(labs, LAB, writing.signal);
    const deployed = await labs.deploy(files).catch((error: unknown) => {
      writing.abort();
      throw error;
    });
    const healthy = Date.now() - started;
    const first = (await written) - started;
    const again = Date.now();
    const repeated = await labs.deploy(files);
    if (!repeated.unchanged) throw new Error('the second deploy changed something');
    const redeploy = Date.now() - again;
    const ending = Date.now();
    await labs.destroy(LAB);
    const destroy = Date.now() - ending;
    await expectNothingLeft(labs);
    context.log(
      `deploy ${healthy} ms, first write ${first} ms, redeploy ${redeploy} ms, destroy ${destroy} ms`,
    );
    return {
      healthy: healthy / 1000,
      firstWrite: first / 1000,
      steps: seconds(deployed.durations),
      redeploy: redeploy / 1000,
      destroy: destroy / 1000,
    };
  } catch (error) {
    await labs.destroy(LAB);
    throw error;
  }
}

function seconds(durations: DeployResult['durations']): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(durations).map(([step, ms]) => [step, (ms ?? 0) / 1000]));
}

async function expectNothingLeft(labs: LabService): Promise<void> {
  if ((await labs.list()).some((lab) => lab.name === LAB))
    throw new Error(`${LAB} is still there after destroy`);
}

function figuresOf(rounds: readonly Round[]): Figure[] {
  return [
    {
      id: 'deploy.healthy',
      title: 'Deploy until everything is healthy',
      unit: 's',
      values: rounds.map((one) => one.healthy),
      bound: 18,
      phases: rounds.map((one) => one.steps),
    },
    {
      id: 'deploy.first-write',
      title: 'Deploy until the first write through the VIP',
      unit: 's',
      values: rounds.map((one) => one.firstWrite),
      bound: 10,
    },
    {
      id: 'redeploy',
      title: 'Redeploy without changes',
      unit: 's',
      values: rounds.map((one) => one.redeploy),
      bound: 3,
    },
    { id: 'destroy', title: 'Destroy', unit: 's', values: rounds.map((one) => one.destroy), bound: 5 },
  ];
}
