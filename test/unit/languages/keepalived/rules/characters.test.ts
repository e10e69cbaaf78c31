import { describe, expect, it } from 'vitest';
import { changed, codes, fixed, GOOD, lint } from './good-file';

describe('characters that nobody sees', () => {
  const repaired = (text: string, code: string): string => {
    const finding = lint(text).find((one) => one.code === code);
    if (finding === undefined) throw new Error(`${code} is not found`);
    return fixed(text, finding);
  };

  it('all NUL characters of a line go with one fix', () => {
    const text = changed('router_id node1', '\0router_id\0 no\0\0de1\0');
    expect(codes(text)).toEqual(['KAD009']);
    expect(repaired(text, 'KAD009')).toBe(GOOD);
    expect(lint(text)[0]?.fix?.title).toBe('Remove the NUL characters of the line');
    const [one] = lint(changed('router_id node1', 'router_id node1\0'));
    expect(one?.fix?.title).toBe('Remove the NUL character');
  });

  it('all byte order marks at the begin go with one fix', () => {
    const text = `\ufeff\ufeff\ufeff${GOOD}`;
    expect(codes(text)).toEqual(['KAD008']);
    expect(repaired(text, 'KAD008')).toBe(GOOD);
  });

  it.each(['\u00a0', '\u2003', '\u2028', '\ufeff'])('%j is no white space to keepalived', (space) => {
    const text = changed('state BACKUP', `state${space}BACKUP`);
    const [finding] = lint(text);
    expect(finding?.code).toBe('KAD001');
    expect(finding?.remedy).toContain('ordinary spaces');
    expect(repaired(text, 'KAD001')).toBe(GOOD);
  });

  it.each(['\t', '\v', '\f', '\r', ' \t '])('%j is white space to keepalived', (space) => {
    expect(codes(changed('state BACKUP', `state${space}BACKUP`))).toEqual([]);
  });
});
