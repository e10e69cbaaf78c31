import { verbatim } from '../../../../../src/words/message';
import { describe, expect, it } from 'vitest';
import type { Leading } from '../../../../../src/lab/plan/effects/visits';
import type { NodeEffects, ProgramEffect } from '../../../../../src/lab/plan/effects/node-effects';
import { visitsOf } from '../../../../../src/lab/plan/effects/visits';

const PROGRAM: ProgramEffect = {
  program: 'patroni',
  title: 'Patroni',
  need: 'reload',
  because: [verbatim('ttl changes from 20 to 30')],
  handsOver: [],
  leaderFirst: false,
  seconds: 0,
};
const RESTART: ProgramEffect = {
  ...PROGRAM,
  program: 'postgresql',
  title: 'PostgreSQL',
  need: 'restart',
  because: [verbatim('shared_buffers changes from 64MB to 96MB')],
  handsOver: ['patroni'],
};
const LOWERED: ProgramEffect = { ...RESTART, leaderFirst: true };

function effects(...programs: readonly ProgramEffect[]): readonly NodeEffects[] {
  return ['node1', 'node2', 'node3'].map((node) => ({
    container: `sample-${node}`,
    node,
    files: [],
    programs,
    need: 'restart',
  }));
}

/** `node: verb target, …` */
function text(of: readonly NodeEffects[], leading: readonly string[]): string[] {
  return ordered(of, new Map(leading.map((node) => [node, ['patroni']])));
}

function ordered(of: readonly NodeEffects[], leading: Leading): string[] {
  return visitsOf(of, leading).map(
    ({ node, fills, steps }) =>
      `${node}${fills ? '' : ' again'}: ${steps.map(({ verb, target }) => `${verb} ${target}`).join(', ')}`,
  );
}

describe('the order in which nodes take a change over', () => {
  it('is theirs as long as nobody leads', () => {
    expect(text(effects(PROGRAM), [])).toEqual([
      'node1: reload patroni',
      'node2: reload patroni',
      'node3: reload patroni',
    ]);
  });

  it('puts the leader last, after it handed over', () => {
    const steps = 'reload patroni, hand-over patroni, restart postgresql';
    expect(text(effects(PROGRAM, RESTART), ['node1'])).toEqual([
      `node2: ${steps}`,
      `node3: ${steps}`,
      `node1: ${steps}`,
    ]);
  });

  it('lowers on the leader first and in place what a standby may not have lower', () => {
    expect(text(effects(PROGRAM, LOWERED), ['node1'])).toEqual([
      'node2: reload patroni',
      'node3: reload patroni',
      'node1: reload patroni',
      'node1 again: restart postgresql',
      'node3 again: restart postgresql',
      'node2 again: restart postgresql',
    ]);
  });

  describe('with roles of several services on several nodes', () => {
    const LEADING: Leading = new Map([
      ['node1', ['patroni']],
      ['node2', ['redis']],
    ]);
    const names = (...programs: readonly ProgramEffect[]): string[] =>
      ordered(effects(...programs), LEADING).map((line) => line.split(':')[0] ?? '');

    it('visits last who hands over', () => {
      expect(names(PROGRAM, RESTART)).toEqual(['node3', 'node2', 'node1']);
    });

    it('lowers first on the leader of the service that lowers', () => {
      expect(names(PROGRAM, LOWERED)).toEqual([
        'node3',
        'node2',
        'node1',
        'node1 again',
        'node2 again',
        'node3 again',
      ]);
    });
  });

  it('raises on the followers first before it lowers what one change lowers as well', () => {
    const found = text(effects(PROGRAM, { ...LOWERED, raises: true }), ['node1']);
    const steps = 'reload patroni, hand-over patroni, restart postgresql';
    expect(found.slice(0, 3)).toEqual([`node2: ${steps}`, `node3: ${steps}`, `node1: ${steps}`]);
    // By then another node leads, and which one nobody knows yet: surely not the one that handed over.
    expect(found.slice(3)).toEqual([
      'node2 again: restart postgresql',
      'node3 again: restart postgresql',
      'node1 again: restart postgresql',
    ]);
  });

  it('only fills where no running program reads what changes', () => {
    expect(visitsOf(effects({ ...PROGRAM, need: 'nothing' }).slice(0, 1), new Map())).toEqual([
      {
        container: 'sample-node1',
        node: 'node1',
        fills: true,
        steps: [],
        cause: 'its files changed, and no running program reads them',
      },
    ]);
  });

  it('says what is done and why', () => {
    expect(visitsOf(effects(PROGRAM, RESTART), new Map())[0]?.cause.toString()).toBe(
      'Patroni: reload, because ttl changes from 20 to 30; PostgreSQL: restart, because shared_buffers changes from 64MB to 96MB',
    );
  });
});
