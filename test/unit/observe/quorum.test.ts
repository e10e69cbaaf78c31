import { describe, expect, it } from 'vitest';
import { wholeness } from '../../../src/observe/wholeness';
import { after, CLUSTER, keys, rest, run, said, saw, service, wholeCluster } from './healthy';

const sync = { leader: 'node1', standbys: ['node2', 'node3'], acknowledging: 1 };

describe('a database in quorum mode', () => {
  const quorum = after([saw.patroniKeys(2000, 11, keys({ sync }))]);

  it('names its standbys as members of the quorum, none as the synchronous one', () => {
    expect(quorum.state.database).toEqual({
      leader: 'node1',
      syncStandby: [],
      quorum: { members: ['node2', 'node3'], acknowledging: 1 },
      timeline: 1,
      streaming: ['node1', 'node2', 'node3'],
    });
    expect(['node1', 'node2', 'node3'].map((node) => service(quorum.state, node, 'patroni').role)).toEqual([
      'leader',
      'quorum-standby',
      'quorum-standby',
    ]);
    expect(said(quorum.state, 'node1', 'patroni')).toBe('ok: leader; 1 of 2 standbys must acknowledge');
    expect(said(quorum.state, 'node3', 'patroni')).toBe('ok: quorum standby of node1');
  });

  it('is whole', () => {
    expect(wholeness(quorum.state, CLUSTER)).toEqual([]);
  });

  it('is not whole without any standby', () => {
    const { state } = run(
      [saw.patroniKeys(3000, 12, keys({ sync: { ...sync, standbys: [] } }))],
      wholeCluster(),
    );
    expect(wholeness(state, CLUSTER)).toEqual(['database: no quorum standby']);
  });

  it('tells the change of mode once', () => {
    const { events } = run([{ kind: 'tick', at: 4000 }], quorum);
    const all = [...quorum.events, ...events];
    expect(all.filter(({ kind }) => kind === 'sync-standby-changed').map(({ text }) => text)).toEqual([
      'Quorum standbys are node2, node3',
    ]);
  });

  it('is known from the nodes themselves while Consul is not asked', () => {
    const alone = run(
      ['node2', 'node3'].map((node) =>
        saw.patroni(2000, node, rest(node, { syncStandby: false, quorumStandby: true })),
      ),
    );
    expect(alone.state.database).toMatchObject({
      syncStandby: [],
      quorum: { members: ['node2', 'node3'], acknowledging: undefined },
    });
  });
});
