import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { snippetFile } from '../../src/languages/core/snippets/snippet-file';
import { HAPROXY_SNIPPETS } from '../../src/languages/haproxy/snippets/items';
import { KEEPALIVED_SNIPPETS } from '../../src/languages/keepalived/snippets/items';
import { temporaryFolder, testDocker, testImage } from './support/engine';

/** What the real programs say of every snippet, run in the lab's image without a network. */

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const verdicts = new Map<string, string>();

/** Checks each file of a folder and prints `name exit-code output`, one line a file. */
const SCRIPT = `
mkdir -p /etc/haproxy/certs /run/haproxy
openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=gitlab.example.com -keyout /tmp/key.pem -out /tmp/crt.pem 2>/dev/null
cat /tmp/crt.pem /tmp/key.pem > /tmp/both.pem
for name in gitlab registry kas; do cp /tmp/both.pem /etc/haproxy/certs/$name.pem; done
cp /tmp/crt.pem /etc/haproxy/certs/ca.pem
ip link add eth0 type dummy 2>/dev/null
for file in /snippets/*.cfg; do
  output=$(haproxy -dr -c -f "$file" 2>&1); echo "$(basename "$file") $? $(echo "$output" | tr '\\n' ' ')"
done
for file in /snippets/*.conf; do
  output=$(keepalived -t -f "$file" 2>&1); echo "$(basename "$file") $? $(echo "$output" | tr '\\n' ' ')"
done
`;

beforeAll(async () => {
  folder = await temporaryFolder();
  const files = join(folder.path, 'snippets');
  await mkdir(files);
  for (const snippet of HAPROXY_SNIPPETS) {
    await writeFile(join(files, `${snippet.prefix}.cfg`), snippetFile(snippet));
  }
  for (const snippet of KEEPALIVED_SNIPPETS) {
    await writeFile(join(files, `${snippet.prefix}.conf`), snippetFile(snippet));
  }
  const image = await testImage(await testDocker());
  const output = execFileSync(
    'docker',
    [
      ...[
        'run',
        '--rm',
        '--network',
        'none',
        '--hostname',
        'node1',
        '--cap-add',
        'NET_ADMIN',
        '--entrypoint',
        'bash',
      ],
      ...['--env', 'REDIS_PASSWORD=example', '--volume', `${files}:/snippets:ro`, image, '-c', SCRIPT],
    ],
    { encoding: 'utf8' },
  );
  for (const line of output.split('\n')) {
    const [, name, verdict] = /^(\S+) (.*)$/.exec(line) ?? [];
    if (name !== undefined && verdict !== undefined) verdicts.set(name, verdict.trim());
  }
});

afterAll(() => folder.remove());

describe('haproxy -c accepts, without a warning,', () => {
  it.each(HAPROXY_SNIPPETS.map(({ prefix }) => prefix))('%s', (prefix) => {
    const verdict = verdicts.get(`${prefix}.cfg`);
    // Exit code 2 means valid, though nothing listens.
    expect(verdict).toMatch(/^[02]\b/);
    expect(verdict).not.toMatch(/WARNING|ALERT/);
  });
});

describe('keepalived -t accepts', () => {
  it.each(KEEPALIVED_SNIPPETS.map(({ prefix }) => prefix))('%s', (prefix) => {
    expect(verdicts.get(`${prefix}.conf`)).toMatch(/^0/);
  });
});
