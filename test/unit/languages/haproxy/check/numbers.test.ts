import { describe, expect, it } from 'vitest';
import { lintHaproxy } from '../../../../../src/languages/haproxy/lint';
import { readHaproxy } from '../../../../../src/languages/haproxy/subject';

/** Where a number stands that HAProxy reads with C's own functions, by the section it stands in. */
const PLACES: readonly (readonly [place: string, section: string, line: (value: string) => string])[] = [
  ['maxconn of defaults', 'defaults', (value) => `maxconn ${value}`],
  ['maxconn of a frontend', 'frontend web', (value) => `maxconn ${value}`],
  ['backlog', 'frontend web', (value) => `backlog ${value}`],
  ['fullconn', 'backend app', (value) => `fullconn ${value}`],
  ['retries', 'backend app', (value) => `retries ${value}`],
  ['maxconn of a server', 'backend app', (value) => `server n1 10.20.0.11:80 maxconn ${value}`],
  ['weight', 'backend app', (value) => `server n1 10.20.0.11:80 weight ${value}`],
  ['hash-balance-factor', 'backend app', (value) => `hash-balance-factor ${value}`],
];

describe.each(PLACES)('%s', (_name, section, line) => {
  const told = (value: string): string[] =>
    lintHaproxy(readHaproxy(`${section}\n    ${line(value)}\n`, '3.0'), 'haproxy.cfg')
      .filter(({ message }) => message.includes(`"${value}"`))
      .map(({ severity, message, remedy }) => `${severity}: ${message} ${remedy}`);

  it.each([
    ['200k', 200],
    ['150s', 150],
    ['200_000', 200],
    ['120.5', 120],
  ])('%s is %d to HAProxy', (value, read) => {
    const message = `HAProxy reads "${value}" as ${read}: what follows the digits is dropped.`;
    expect(told(value)).toEqual([`error: ${message} Write the whole number in digits alone.`]);
  });

  it('200 is 200', () => {
    expect(told('200')).toEqual([]);
  });
});
