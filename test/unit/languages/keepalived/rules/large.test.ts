import { describe, expect, it } from 'vitest';
import { GOOD, lint } from './good-file';

describe('very much of something', () => {
  const instance = (name: string, id: number): string =>
    GOOD.slice(GOOD.indexOf('vrrp_instance'))
      .replace('vrrp_instance gitlab', `vrrp_instance ${name}`)
      .replace('virtual_router_id 51', `virtual_router_id ${id}`);
  const head = GOOD.slice(0, GOOD.indexOf('vrrp_instance'));

  it('a router id is compared with those of all instances, however many stand between', () => {
    const between = Array.from({ length: 600 }, (_, at) => instance(`other${at}`, 52 + (at % 150)));
    const text = [head, instance('first', 51), ...between, instance('last', 51)].join('\n');
    const clashes = lint(text).filter(({ code }) => code === 'KAD033');
    expect(clashes.at(-1)?.message).toContain('"first" has the router id 51');
    expect(clashes).toHaveLength(600 - 150 + 1);
  });

  it('a file too large to be read whole is read up to a point, and silent about what may follow', () => {
    const many = Array.from({ length: 13_000 }, (_, at) =>
      instance(`gitlab${at}`, 51).replace('eth0', `e${at}`),
    );
    const text = [head, ...many].join('\n');
    expect(text.length).toBeGreaterThan(4_000_000);
    expect(lint(text).map(({ code }) => code)).toEqual([]);
    const [early] = lint(text.replace('nopreempt', 'nopremt'));
    expect(early?.code).toBe('KAD001');
  });

  it.each(['}', '{\n', 'a ', '\n', '"\n', 'a\0\n', 'vrrp_instance a {\n}\n', '# ha-lab: ignore KAD001 x\n'])(
    'ten megabytes of %j have a bounded number of findings',
    (unit) => {
      const findings = lint(unit.repeat(Math.ceil(10_000_000 / unit.length)));
      expect(findings.length).toBeLessThanOrEqual(30_000);
    },
    60_000,
  );
});
