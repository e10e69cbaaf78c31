import { expect, test } from 'vitest';
import { statusText } from '../../../src/presentation/status-text';
import { english, healthy, lab } from './support/lab';

const idle = new Map<string, string>();
const stale = '\nLast known state; show the topology to observe the lab.';

test.each([
  [
    'observed and healthy',
    [{ info: lab(), state: healthy() }],
    idle,
    true,
    '$(pass) HA Lab sample · leader node1 · VIP node1',
    'healthy',
    false,
  ],
  [
    'not observed: the same, marked as the last known state',
    [{ info: lab(), state: healthy() }],
    idle,
    false,
    '$(history) HA Lab sample · leader node1 · VIP node1',
    `healthy${stale}`,
    false,
  ],
  [
    'nothing known yet',
    [{ info: lab(), state: undefined }],
    idle,
    true,
    '$(warning) HA Lab sample · not known yet',
    'not known yet',
    false,
  ],
  [
    'stopped',
    [{ info: lab('sample', { phase: 'stopped' }), state: undefined }],
    idle,
    true,
    '$(error) HA Lab sample · stopped',
    'failed',
    true,
  ],
  [
    'deploying a lab that does not exist yet',
    [],
    new Map([['sample', 'Building the image']]),
    true,
    '$(loading~spin) HA Lab sample',
    'Building the image',
    false,
  ],
  [
    'several labs: the worst of them',
    [
      { info: lab('a'), state: healthy('a') },
      { info: lab('b'), state: undefined },
    ],
    idle,
    true,
    '$(warning) HA Lab: 2 labs, not known yet',
    'a: healthy\nb: not known yet',
    false,
  ],
] as const)('%s', (_, labs, busy, live, text, tooltip, alarming) => {
  expect(statusText(labs, busy, live, english)).toMatchObject({ text, tooltip, alarming });
});

test('no lab, nothing to do: no item', () => {
  expect(statusText([], idle, true, english)).toBeUndefined();
});
