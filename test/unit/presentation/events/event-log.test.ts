import { verbatim } from '../../../../src/words/message';
import { describe, expect, it } from 'vitest';
import type { Event, EventKind } from '../../../../src/observe/event';
import { addEvent, NO_EVENTS } from '../../../../src/presentation/events/event-log';
import type { EventLog } from '../../../../src/presentation/events/event-log';
import { eventRows } from '../../../../src/presentation/events/event-rows';
import { holderTitles } from '../../../../src/presentation/events/holder-titles';
import type { EventRow } from '../../../../src/presentation/events/event-rows';
import { english } from '../support/lab';

const T0 = new Date(2026, 10, 28, 14, 3, 7).getTime();

const ONE_LAB = { severalLabs: false, holderTitles: holderTitles() };

type Told = readonly [seconds: number, kind: EventKind, text: string, more?: Partial<Event>];

function logOf(...told: readonly Told[]): EventLog {
  return told.reduce(
    (log, [seconds, kind, text, more]) =>
      addEvent(log, 'sample', { at: T0 + seconds * 1000, kind, text: verbatim(text), ...more }),
    NO_EVENTS,
  );
}

/** As a person sees it: one line per row, indented. */
function picture(rows: readonly EventRow[], depth = 0): readonly string[] {
  return rows.flatMap(({ label, description, tone, children }) => [
    `${'  '.repeat(depth)}${label} | ${description} (${tone})`,
    ...picture(children, depth + 1),
  ]);
}

const shown = (...told: readonly Told[]) => picture(eventRows(logOf(...told), ONE_LAB, english));

const KILL: readonly Told[] = [
  [0, 'fault-injected', 'Kill node1', { node: 'node1' }],
  [2.2, 'node-down', 'node1 is stopped', { node: 'node1' }],
  [3.1, 'leader-changed', 'No database leader since node1 gave it up or was lost', { from: 'node1' }],
  [3.8, 'vip-moved', 'Holder of the VIP moved from node1 to node2', { from: 'node1', to: 'node2' }],
  [5.7, 'leader-changed', 'Database leader moved from node1 to node2', { from: 'node1', to: 'node2' }],
  [7.9, 'sync-standby-changed', 'Synchronous standby is node3'],
  [6.5, 'writes-again', 'Writes to PostgreSQL are acknowledged again', { since: T0 }],
  [8, 'writes-went-on', 'Writes to Redis went on', { since: T0 }],
];

describe('a fault and what follows from it', () => {
  it('is one group with the time of each event since the order, and the outage', () => {
    expect(shown(...KILL)).toEqual([
      'Kill node1 | outage 6.5 s · 14:03:07 (warning)',
      '  2.2 s | node1 is stopped (bad)',
      '  3.1 s | database leader: node1 → – (quiet)',
      '  3.8 s | holder of the VIP: node1 → node2 (quiet)',
      '  5.7 s | database leader: node1 → node2 (quiet)',
      '  6.5 s | Writes to PostgreSQL are acknowledged again (good)',
      '  7.9 s | Synchronous standby is node3 (quiet)',
      '  8.0 s | Writes to Redis went on (good)',
    ]);
  });

  it('stands below what came after it, which is open while the older ones are not', () => {
    const rows = eventRows(
      logOf(
        ...KILL,
        [60, 'order-given', 'Start node1', { node: 'node1' }],
        [61, 'node-up', 'node1 runs again', { node: 'node1' }],
        [61.5, 'fault-healed', 'Start node1: done', { node: 'node1' }],
        [85.5, 'cluster-whole', 'The cluster is whole'],
      ),
      ONE_LAB,
      english,
    );
    expect(rows.map(({ label, description, expanded }) => [label, description, expanded])).toEqual([
      ['Start node1', 'whole after 25.5 s · 14:04:07', true],
      ['Kill node1', 'outage 6.5 s · 14:03:07', false],
    ]);
  });

  it.each<[string, readonly Told[], string]>([
    [
      'nobody noticed',
      [[4, 'writes-went-on', 'Writes to Redis went on', { since: T0 }]],
      'no outage · 14:03:07',
    ],
    [
      'nobody is served again',
      [[60, 'writes-missing', 'No write', { since: T0 }]],
      'writes missing · 14:03:07',
    ],
    ['nothing was measured', [[1, 'node-down', 'node1 is stopped']], '14:03:07'],
    [
      'the longest outage counts',
      [
        [3, 'writes-again', 'Redis', { since: T0 }],
        [6.5, 'writes-again', 'PostgreSQL', { since: T0 }],
      ],
      'outage 6.5 s · 14:03:07',
    ],
  ])('says when %s', (_case, told, description) => {
    const [row] = eventRows(logOf([0, 'fault-injected', 'Kill node1'], ...told), ONE_LAB, english);
    expect(row?.description).toBe(description);
  });

  it('keeps what clients felt of it, also when something else was done meanwhile', () => {
    expect(
      shown(
        [0, 'fault-injected', 'Kill node1'],
        [3, 'order-given', 'Start node1'],
        [6.5, 'writes-again', 'Writes to PostgreSQL are acknowledged again', { since: T0 }],
      ),
    ).toEqual([
      'Start node1 | 14:03:10 (quiet)',
      'Kill node1 | outage 6.5 s · 14:03:07 (warning)',
      '  6.5 s | Writes to PostgreSQL are acknowledged again (good)',
    ]);
  });
});

describe('what happens by itself', () => {
  it('is one row while it is alone', () => {
    expect(shown([0, 'consul-leader-changed', 'Consul leader moved from node1 to node2'])).toEqual([
      'Consul leader moved from node1 to node2 | 14:03:07 (quiet)',
    ]);
  });

  it('is a group with what follows within half a minute, and the next one after that', () => {
    expect(
      shown(
        [0, 'node-down', 'node1 is stopped'],
        [5, 'leader-changed', 'Database leader moved from node1 to node2'],
        [36, 'node-up', 'node1 runs again'],
      ),
    ).toEqual([
      'node1 runs again | 14:03:43 (quiet)',
      'node1 is stopped | 14:03:07 (quiet)',
      '  0.0 s | node1 is stopped (bad)',
      '  5.0 s | Database leader moved from node1 to node2 (quiet)',
    ]);
  });

  it('has another cause than a fault from which the cluster is whole again', () => {
    const log = logOf(
      [0, 'fault-injected', 'Kill node1'],
      [9, 'cluster-whole', 'The cluster is whole'],
      [20, 'consul-leader-changed', 'Consul leader moved from node1 to node2'],
    );
    expect(log.groups.map(({ cause, title }) => [cause, title])).toEqual([
      ['fault', 'Kill node1'],
      ['unprompted', 'Consul leader moved from node1 to node2'],
    ]);
  });
});

describe('the list', () => {
  it('leaves out what is about our own eyes', () => {
    expect(logOf([0, 'source-lost', 'Source consul is lost'])).toBe(NO_EVENTS);
  });

  it('tells labs apart, and names them where there are several', () => {
    const first = addEvent(NO_EVENTS, 'one', {
      at: T0,
      kind: 'node-down',
      text: verbatim('node1 is stopped'),
    });
    const both = addEvent(first, 'two', {
      at: T0 + 1,
      kind: 'node-down',
      text: verbatim('node1 is stopped'),
    });
    expect(
      eventRows(both, { ...ONE_LAB, severalLabs: true }, english).map(({ description }) => description),
    ).toEqual(['14:03:07 · two', '14:03:07 · one']);
  });

  it('is bounded: 50 groups, 100 events each, ids never used twice', () => {
    const many = Array.from({ length: 60 }, (_, index): Told => [
      index * 100,
      'order-given',
      `Order ${index}`,
    ]);
    const log = logOf(...many);
    expect([log.groups.length, log.groups[0]?.title, log.groups[0]?.id, log.nextId]).toEqual([
      50,
      'Order 10',
      11,
      61,
    ]);
    const events = Array.from({ length: 150 }, (_, index): Told => [
      index / 10,
      'service-up',
      `Event ${index}`,
    ]);
    const [group] = logOf([0, 'order-given', 'Restart node1'], ...events).groups;
    expect([group?.events.length, group?.events[0]?.text, group?.events.at(-1)?.text]).toEqual([
      100,
      'Restart node1',
      'Event 149',
    ]);
  });
});
