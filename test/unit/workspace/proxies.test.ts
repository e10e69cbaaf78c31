import { describe, expect, test } from 'vitest';
import { haproxyFacts, keepalivedFacts } from '../../../src/workspace/proxies/addresses';
import { brief, read } from './workspace-sample';

const texts = (facts: ReturnType<typeof haproxyFacts>): string[] =>
  facts.addresses.map(({ text, prefix, range: { start } }) =>
    [`${start.line}:${start.character}`, prefix === undefined ? text : `${text}/${prefix}`].join(' '),
  );

describe('the addresses a configuration names', () => {
  test.each<[string, string, string[]]>([
    ['a server', 'backend x\n  server a 10.0.0.1:80 check\n', ['1:11 10.0.0.1']],
    ['a comment', 'backend x # 10.0.0.1\n# 10.0.0.2\n  server a 10.0.0.3:80\n', ['2:11 10.0.0.3']],
    [
      'a number sign in quotes',
      'backend x\n  http-request set-header X "a # b 10.0.0.4"\n',
      ['1:35 10.0.0.4'],
    ],
    ['an escaped number sign', 'backend x\n  acl a path \\#1 src 10.0.0.5\n', ['1:21 10.0.0.5']],
    ['a network', 'backend x\n  acl a src 10.0.0.0/16 10.1.0.0/99\n', ['1:12 10.0.0.0/16', '1:24 10.1.0.0']],
    ['no address', 'backend x\n  server a 10.0.0.256:80 1.2.3.4.5\n', []],
  ])('in haproxy.cfg: %s', (_, text, expected) => {
    expect(texts(haproxyFacts(text))).toEqual(expected);
  });

  test.each<[string, string, string[]]>([
    ['an address', 'virtual_ipaddress {\n  10.0.0.1/24\n}\n', ['1:2 10.0.0.1/24']],
    ['both comment signs', '! 10.0.0.1\na 10.0.0.2 # 10.0.0.3\n', ['1:2 10.0.0.2']],
    ['a number sign in quotes', 'a "x # 10.0.0.4"\n', ['0:7 10.0.0.4']],
    ['a definition', '$VIP=10.0.0.9\n', ['0:5 10.0.0.9']],
  ])('in keepalived.conf: %s', (_, text, expected) => {
    expect(texts(keepalivedFacts(text))).toEqual(expected);
  });

  test('8,000 of them take time in proportion', () => {
    const file = (count: number): string =>
      Array.from({ length: count }, (_, at) => `  server s${at} 10.0.${at >> 8}.${at & 255}:80`).join('\n');
    const time = (count: number): number => {
      const text = `backend x\n${file(count)}\n`;
      const runs = [1, 2, 3].map(() => {
        const started = performance.now();
        expect(haproxyFacts(text).addresses).toHaveLength(count);
        return performance.now() - started;
      });
      return Math.min(...runs);
    };
    const [few, many] = [time(2000), time(16_000)];
    // Eight times as many; the rest is left for a busy machine. Looking back from each took more than a second.
    expect(many).toBeLessThan(Math.max(few, 4) * 40);
  });
});

describe('a network around the cluster is told: the lab has no other for it', () => {
  const proxy = (network: string): Promise<string[]> =>
    read({ 'haproxy/haproxy.cfg': `frontend db\n  bind 172.30.0.100:80\n  acl in src ${network}\n` }).then(
      ({ findings }) => findings.map(brief),
    );
  const other = `name: sample
network: { subnet: 10.6.0.0/24, vip: 10.6.0.100 }
nodes: [{ name: node1, address: 10.6.0.11 }, { name: node2, address: 10.6.0.12 }, { name: node3, address: 10.6.0.13 }]
`;

  test.each([
    ['10.0.0.0/8', true],
    ['10.6.7.7/16', true],
    ['10.6.0.0/24', false],
    ['10.7.0.0/16', false],
    ['0.0.0.0/0', false],
  ])('%s around 10.6.0.0/24: %s', async (network, told) => {
    const { findings } = await read({
      'cluster.yaml': other,
      'haproxy/haproxy.cfg': `frontend db\n  bind 10.6.0.100:80\n  acl in src ${network}\n`,
      'keepalived/keepalived.conf': 'vrrp_instance x {\n virtual_ipaddress { 10.6.0.100 }\n}\n',
    });
    expect(findings.map(brief)).toEqual(
      told
        ? [
            `warning LAB016 haproxy/haproxy.cfg:3 ${network} stays as it is in the lab, whose nodes have addresses outside of it.`,
          ]
        : [],
    );
  });

  test('one that holds the addresses of all labs does no harm', async () => {
    expect(await proxy('172.16.0.0/12')).toEqual([]);
  });
});

describe('scripts of keepalived.conf that may run as root', () => {
  const WITH_SCRIPT = `vrrp_script check {
  script "/usr/bin/bash -c true"
}
vrrp_instance gitlab {
  virtual_ipaddress {
    172.30.0.100/24
  }
  track_script {
    check
  }
}
`;
  const told = async (text: string): Promise<readonly string[]> =>
    (await read({ 'keepalived/keepalived.conf': text })).findings
      .filter(({ code }) => code === 'KAD083')
      .map(brief);

  test('are told with a deployment, once for a file that the nodes share', async () => {
    expect(await told(WITH_SCRIPT)).toEqual([
      'warning KAD083 keepalived/keepalived.conf:2 Keepalived runs scripts, and "enable_script_security" and "script_user" are not set: whoever may write a script may become root.',
    ]);
  });

  test.each([
    [
      'with a user for them',
      `global_defs {\n  enable_script_security\n  script_user nobody\n}\n${WITH_SCRIPT}`,
    ],
    ['silenced in the file', `# ha-lab: ignore-file KAD083\n${WITH_SCRIPT}`],
  ])('are not, %s', async (_, text) => {
    expect(await told(text)).toEqual([]);
  });
});
