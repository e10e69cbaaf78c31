import { describe, expect, it } from 'vitest';
import { seenOn } from '../../../src/services/core/live/fact';
import { DISK_FULL } from '../../../src/services/core/live/view';
import { after, said, saw, services } from './healthy';

const down = services({ patroni: { state: 'down', pid: 0, wanted: 'up' } });
const ofCrashed = (full: boolean): string =>
  said(
    after([seenOn(DISK_FULL, 'node1', 2000, full), saw.processes(2000, 'node1', down)]).state,
    'node1',
    'patroni',
  );

describe('a node whose disk is full', () => {
  it('says so of a service that is not well: the program itself cannot write why', () => {
    const [, why] = /^\w+: (.*)$/.exec(ofCrashed(false)) ?? [];
    expect(why).toBeTruthy();
    expect(ofCrashed(true)).toBe(`failed: the disk is full (${why})`);
  });

  it('says nothing of a service that is well', () => {
    const { state } = after([seenOn(DISK_FULL, 'node1', 2000, true)]);
    expect(said(state, 'node1', 'redis')).toBe(said(after([]).state, 'node1', 'redis'));
  });
});
