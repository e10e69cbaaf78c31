import { verbatim } from '../../../src/words/message';
import { describe, expect, it, vi } from 'vitest';
import { EventHub } from '../../../src/features/events/event-hub';
import { logScope, servicesIn } from '../../../src/features/events/log-scope';
import type { LabEvent } from '../../../src/features/labs/lab-store';
import { Emitter } from '../../../src/features/common/emitter';
import type { Event } from '../../../src/observe/event';
import { labInfo } from '../cli/fixtures';

const event = (at: number, kind: Event['kind'], more: Partial<Event> = {}): Event => ({
  at,
  kind,
  text: verbatim(kind),
  ...more,
});

describe('the list of events', () => {
  it('takes what is told in its order, also while it is loading, and tells each change', async () => {
    const told = new Emitter<LabEvent>();
    const hub = new EventHub({ onDidTell: told.event });
    let changes = 0;
    hub.onDidChange(() => (changes += 1));
    expect(hub.events).toBeUndefined();
    for (const [at, kind] of [
      [1, 'order-given'],
      [2, 'node-down'],
      [3, 'node-up'],
    ] as const) {
      told.fire({ lab: 'sample', event: event(at, kind) });
    }
    await vi.waitFor(() => expect(hub.events?.groups[0]?.events).toHaveLength(3));
    expect(hub.events?.groups.map(({ events }) => events.map(({ at }) => at))).toEqual([[1, 2, 3]]);
    expect(changes).toBe(1);
    hub.clear();
    expect([hub.events?.groups, changes]).toEqual([[], 2]);
    hub.dispose();
    told.fire({ lab: 'sample', event: event(4, 'node-down') });
    await Promise.resolve();
    expect(hub.events?.groups).toEqual([]);
  });
});

describe('the log of an event', () => {
  const all = ['node1', 'node2', 'node3'];

  it.each<[string, Event, readonly string[], readonly string[], string]>([
    [
      'a service on a node',
      event(1, 'service-down', { node: 'node2', service: 'redis' }),
      all,
      ['node2'],
      'redis',
    ],
    [
      "a service's own kind",
      event(1, 'leader-changed', { node: 'node2', to: 'node2' }),
      all,
      ['node2'],
      'patroni',
    ],
    ['one without a node', event(1, 'sync-standby-changed'), all, all, 'patroni'],
    ['a whole node', event(1, 'node-up', { node: 'node1' }), all, ['node1'], 'all'],
    [
      'a node that is gone: the others',
      event(1, 'node-down', { node: 'node1' }),
      ['node2', 'node3'],
      ['node2', 'node3'],
      'all',
    ],
  ])('%s', (_case, told, running, nodes, services) => {
    expect(logScope(told, running)).toEqual({ nodes, services: services === 'all' ? 'all' : [services] });
  });

  it('is that of the services a node runs', () => {
    expect(servicesIn({ nodes: all, services: ['redis', 'gitaly'] }, labInfo(), 'node1')).toEqual(['redis']);
    expect(servicesIn({ nodes: all, services: 'all' }, labInfo(), 'node1')).toContain('haproxy');
  });
});
