import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIpv4, parseIpv4 } from '../../../../src/cluster/ipv4';
import {
  clusterInLab,
  mapAddresses,
  substituteAddresses,
  substituteDeep,
} from '../../../../src/lab/plan/address-map';
import { clusterOf } from './sample-workspace';

const PRODUCTION = clusterOf('10.6.0.0/24', ['10.6.0.11', '10.6.0.12', '10.6.0.13'], '10.6.0.100');
const LAB = '172.30.7.0/24';

describe('mapping addresses', () => {
  it('keeps the last number of nodes and VIP', () => {
    expect(mapAddresses(PRODUCTION, LAB)).toEqual({
      addresses: {
        '10.6.0.11': '172.30.7.11',
        '10.6.0.12': '172.30.7.12',
        '10.6.0.13': '172.30.7.13',
        '10.6.0.100': '172.30.7.100',
      },
      from: { network: '10.6.0.0', prefix: 24 },
      to: { network: '172.30.7.0', prefix: 24 },
      bridge: '172.30.7.1',
      gateway: '172.30.7.250',
    });
  });

  it('gives spare numbers where two addresses of a larger subnet share the last one', () => {
    const wide = clusterOf('10.0.0.0/16', ['10.0.1.11', '10.0.2.11', '10.0.3.11'], '10.0.9.255');
    expect(mapAddresses(wide, LAB).addresses).toEqual({
      '10.0.1.11': '172.30.7.11',
      '10.0.2.11': '172.30.7.10',
      '10.0.3.11': '172.30.7.12',
      '10.0.9.255': '172.30.7.13',
    });
  });

  it('leaves the numbers of bridge and gateway to nodes that have them', () => {
    const early = clusterOf(
      '192.168.1.0/24',
      ['192.168.1.1', '192.168.1.254', '192.168.1.250'],
      '192.168.1.251',
    );
    const { addresses, bridge, gateway } = mapAddresses(early, LAB);
    expect(addresses['192.168.1.1']).toBe('172.30.7.1');
    expect(bridge).toBe('172.30.7.253');
    expect(gateway).toBe('172.30.7.249');
  });

  it('maps further addresses of the subnet that the files mention, and no others', () => {
    const { addresses } = mapAddresses(PRODUCTION, LAB, [
      'allow 10.6.0.50 8.8.8.8 10.6.1.50;',
      'host 10.6.0.11',
    ]);
    expect(addresses['10.6.0.50']).toBe('172.30.7.50');
    expect(addresses['8.8.8.8']).toBeUndefined();
    expect(addresses['10.6.1.50']).toBeUndefined();
  });

  it('describes the cluster with the addresses of the lab', () => {
    const lab = clusterInLab(PRODUCTION, mapAddresses(PRODUCTION, LAB));
    expect([lab.subnet, lab.vip, ...lab.nodes.map((node) => node.address)]).toEqual([
      '172.30.7.0/24',
      '172.30.7.100',
      '172.30.7.11',
      '172.30.7.12',
      '172.30.7.13',
    ]);
  });

  it('is one to one and stays inside the lab, whatever the addresses', () => {
    const host = fc.integer({ min: 1, max: 65_534 });
    fc.assert(
      fc.property(fc.uniqueArray(host, { minLength: 4, maxLength: 40 }), (hosts) => {
        const all = hosts.map((number) => formatIpv4((parseIpv4('10.20.0.0') ?? 0) + number));
        const [vip = '', first = '', second = '', third = '', ...others] = all;
        const cluster = clusterOf('10.20.0.0/16', [first, second, third], vip);
        const map = mapAddresses(cluster, LAB, [others.join(' ')]);
        const used = [...Object.values(map.addresses), map.bridge, map.gateway];
        expect(new Set(used).size).toBe(used.length);
        for (const address of used)
          expect(address).toMatch(/^172\.30\.7\.([1-9]|[1-9]\d|1\d\d|2[0-4]\d|25[0-4])$/);
        for (const address of all) expect(map.addresses[address]).toBeDefined();
      }),
    );
  });
});

describe('substituting addresses', () => {
  const map = mapAddresses(PRODUCTION, LAB);

  it.each([
    ['server db1 10.6.0.11:5432 check', 'server db1 172.30.7.11:5432 check'],
    ['10.6.0.11,10.6.0.12;10.6.0.13', '172.30.7.11,172.30.7.12;172.30.7.13'],
    ['10.6.0.11-10.6.0.13', '172.30.7.11-172.30.7.13'],
    ['"10.6.0.100"', '"172.30.7.100"'],
    ['@10.6.0.100/db', '@172.30.7.100/db'],
    ['to 10.6.0.100.', 'to 172.30.7.100.'],
    ['10.6.0.100/24 dev eth0', '172.30.7.100/24 dev eth0'],
    ['10.6.0.100/32', '172.30.7.100/32'],
    ['10.6.0.0/24', '172.30.7.0/24'],
    ['10.6.0.0/16', '10.6.0.0/16'],
    ['10.6.0.110', '10.6.0.110'],
    ['10.6.0.1', '10.6.0.1'],
    ['110.6.0.11', '110.6.0.11'],
    ['10.6.0.11.5', '10.6.0.11.5'],
    ['1.10.6.0.11', '1.10.6.0.11'],
    ['v10.6.0.11', 'v10.6.0.11'],
    ['10.6.0.11x', '10.6.0.11x'],
    ['127.0.0.1 0.0.0.0 8.8.8.8', '127.0.0.1 0.0.0.0 8.8.8.8'],
  ])('%s becomes %s', (text, expected) => {
    expect(substituteAddresses(text, map)).toBe(expected);
  });

  it('gives the lab’s prefix where the cluster’s own stands', () => {
    const wide = mapAddresses(
      clusterOf('10.0.0.0/16', ['10.0.1.11', '10.0.2.12', '10.0.3.13'], '10.0.9.9'),
      LAB,
    );
    expect(substituteAddresses('10.0.9.9/16 10.0.0.0/16 10.0.1.11/32', wide)).toBe(
      '172.30.7.9/24 172.30.7.0/24 172.30.7.11/32',
    );
  });

  it('reaches every string of a value and nothing else', () => {
    const value = { a: '10.6.0.11', b: [1, true, '10.6.0.12:1'], '10.6.0.13': { c: null } };
    expect(substituteDeep(value, map)).toEqual({
      a: '172.30.7.11',
      b: [1, true, '172.30.7.12:1'],
      '10.6.0.13': { c: null },
    });
  });

  it('changes nothing but whole addresses it knows: the text around them stays', () => {
    const noise = fc.stringMatching(/^[ a-z\n{}#=",;]{0,12}$/);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(noise, fc.constantFrom(...Object.keys(map.addresses)))),
        noise,
        (parts, end) => {
          const text = (pick: (address: string) => string): string =>
            parts.map(([before, address]) => `${before} ${pick(address)} `).join('') + end;
          expect(
            substituteAddresses(
              text((address) => address),
              map,
            ),
          ).toBe(text((address) => map.addresses[address] ?? ''));
        },
      ),
    );
  });
});
