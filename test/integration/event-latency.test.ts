import { loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LabInfo } from '../../src/lab/lab-service';
import type { Observer } from '../../src/observe/observer';
import { benchLabs, sampleAs } from '../bench/labs';
import type { ChangeKind, LatencySample } from '../bench/latency/measure';
import { measureChange, warmUp } from '../bench/latency/measure';
import { Sources } from '../bench/latency/sources';
import { WatchOutput } from '../bench/latency/watch-output';
import { summarize } from '../bench/stats';
import { pace } from '../support/pace';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const labs = benchLabs(root);
const NAME = 'failover-latency';
const CHANGES = 10;
const BOUND_MS = 1000;

let lab: LabInfo;
let observer: Observer;
let sources: Sources;
let watch: WatchOutput;

beforeAll(async () => {
  lab = (await labs.deploy(await sampleAs(root, NAME))).lab;
  observer = await labs.observe(lab);
  // As a window that shows it would: watchers rest while nobody looks.
  observer.onState(() => undefined);
  sources = await Sources.open(labs, lab, root);
  watch = WatchOutput.open(root, NAME);
  await warmUp({ labs, lab, observer, sources, watch });
}, 600_000);

afterAll(async () => {
  await sources?.close();
  await watch?.close();
  await observer?.dispose();
  await labs.destroy(NAME);
}, 120_000);

describe('from the source knowing of a change to seeing it', () => {
  it.each<[string, ChangeKind]>([
    ['a stopped service', 'service'],
    ['a moved virtual address', 'vip'],
    ['a change of leader', 'leader'],
  ])(
    `%s is in the state and in gitlab-ha watch within ${BOUND_MS} ms (median of ${CHANGES})`,
    async (title, kind) => {
      const boundMs = BOUND_MS * (await pace());
      const samples: LatencySample[] = [];
      while (samples.length < CHANGES) {
        samples.push(await measureChange({ labs, lab, observer, sources, watch }, kind));
      }
      const state = summarize(samples.map((sample) => sample.state));
      const line = summarize(samples.map((sample) => sample.watch));
      const told = [state, line].map(({ median, min, max }) =>
        [median, min, max].map((value) => value.toFixed(0)).join('/'),
      );
      console.log(
        `${title}, ms (median/min/max): state ${told[0]}, watch ${told[1]} (load ${(loadavg()[0] ?? 0).toFixed(2)})`,
      );
      expect(state.median).toBeLessThanOrEqual(boundMs);
      expect(line.median).toBeLessThanOrEqual(boundMs);
      // Seen before the source knew would mean that the source's clock was read wrongly.
      expect(state.min).toBeGreaterThanOrEqual(-20);
      expect(line.min).toBeGreaterThanOrEqual(-20);
    },
    900_000,
  );
});
