import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const SCRIPT = fileURLToPath(
  new URL('../../../../lab/services/pgbouncer/rootfs/opt/gitlab/lab/pgbouncer-from-etcd', import.meta.url),
);

let folder: string;
/** A member has a file with who leads; without it, it does not answer. What follows `watch` becomes the next leader. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pgbouncer-from-etcd-'));
  const curl = `#!/bin/bash
url=\${@: -1} host=\${url#http://} host=\${host%%:*}
echo "$host \${url##*/v3/}" >>asked
[ -e "$host" ] || exit 7
case "$url" in
  */kv/range)
    leader=$(<"$host")
    printf '{"header":{"cluster_id":"1", "revision":"41", "raft_term":"2"}'
    if [ -n "$leader" ]; then printf ', "kvs":[{"key":"a2V5", "value":"%s", "lease":"9"}], "count":"1"' "$(printf %s "$leader" | base64)"; fi
    printf '}' ;;
  */watch)
    echo '{"result":{"created":true}}'
    if [ -e "next-$host" ]; then mv "next-$host" "$host"; echo '{"result":{"events":[{"kv":{}}]}}'; else exec sleep 1; fi ;;
esac
`;
  writeFileSync(join(folder, 'curl'), curl);
  chmodSync(join(folder, 'curl'), 0o755);
  writeFileSync(join(folder, 'asked'), '');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What a run of steps says, on the node 10.0.0.2. */
function run(files: Readonly<Record<string, string>>, steps: string): readonly string[] {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const script = `set -u
LAB_ETCD='10.0.0.1:2379 10.0.0.2:2379 10.0.0.3:2379' LAB_NODE_ADDRESS=10.0.0.2 LAB_PATRONI_SCOPE=ha
look() { if await_leader "$1"; then echo "leader \${leader:-nobody}"; else echo 'no answer'; fi; }
. "$1"
${steps}`;
  const environment = { ...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}` };
  return execFileSync('bash', ['-c', script, 'from-etcd', SCRIPT], {
    cwd: folder,
    encoding: 'utf8',
    env: environment,
  })
    .trim()
    .split('\n');
}

describe('who leads, as etcd has it', () => {
  it.each<[string, Readonly<Record<string, string>>, string, readonly string[]]>([
    [
      'at the member of the own node first',
      { '10.0.0.1': 'node1', '10.0.0.2': 'node2' },
      'look 9',
      ['leader node2'],
    ],
    [
      'at the next member when one does not answer, which is said',
      { '10.0.0.1': 'node1' },
      'look 9; look 9',
      ['no answer', 'leader node1'],
    ],
    [
      'once more when it changes',
      { '10.0.0.2': 'node1', 'next-10.0.0.2': 'node3' },
      'look 9; look 9',
      ['leader node1', 'leader node3'],
    ],
    [
      'and that nobody does',
      { '10.0.0.2': 'node1', 'next-10.0.0.2': '' },
      'look 9; look 9',
      ['leader node1', 'leader nobody'],
    ],
    [
      'again after the time, unchanged',
      { '10.0.0.2': 'node1' },
      'look 9; look 1',
      ['leader node1', 'leader node1'],
    ],
    ['of a name as it is', { '10.0.0.2': "a member's-name_1.x" }, 'look 9', ["leader a member's-name_1.x"]],
  ])('is told %s', (_what, files, steps, said) => {
    expect(run(files, steps)).toEqual(said);
  });

  it('is asked of the majority, then followed from the revision that was read', () => {
    run({ '10.0.0.2': 'node1', 'next-10.0.0.2': 'node3' }, 'look 9; look 9');
    const asked = execFileSync('cat', ['asked'], { cwd: folder, encoding: 'utf8' }).trim().split('\n');
    expect(asked).toEqual(['10.0.0.2 kv/range', '10.0.0.2 kv/range', '10.0.0.2 watch', '10.0.0.2 kv/range']);
  });
});
