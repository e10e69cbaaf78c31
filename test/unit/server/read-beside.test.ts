import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Client } from './client';

vi.setConfig({ testTimeout: 90_000 });

const SAMPLE = new URL('../../../lab/sample', import.meta.url);
const [ONE, TWO] = ['nodes/node1/gitlab.rb', 'nodes/node2/gitlab.rb'];

/** One of three machines with Redis; Sentinels log in with what another file may say. */
const REDIS = `roles %w[redis_master_role redis_sentinel_role]
redis['bind'] = '10.20.0.11'
redis['port'] = 6379
redis['password'] = 'one'
redis['master_name'] = 'm'
redis['master_ip'] = '10.20.0.11'
sentinel['quorum'] = 2
`;

let root: string;
let client: Client;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ha beside-'));
});
afterEach(async () => {
  await client.stop();
  rmSync(root, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Codes of what is shown of a file last. */
async function sees(path: string, expected: readonly string[]): Promise<void> {
  const shown = (): unknown =>
    client.messages.findLast(({ uri }) => uri === client.uri(path))?.diagnostics.map(({ code }) => code);
  await vi.waitFor(() => expect(shown()).toEqual(expected), { timeout: 25_000, interval: 20 });
}

describe('an open file is checked again when a file changes that was read for it', () => {
  test('with from_file, there or not', async () => {
    write('app/gitlab.rb', `${REDIS}from_file '/etc/gitlab/more.rb'\n`);
    client = await Client.start(root);
    await client.open('app/gitlab.rb');
    await sees('app/gitlab.rb', []);
    write('app/more.rb', "redis['master_password'] = 'two'\n");
    await client.changed('app/more.rb');
    await sees('app/gitlab.rb', ['GLR188']);
  });

  test('as .env beside a compose file', async () => {
    const compose = [
      'services:',
      '  gitlab:',
      '    image: gitlab/gitlab-ce:19.3.0-ce.0',
      '    environment:',
      '      GITLAB_OMNIBUS_CONFIG: |',
      "        nginx['log_format'] = '$host;'",
    ];
    write('compose.yaml', `${compose.join('\n')}\n`);
    write('.env', 'url=here\n');
    client = await Client.start(root);
    await client.open('compose.yaml');
    await sees('compose.yaml', ['CMP003']);
    write('.env', 'host=here\n');
    await client.changed('.env');
    await sees('compose.yaml', []);
  });
});

test('findings between files know what a gitlab.rb reads, as it is now', async () => {
  cpSync(SAMPLE, root, { recursive: true });
  const two = readFileSync(join(root, TWO), 'utf8');
  write(TWO, "from_file '/etc/gitlab/all.rb'\n");
  write('nodes/node2/all.rb', two);
  client = await Client.start(root);
  await client.open(ONE);
  await sees(ONE, []);
  expect(client.shown()).toEqual({});
  write('nodes/node2/all.rb', two.replace('redis_replica_role', 'redis_master_role'));
  await client.changed('nodes/node2/all.rb');
  await sees(ONE, ['LAB023']);
  write('nodes/node2/all.rb', two);
  await client.changed('nodes/node2/all.rb');
  await sees(ONE, []);
});
