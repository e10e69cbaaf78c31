import { describe, expect, it } from 'vitest';
import { changed, fixed, GOOD, lint } from './good-file';

describe("lines written as in other programs' files", () => {
  /** Severity, code and remedy of each finding. */
  const told = (text: string) =>
    lint(text).map(({ severity, code, remedy }) => `${severity} ${code} ${remedy}`);

  it.each([
    ['priority 100', 'priority = 150', 'error KAD029 Write "priority 150".', 'priority 150'],
    [
      'priority 100',
      'priority=150',
      'error KAD001 Write "priority 150": keepalived knows neither "=" nor ":".',
      'priority 150',
    ],
    [
      'priority 100',
      'priority: 150',
      'error KAD001 Write "priority 150": keepalived knows neither "=" nor ":".',
      'priority 150',
    ],
    ['priority 100', 'priority 150;', 'error KAD022 Write 150.', 'priority 150'],
    ['interface eth0', 'interface = eth1', 'error KAD029 Write "interface eth1".', 'interface eth1'],
    ['router_id node1', 'router_id = lb1', 'warning KAD029 Write "router_id lb1".', 'router_id lb1'],
    ['10.0.0.100/24', '10.0.0.101/24,', 'error KAD024 Write 10.0.0.101/24.', '10.0.0.101/24'],
    ['10.0.0.13\n', '10.0.0.14,\n', 'error KAD024 Write 10.0.0.14.', '10.0.0.14\n'],
  ])('instead of "%s": "%s"', (right, written, remedy, repaired) => {
    const text = changed(right, written);
    expect(told(text)).toEqual([remedy]);
    const [finding] = lint(text);
    expect(finding === undefined ? '' : fixed(text, finding)).toBe(changed(right, repaired));
  });

  it.each([
    [
      'interface eth0',
      'interface eth0, eth1',
      'error KAD028 Write one name; further ones are watched in "track_interface", one a line.',
    ],
    [
      '10.0.0.100/24',
      '10.0.0.100/24, 10.0.0.101/24',
      'error KAD024 Write one address a line, without signs between them.',
    ],
    [
      '10.0.0.12\n        10.0.0.13',
      '10.0.0.12, 10.0.0.13',
      'error KAD024 Write one peer a line, without signs between them.',
    ],
  ])('a list has no sure repair: "%s" as "%s"', (right, written, remedy) => {
    const text = changed(right, written);
    expect(told(text)).toEqual([remedy]);
    expect(lint(text)[0]?.fix).toBeUndefined();
  });
});

describe('a password is in no finding', () => {
  it.each([
    ['auth_pass = S3cret', ['KAD029']],
    ['auth_pass=S3cret', ['KAD001']],
    ['auth_pass: S3cret', ['KAD001']],
    ['auth_pas=S3cret', ['KAD001']],
    ['auth_pass\u00a0S3cret', ['KAD001']],
    ['auth_pass my S3cret', ['KAD021']],
  ])('%s', (line, expected) => {
    const authentication = `    authentication {\n        auth_type PASS\n        ${line}\n    }\n`;
    const found = lint(changed('    advert_int 1\n', `    advert_int 1\n${authentication}`));
    expect(found.map(({ code }) => code)).toEqual(expect.arrayContaining(expected));
    const said = found.flatMap(({ message, remedy, fix }) => [message, remedy, fix?.title]);
    expect(said.filter((text) => text?.includes('S3cret'))).toEqual([]);
  });
});

describe('a word that is nearly one of those known', () => {
  it.each([
    ['state BACKUP', 'state MASTR', 'state MASTER'],
    ['state BACKUP', 'state backup', 'state BACKUP'],
    ['state BACKUP', 'state BCKUP', 'state BACKUP'],
  ])('%s, written %s, is repaired to %s', (from, slip, right) => {
    const text = changed(from, slip);
    const [finding] = lint(text).filter(({ code }) => code === 'KAD023');
    expect(finding).toBeDefined();
    expect(finding && fixed(text, finding)).toBe(GOOD.replace(from, right));
  });

  it('a word that is near none has no repair', () => {
    const [finding] = lint(changed('state BACKUP', 'state SLAVE')).filter(({ code }) => code === 'KAD023');
    expect([finding?.code, finding?.fix]).toEqual(['KAD023', undefined]);
  });
});
