import { describe, expect, test } from 'vitest';
import { brief, read } from './workspace-sample';

const CLUSTER = (addresses: readonly string[]): string => `name: sample
network: { subnet: 172.30.0.0/24, vip: 172.30.0.100 }
nodes:
${addresses.map((address, index) => `  - { name: node${index + 1}, address: ${address} }\n`).join('')}`;

const KEEPALIVED = (own: string): string =>
  `vrrp_instance gitlab {\n  unicast_src_ip ${own}\n  virtual_ipaddress {\n    172.30.0.100/24\n  }\n}\n`;

/** Findings of a workspace whose node1 is known by a host name. */
async function findings(own: string, others: readonly string[] = ['172.30.0.12', '172.30.0.13']) {
  const read1 = await read({
    'cluster.yaml': CLUSTER(['db1.example.com', ...others]),
    'nodes/node1/keepalived.conf': KEEPALIVED(own),
    'nodes/node2/keepalived.conf': KEEPALIVED('172.30.0.12'),
  });
  return { found: read1.findings.map(brief), deployable: read1.spec !== undefined };
}

const AT = 'error WSP010 nodes/node1/keepalived.conf:2 unicast_src_ip gives node1 the address';

describe('the address keepalived.conf gives a node that is known by a host name', () => {
  test.each([
    ['172.30.0.12', `${AT} 172.30.0.12, which is that of node2.`],
    ['172.30.0.100', `${AT} 172.30.0.100, which is the VIP.`],
    ['172.30.1.11', `${AT} 172.30.1.11, which is outside the subnet 172.30.0.0/24.`],
    ['172.30.0.0', `${AT} 172.30.0.0, which is the network address of 172.30.0.0/24.`],
    ['172.30.0.255', `${AT} 172.30.0.255, which is the broadcast address of 172.30.0.0/24.`],
  ])('%s is no address for it, and nothing is deployed', async (own, expected) => {
    expect(await findings(own)).toEqual({ found: [expected], deployable: false });
  });

  test.each(['172.30.0.11', '172.30.0.1'])('%s is one', async (own) => {
    expect(await findings(own)).toEqual({ found: [], deployable: true });
  });

  test('two host names with one address are told in both files', async () => {
    const { found } = await findings('172.30.0.12', ['db2.example.com', '172.30.0.13']);
    expect(found).toEqual([
      `${AT} 172.30.0.12, which is that of node2.`,
      'error WSP010 nodes/node2/keepalived.conf:2 unicast_src_ip gives node2 the address 172.30.0.12, which is that of node1.',
    ]);
  });
});
