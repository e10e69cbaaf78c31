import { expect, vi } from 'vitest';
import { runCli } from '../../../src/cli/run';
import { FakeWorld, settle } from './fake-context';
import { FakeLabs } from './fake-labs';
import { healthyState, labInfo } from './fixtures';

export function world(labs = [labInfo()], state = healthyState()): { world: FakeWorld; labs: FakeLabs } {
  const service = new FakeLabs(labs, state);
  return { world: new FakeWorld(service), labs: service };
}

export const run = (fake: FakeWorld, ...argv: string[]): Promise<number> =>
  runCli(fake.context, argv, '0.1.0');

/** Until the command has begun: from then on it listens to Ctrl-C. */
export const listening = async (fake: FakeWorld): Promise<void> => {
  await vi.waitFor(() => expect(fake.interrupts.size).toBe(1), { timeout: 10_000 });
  await settle();
};
