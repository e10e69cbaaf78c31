import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { HostAddress } from '../../../../src/transport/ssh/known-hosts';
import {
  fingerprint,
  judgeHostKey,
  knownKeyTypes,
  parseKnownHosts,
} from '../../../../src/transport/ssh/known-hosts';
import { knownHostsFiles, readKnownHosts } from '../../../../src/transport/ssh/known-hosts-files';
import { hostKeyAlgorithms } from '../../../../src/transport/ssh/ssh-connection';

const ED25519 = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICwqNpFJwuPv1GbywUmtVrFlyqWPKE2rykpeTcjonVcH';
const OTHER = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIG4wVwCF2ovnjAF8jxNL60bdDMPAPFLl1AwCiP74w5CP';
const ECDSA =
  'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBL45si7fQGYS2Av8vBTLeJ7PdJSOjoHKgLvscnFKECblnPTnYVE35N+ig18zwmpVvvcCC/m5vd1Owkp1WpkorYU=';

const HOST: HostAddress = { host: 'example.com', port: 22 };
const OTHER_PORT: HostAddress = { host: 'example.com', port: 2222 };

const keyOf = (line: string): Buffer => Buffer.from(line.split(' ')[1] ?? '', 'base64');

/** Verdict on the ed25519 key that `address` shows; a place is shortened to its line. */
function verdict(file: string, address: HostAddress = HOST): string {
  const judged = judgeHostKey(parseKnownHosts(file, 'f'), address, keyOf(ED25519));
  return 'place' in judged ? `${judged.kind} ${judged.place}` : judged.kind;
}

describe('a server’s key', () => {
  it.each([
    ['stands under its name', `example.com ${ED25519}`, 'known'],
    ['stands there with a comment', `example.com ${ED25519} root@example`, 'known'],
    ['stands there after blanks and tabs', `  example.com\t${ED25519}`, 'known'],
    ['stands among several names', `10.0.0.1,example.com ${ED25519}`, 'known'],
    ['stands under a pattern', `*.com ${ED25519}`, 'known'],
    ['stands under a pattern with ?', `example.c?m ${ED25519}`, 'known'],
    ['stands there in capitals', `EXAMPLE.com ${ED25519}`, 'known'],
    [
      'stands under a hashed name',
      `|1|9UBvwyTc+2674m6hgZCZ5wlmzGU=|Ajo45Uf1WGiSS4vu4rGOT207I2U= ${ED25519}`,
      'known',
    ],
    ['is one of several', `example.com ${ECDSA}\nexample.com ${OTHER}\nexample.com ${ED25519}`, 'known'],
    ['stands in a file with CRLF', `example.com ${ED25519}\r\n`, 'known'],
    ['is nowhere', '', 'unknown'],
    ['stands under another name', `example.org ${ED25519}`, 'unknown'],
    ['stands under a longer name', `www.example.com ${ED25519}`, 'unknown'],
    ['is only like a pattern', `example?com.org,examplexcom ${ED25519}`, 'unknown'],
    ['is taken out by a negated pattern', `*.com,!example.com ${ED25519}`, 'unknown'],
    ['is in a comment', `# example.com ${ED25519}`, 'unknown'],
    ['stands under another port', `[example.com]:2222 ${ED25519}`, 'unknown'],
    ['stands there with another type before it', `example.com ssh-rsa ${ED25519.split(' ')[1]}`, 'unknown'],
    ['is no key', `example.com ssh-ed25519 AAAA`, 'unknown'],
    ['has an unknown marker', `@other example.com ${ED25519}`, 'unknown'],
    ['has two markers', `@revoked @revoked example.com ${ED25519}`, 'unknown'],
    ['is another one', `example.com ${OTHER}`, 'changed f:1'],
    ['is another one of its type', `example.com ${ECDSA}\nexample.com ${OTHER}`, 'changed f:2'],
    ['is of another type', `#\nexample.com ${ECDSA}`, 'changed f:2'],
    ['is revoked', `@revoked * ${ED25519}`, 'revoked f:1'],
    ['is revoked and known', `example.com ${ED25519}\n@revoked example.com ${ED25519}`, 'revoked f:2'],
    ['is not the one that is revoked', `@revoked example.com ${OTHER}\nexample.com ${ED25519}`, 'known'],
    ['is that of an authority', `@cert-authority example.com ${ED25519}`, 'certificate-only f:1'],
    ['stands beside an authority', `@cert-authority *.com ${OTHER}\nexample.com ${ED25519}`, 'known'],
  ])('%s', (_name, file, expected) => {
    expect(verdict(file)).toBe(expected);
  });
});

describe('a server’s key on another port', () => {
  it.each([
    ['stands under host and port', `[example.com]:2222 ${ED25519}`, 'known'],
    [
      'stands under a hashed host and port',
      `|1|j4zOv+dNKvuqqOmL0EOqIBKGbGw=|iiOPYPZCyXJMCySf1F1F3k/aIy4= ${ED25519}`,
      'known',
    ],
    ['stands under the host alone', `example.com ${ED25519}`, 'known'],
    ['is another one under the host alone', `example.com ${OTHER}`, 'unknown'],
    [
      'is another one under host and port',
      `example.com ${ED25519}\n[example.com]:2222 ${OTHER}`,
      'changed f:2',
    ],
    ['is revoked under the host alone', `@revoked example.com ${ED25519}`, 'revoked f:1'],
    ['stands under yet another port', `[example.com]:2200 ${ED25519}`, 'unknown'],
  ])('%s', (_name, file, expected) => {
    expect(verdict(file, OTHER_PORT)).toBe(expected);
  });

  it('of an IPv6 address stands in brackets', () => {
    expect(verdict(`[2001:db8::1]:2222 ${ED25519}`, { host: '2001:db8::1', port: 2222 })).toBe('known');
    expect(verdict(`2001:db8::1 ${ED25519}`, { host: '2001:db8::1', port: 22 })).toBe('known');
  });
});

describe('what a server is asked for', () => {
  it('begins with the types that are known for it', () => {
    const entries = parseKnownHosts(`example.com ${ECDSA}\n@revoked example.com ${ED25519}`, 'f');
    const types = knownKeyTypes(entries, HOST);
    expect(types).toEqual(['ecdsa-sha2-nistp256']);
    expect(hostKeyAlgorithms(types).slice(0, 2)).toEqual(['ecdsa-sha2-nistp256', 'ssh-ed25519']);
  });

  it('takes an RSA key with the signatures of today first', () => {
    expect(hostKeyAlgorithms(['ssh-rsa']).slice(0, 4)).toEqual([
      'rsa-sha2-512',
      'rsa-sha2-256',
      'ssh-rsa',
      'ssh-ed25519',
    ]);
  });

  it('is the usual order when nothing is known', () => {
    expect(knownKeyTypes(parseKnownHosts(`example.org ${ECDSA}`, 'f'), HOST)).toEqual([]);
    expect(hostKeyAlgorithms([])[0]).toBe('ssh-ed25519');
  });

  it('looks under the host alone when its port is not listed', () => {
    const entries = parseKnownHosts(`example.com ${ECDSA}`, 'f');
    expect(knownKeyTypes(entries, OTHER_PORT)).toEqual(['ecdsa-sha2-nistp256']);
  });
});

describe('the files', () => {
  it('are those of the user, then those of the machine', async () => {
    const home = await mkdtemp(join(tmpdir(), 'known-hosts-'));
    try {
      await mkdir(join(home, '.ssh'));
      await writeFile(join(home, '.ssh', 'known_hosts'), `example.com ${ED25519}\n`);
      await mkdir(join(home, '.ssh', 'known_hosts2'));
      const files = knownHostsFiles(home, {}, 'linux');
      expect(files).toEqual([
        join(home, '.ssh', 'known_hosts'),
        join(home, '.ssh', 'known_hosts2'),
        '/etc/ssh/ssh_known_hosts',
        '/etc/ssh/ssh_known_hosts2',
      ]);
      const entries = await readKnownHosts(files.slice(0, 2));
      expect(entries.map(({ hosts, place }) => [hosts, place])).toEqual([
        ['example.com', `${join(home, '.ssh', 'known_hosts')}:1`],
      ]);
    } finally {
      await rm(home, { recursive: true });
    }
  });
});

it('a fingerprint is the one ssh-keygen -l prints', () => {
  expect(fingerprint(keyOf(ED25519))).toBe('ssh-ed25519 SHA256:zdLmNh7p+Byw3ZAn6B7CYkyWUfXFGRx7z/84/t8wqmY');
});
