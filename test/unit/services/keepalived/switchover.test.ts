import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Health } from '../../../../src/services/core/live/health';
import { vipSwitchover } from '../../../../src/services/keepalived/switchover';

/** Who holds the address, and how Keepalived is where it runs; db1 runs none. */
function seen(holders: readonly string[], keepalived: Readonly<Record<string, Health>>) {
  const nodes = ['db1', ...Object.keys(keepalived)].map((name) => {
    const health = keepalived[name];
    const own = health === undefined ? [] : [{ service: 'keepalived', health }];
    return { name, services: [{ service: 'consul', health: 'ok' }, ...own] };
  });
  return { vip: { address: '10.20.0.100', holders }, nodes };
}

describe('the virtual address is handed over', () => {
  test.each([
    ['by its holder, to whose Keepalived is well', ['lb1'], 'lb1', ['lb3']],
    ['by nobody while nobody holds it', [], undefined, ['lb1', 'lb3']],
    ['by nobody while two hold it', ['lb1', 'lb3'], undefined, []],
  ] as const)('%s', (_, holders, holder, candidates) => {
    const state = seen(holders, { lb1: 'ok', lb2: 'failed', lb3: 'ok' });
    expect([vipSwitchover.holder(state), vipSwitchover.candidates(state)]).toEqual([holder, candidates]);
  });

  test.each([
    ['nopreempt', '    nopreempt', 0, 'restart keepalived'],
    ['no nopreempt', '    priority 200', 1, ''],
    ['nopreempt in a comment only', '    priority 200 # nopreempt', 1, ''],
  ])('by a start anew, where its file has %s', async (_, line, exitCode, ordered) => {
    const [bash = '', flag = '', script = ''] = await vipSwitchover.command();
    const file = join(mkdtempSync(join(tmpdir(), 'keepalived-')), 'keepalived.conf');
    writeFileSync(file, `vrrp_instance gitlab {\n${line}\n}\n`);
    onTestFinished(() => rmSync(dirname(file), { recursive: true }));
    const tried = script.replace('/etc/keepalived/keepalived.conf', file).replace('exec gitlab-ctl', 'echo');
    const { status, stdout, stderr } = spawnSync(bash, [flag, tried], { encoding: 'utf8' });
    expect([status, stdout.trim()]).toEqual([exitCode, ordered]);
    expect(stderr.includes('has no nopreempt')).toBe(exitCode === 1);
  });
});
