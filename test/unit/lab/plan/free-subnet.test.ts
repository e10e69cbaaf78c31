import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, overlaps, parseIpv4, parseSubnet } from '../../../../src/cluster/ipv4';
import { freeSubnet } from '../../../../src/lab/plan/free-subnet';

describe('choosing a free subnet', () => {
  it.each([
    ['nothing is used', [], '172.30.0.0/24'],
    ['the first is used', ['172.30.0.0/24'], '172.30.1.0/24'],
    ['a smaller network lies in the first', ['172.30.0.128/28'], '172.30.1.0/24'],
    ['a larger network covers the first four', ['172.30.0.0/22'], '172.30.4.0/24'],
    ['others are used', ['172.17.0.0/16', '10.0.0.0/8', '192.168.1.7/24'], '172.30.0.0/24'],
    ['an interface is given by its address', ['172.30.0.1/24'], '172.30.1.0/24'],
    ['IPv6 and nonsense are among them', ['fd00::/8', '', 'none'], '172.30.0.0/24'],
    ['there is a hole', ['172.30.0.0/24', '172.30.2.0/24'], '172.30.1.0/24'],
  ])('%s', (_name, used, expected) => {
    expect(freeSubnet(used)).toBe(expected);
  });

  it('finds none when the whole range is used', () => {
    expect(freeSubnet(['172.30.0.0/16'])).toBeUndefined();
    expect(freeSubnet(['172.16.0.0/12'])).toBeUndefined();
    expect(freeSubnet(['0.0.0.0/0'])).toBeUndefined();
  });

  it('never overlaps a used one and stays in 172.30.0.0/16', () => {
    const subnet = fc
      .tuple(
        fc.integer({ min: 0, max: 255 }),
        fc.integer({ min: 0, max: 255 }),
        fc.integer({ min: 17, max: 32 }),
      )
      .map(([third, fourth, prefix]) => `172.30.${third}.${fourth}/${prefix}`);
    fc.assert(
      fc.property(fc.array(subnet, { maxLength: 30 }), fc.integer({ min: 0, max: 255 }), (used, start) => {
        const chosen = parseSubnet(freeSubnet(used, start) ?? '');
        if (!chosen) return;
        expect(contains({ network: parseIpv4('172.30.0.0') ?? 0, prefix: 16 }, chosen.network)).toBe(true);
        for (const text of used) {
          const other = parseSubnet(text);
          expect(other && overlaps(other, chosen)).toBe(false);
        }
      }),
    );
  });
});
