import type { Figure } from '../figure';
import { whileObserved, withSampleLab } from '../labs';
import type { ChangeKind, LatencySample } from '../latency/measure';
import { measureChange, warmUp } from '../latency/measure';
import { Sources } from '../latency/sources';
import { WatchOutput } from '../latency/watch-output';
import type { BenchContext, Measurement } from '../measurement';

const CHANGES_PER_KIND = 10;
const TITLES: Readonly<Record<ChangeKind, string>> = {
  leader: 'leader changed',
  service: 'service stopped',
  vip: 'VIP moved',
};

/** How long the observer and `gitlab-ha watch` need from the source knowing of a change. */
export const eventLatency: Measurement = {
  id: 'event-latency',
  title: 'From the source knowing a change to seeing it',
  measure: (context) =>
    withSampleLab(context.labs, context.root, 'bench-latency', (lab) =>
      whileObserved(context.labs, lab, async (observer) => {
        const sources = await Sources.open(context.labs, lab, context.root);
        const watch = WatchOutput.open(context.root, lab.name);
        try {
          const parts = { labs: context.labs, lab, observer, sources, watch };
          await warmUp(parts);
          const figures: Figure[] = [];
          for (const kind of ['service', 'vip', 'leader'] as const) {
            const samples = await repeated(context, () => measureChange(parts, kind));
            figures.push(...figuresOf(kind, samples));
          }
          return figures;
        } finally {
          await sources.close();
          await watch.close();
        }
      }),
    ),
};

async function repeated(
  context: BenchContext,
  once: () => Promise<LatencySample>,
): Promise<readonly LatencySample[]> {
  const samples: LatencySample[] = [];
  const count = context.quick ? 2 : Math.max(CHANGES_PER_KIND, context.runs);
  while (samples.length < count) samples.push(await once());
  return samples;
}

function figuresOf(kind: ChangeKind, samples: readonly LatencySample[]): Figure[] {
  return [
    {
      id: `latency.${kind}.state`,
      title: `${TITLES[kind]} → state`,
      unit: 'ms',
      values: samples.map(({ state }) => state),
      bound: 1000,
    },
    {
      id: `latency.${kind}.watch`,
      title: `${TITLES[kind]} → gitlab-ha watch`,
      unit: 'ms',
      values: samples.map(({ watch }) => watch),
      bound: 1000,
    },
  ];
}
