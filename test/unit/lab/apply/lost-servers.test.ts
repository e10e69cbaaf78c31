import { describe, expect, it } from 'vitest';
import { lostServers, serversTaking } from '../../../../src/lab/apply/lost-servers';
import type { ClusterState } from '../../../../src/observe/state';
import { healthyState } from '../../cli/fixtures';

/** What the HAProxy of each node says: names of servers, those that are down behind a dash; undefined for one that is silent. */
type Said = readonly (string | undefined)[];

function seen(said: Said): ClusterState {
  const whole = healthyState();
  return {
    ...whole,
    nodes: whole.nodes.map((node, index) => {
      const words = said[index]?.split(' ');
      if (!words) return node;
      const down = words.filter((word) => word.startsWith('-')).map((word) => word.slice(1));
      return { ...node, servers: { taking: words.filter((word) => !word.startsWith('-')), down } };
    }),
  };
}

const ALL = ['web/a', 'web/b', 'web/c', 'redis/a', 'redis/b', 'redis/c'];

describe('what HAProxy has lost by a step of a change', () => {
  it.each<[string, Said, Said, readonly string[], readonly string[]]>([
    ['nothing', ['web/a web/b'], ['web/a web/b'], ALL, []],
    [
      'a server whose check fails everywhere',
      ['web/a web/b', 'web/a web/b'],
      ['-web/a web/b', '-web/a web/b'],
      ALL,
      ['HAProxy sends nobody to a of web any more: its check fails'],
    ],
    [
      'several of one backend',
      ['web/a web/b web/c'],
      ['-web/a -web/b web/c'],
      ALL,
      ['HAProxy sends nobody to a, b of web any more: its check fails'],
    ],
    [
      'nothing while the new file of one node knows its new port',
      ['web/a web/b', 'web/a web/b'],
      ['web/a -web/b', '-web/a web/b'],
      ALL,
      [],
    ],
    ['nothing when the leader moves', ['redis/a -redis/b'], ['-redis/a redis/b'], ALL, []],
    [
      'nothing of a leader of whom HAProxies were of two minds',
      ['redis/a -redis/b', '-redis/a redis/b'],
      ['redis/a -redis/b', 'redis/a -redis/b'],
      ALL,
      [],
    ],
    [
      'the leader when none follows',
      ['redis/a -redis/b'],
      ['-redis/a -redis/b'],
      ALL,
      ['HAProxy sends nobody to a of redis any more: its check fails'],
    ],
    ['nothing that was down before', ['-web/a web/b'], ['-web/a web/b'], ALL, []],
    ['nothing by maintenance', ['web/a web/b'], ['web/b'], ALL, []],
    ['nothing behind which no service runs any more', ['web/a web/b'], ['-web/a web/b'], ['web/b'], []],
    ['nothing by the silence of an HAProxy', ['web/a', 'web/a'], [undefined, 'web/a'], ALL, []],
    ['nothing while all are silent', ['web/a'], [undefined], ALL, []],
  ])('%s', (_case, before, now, inUse, texts) => {
    const lacks = lostServers(serversTaking(seen(before)), seen(now), new Set(inUse));
    expect(lacks.map(({ text }) => String(text))).toEqual(texts);
    expect(lacks.every(({ node, service }) => node === undefined && service === 'haproxy')).toBe(true);
  });
});
