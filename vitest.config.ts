import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const integration = (file: string): string => `test/integration/${file}.test.ts`;

/** These measure how fast something is, or watch for a second and less what happens: they have the machine to themselves. */
const ALONE = ['changes', 'durations', 'engine-cancel', 'event-latency', 'failover', 'git', 'observe'].map(
  integration,
);

/** Files that take longest although they are short: begun first, they do not keep one processor waiting at the end. */
const LONGEST = ['engine-kill', 'cli', 'redeploy', 'engine'].map(integration);

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const found = LONGEST.findIndex((file) => moduleId.endsWith(file));
      return found < 0 ? LONGEST.length : found;
    };
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}

const TIMEOUTS = { testTimeout: 240_000, hookTimeout: 300_000 };

const E2E = {
  include: ['test/e2e/**/*.test.ts'],
  globalSetup: ['test/e2e/support/install-once.ts'],
  testTimeout: 600_000,
  hookTimeout: 600_000,
  // A window beside another one on a busy machine shows what it is asked for later than in a second.
  expect: { poll: { timeout: 120_000 } },
};

/** The one measures for how long a change keeps writes waiting; the other takes the whole machine while it starts. */
const E2E_ALONE = ['test/e2e/own-cluster.test.ts', 'test/e2e/whole-stack.test.ts'];

/** Three kinds of tests: pure (unit), against a real Docker engine (integration), in a real VS Code (e2e). */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          setupFiles: ['test/support/messages.ts'],
          include: ['test/unit/**/*.test.ts'],
          testTimeout: 30_000,
          // Loading the product anew for every file would take as long as many of the tests.
          isolate: false,
          // Vitest would leave one processor to itself.
          maxWorkers: availableParallelism(),
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'integration',
          setupFiles: ['test/support/messages.ts'],
          include: [integration('*'), integration('members/*')],
          exclude: [...configDefaults.exclude, ...ALONE],
          ...TIMEOUTS,
          // Labs mostly wait: for leaders, for replicas, for a node that stops.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'integration-alone',
          setupFiles: ['test/support/messages.ts'],
          include: ALONE,
          ...TIMEOUTS,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'e2e',
          ...E2E,
          exclude: [...configDefaults.exclude, ...E2E_ALONE],
          // A window is drawn by the processor, and a lab behind it that gets none fails over as if nodes were lost.
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: {
          name: 'e2e-alone',
          ...E2E,
          include: E2E_ALONE,
          fileParallelism: false,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
});
