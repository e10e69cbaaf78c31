import { describe, expect, it } from 'vitest';
import { serversToKeep } from '../../../../../src/lab/plan/proxy/servers-to-keep';

const PATH = '/etc/haproxy/haproxy.cfg';
const DEFAULTS = 'defaults\n    mode tcp\n    timeout connect 2s\n';
const WEB = 'backend web\n    option httpchk GET /\n    server a 10.0.0.1:80 check\n';
const REDIS = 'backend redis\n    option tcp-check\n    server a 10.0.0.1:6379 check\n';
const ALL = ['web/a', 'redis/a'];

/** What may not be lost when one node's haproxy.cfg becomes another; `before` are the versions it may go by. */
function kept(before: readonly string[], after: string): readonly string[] {
  const file = (content: string): object => ({ path: PATH, content, mode: 0o600, uid: 0, gid: 0 });
  const containers = [
    { name: 'lab-node1', files: [file(after)] },
    { name: 'lab-gateway', files: [] },
  ];
  const versions = before.map((text) => ({ [PATH]: text }));
  return serversToKeep(
    { containers: containers as never, serversInUse: ALL },
    {
      inForce: new Map([['lab-node1', { versions }]]),
    },
  );
}

describe('servers that HAProxy may not lose by a change', () => {
  const now = DEFAULTS + WEB + REDIS;

  it.each<[string, readonly string[], readonly string[]]>([
    ['all where haproxy.cfg stays as it is', [now], ALL],
    [
      'all where comments and blanks change',
      [`# new\n${now.replace('mode tcp', 'mode   tcp # as before')}`],
      ALL,
    ],
    ['all where nothing is known of the file before', [], ALL],
    ['those of other backends where a check changes', [now.replace('tcp-check', 'redis-check')], ['web/a']],
    ['those of other backends where a server changes', [now.replace(':80', ':81')], ['redis/a']],
    ['those of other backends where one is new', [DEFAULTS + WEB], ['web/a']],
    ['none where defaults change', [now.replace('timeout connect 2s', 'timeout check 1s')], []],
    ['those that neither of two versions judges otherwise', [now, DEFAULTS + REDIS], ['redis/a']],
  ])('%s', (_case, before, expected) => {
    expect(kept(before, now)).toEqual(expected);
  });
});
