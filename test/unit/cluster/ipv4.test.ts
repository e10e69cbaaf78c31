import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  broadcastOf,
  contains,
  formatIpv4,
  formatSubnet,
  gatewayOf,
  networkOf,
  overlaps,
  parseIpv4,
  parseSubnet,
} from '../../../src/cluster/ipv4';

const address = fc.integer({ min: 0, max: 0xffffffff });
const prefix = fc.integer({ min: 0, max: 32 });

describe('addresses', () => {
  test.each([
    ['0.0.0.0', 0],
    ['172.30.0.11', 0xac1e000b],
    ['255.255.255.255', 0xffffffff],
  ])('%s is %i', (text, number) => {
    expect(parseIpv4(text)).toBe(number);
    expect(formatIpv4(number)).toBe(text);
  });

  test.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '01.2.3.4',
    '1.2.3.4 ',
    '1.2.3.-4',
    '1e1.0.0.1',
    '::1',
    'a.b.c.d',
  ])('"%s" is none', (text) => {
    expect(parseIpv4(text)).toBeUndefined();
  });

  test('every number survives being written and read', () => {
    fc.assert(
      fc.property(address, (number) => {
        expect(parseIpv4(formatIpv4(number))).toBe(number);
      }),
    );
  });
});

describe('subnets', () => {
  test('172.30.0.77/24 has its host bits cleared, a gateway and a broadcast address', () => {
    const subnet = parseSubnet('172.30.0.77/24');
    expect(subnet && formatSubnet(subnet)).toBe('172.30.0.0/24');
    expect(subnet && formatIpv4(gatewayOf(subnet))).toBe('172.30.0.1');
    expect(subnet && formatIpv4(broadcastOf(subnet))).toBe('172.30.0.255');
  });

  test.each(['', '172.30.0.0', '172.30.0.0/', '172.30.0.0/33', '172.30.0.0/024', '172.30.0/24', '/24'])(
    '"%s" is none',
    (text) => {
      expect(parseSubnet(text)).toBeUndefined();
    },
  );

  test('an address is its network and the number of the host in it', () => {
    fc.assert(
      fc.property(address, prefix, (number, bits) => {
        const size = 2 ** (32 - bits);
        expect(networkOf(number, bits) + (number % size)).toBe(number);
      }),
    );
  });

  test('a subnet contains exactly the addresses from its first to its last', () => {
    fc.assert(
      fc.property(address, prefix, address, (base, bits, number) => {
        const subnet = { network: networkOf(base, bits), prefix: bits };
        const inside = number >= subnet.network && number <= broadcastOf(subnet);
        expect(contains(subnet, number)).toBe(inside);
      }),
    );
  });

  test('subnets overlap when one holds the other, and never otherwise', () => {
    fc.assert(
      fc.property(address, prefix, address, prefix, (one, oneBits, other, otherBits) => {
        const first = { network: networkOf(one, oneBits), prefix: oneBits };
        const second = { network: networkOf(other, otherBits), prefix: otherBits };
        const shared = contains(first, second.network) || contains(second, first.network);
        expect(overlaps(first, second)).toBe(shared);
      }),
    );
  });
});
