import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { redisSwitchover } from '../../../../src/services/redis/switchover';

/**
 * A Redis master with two replicas and its Sentinel. What it is told goes into `told`; the file `lag` holds how often the
 * second replica still says that it lacks something. The offset
 * of the master grows with every question, as by the messages of the Sentinels.
 */
const REDIS_CLI = `#!/bin/bash
cd "$(dirname "$0")"
shift 5
case "$*" in
  'CONFIG GET min-replicas-to-write') printf 'min-replicas-to-write\\n0\\n' ;;
  'SENTINEL GET-MASTER-ADDR-BY-NAME gitlab-redis')
    if grep -q FAILOVER told; then printf '10.0.0.2\\n6379\\n'; else printf '10.0.0.1\\n6379\\n'; fi ;;
  'INFO replication')
    lag=$(cat lag)
    echo asked >>asked
    second=701
    turn=$(wc -l <asked)
    if [ "$turn" -le "$((lag + 1))" ]; then second=650; fi
    printf 'role:master\\r\\nconnected_slaves:2\\r\\n'
    printf 'slave0:ip=10.0.0.2,port=6379,state=online,offset=701,lag=0\\r\\n'
    printf 'slave1:ip=10.0.0.3,port=6379,state=online,offset=%s,lag=1\\r\\n' "$second"
    printf 'master_repl_offset:%s\\r\\n' $((700 + turn)) ;;
  *) echo "$*" >>told ;;
esac
`;

const REFUSE = 'CONFIG SET min-replicas-to-write 99';
const PUT_BACK = ['CONFIG SET min-replicas-to-write 0', 'CONFIG REWRITE'];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redis-hand-over-'));
  await writeFile(join(folder, 'redis-cli'), REDIS_CLI);
  await chmod(join(folder, 'redis-cli'), 0o755);
  await writeFile(join(folder, 'told'), '');
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs the hand-over. @returns its exit code, what it complains about, what Redis was told and how often it was asked */
async function handOver(lag: number) {
  await writeFile(join(folder, 'lag'), `${lag}`);
  const place = { readSecret: () => ['echo', 'secret'], declared: {}, ports: undefined };
  const [program = '', ...args] = await redisSwitchover.command(place);
  const env = { ...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}` };
  const ended = await promisify(execFile)(program, args, { env }).then(
    ({ stderr }) => ({ code: 0, stderr }),
    ({ code, stderr }: { code: number; stderr: string }) => ({ code, stderr }),
  );
  const lines = async (name: string) =>
    (await readFile(join(folder, name), 'utf8')).split('\n').filter((line) => line !== '');
  return { ...ended, told: await lines('told'), asked: (await lines('asked')).length };
}

describe('handing Redis over', () => {
  it.each([
    ['all replicas have what was written', 0, 2],
    ['a replica that lagged has it as well', 7, 9],
  ])('promotes a replica once %s', async (_case, lag, asked) => {
    expect(await handOver(lag)).toEqual({
      code: 0,
      stderr: '',
      told: [REFUSE, 'SENTINEL FAILOVER gitlab-redis', 'REPLICAOF 10.0.0.2 6379', ...PUT_BACK],
      asked,
    });
  });

  it('promotes nobody while a replica lacks something, and lets the master take writes again', async () => {
    expect(await handOver(1_000)).toEqual({
      code: 1,
      stderr: 'a replica lacks what was written, after 5 s\n',
      told: [REFUSE, ...PUT_BACK],
      asked: 51,
    });
  }, 15_000);
});
