import { describe, expect, test } from 'vitest';
import { lintHaproxy } from '../../../../../src/languages/haproxy/lint';
import { readHaproxy } from '../../../../../src/languages/haproxy/subject';

/** The errors and warnings of some rules, as `line rule`, lines from one. */
function told(lines: readonly string[], ...rules: readonly string[]): readonly string[] {
  return lintHaproxy(readHaproxy(`${lines.join('\n')}\n`, '3.0'), 'haproxy.cfg')
    .filter(({ code }) => rules.includes(code))
    .map(({ code, range }) => `${range.start.line + 1} ${code}`);
}

const RESOLVED = '    server s 10.0.0.1:80 resolvers gone';
const MISSPELT = '10.0.0.1:80 chek';
const NAMED = '    server s name.invalid:80';
const DENY = '    http-request deny if trusted';
const PATHS = '    http-request normalize-uri path-merge-slashes';
const WEB = ['    mode http', '    bind :80'];

describe('a line that is written again is judged anew where it may mean something else', () => {
  test.each([
    {
      about: 'each use of a name that is not there',
      lines: ['backend a', RESOLVED, 'backend b', RESOLVED],
      rules: ['HAP043'],
      expected: ['2 HAP043', '4 HAP043'],
    },
    {
      about: 'an ACL that only the first section has',
      lines: ['frontend a', ...WEB, '    acl trusted src 10.0.0.0/8', DENY, 'frontend b', ...WEB, DENY],
      rules: ['HAP037'],
      expected: ['9 HAP037'],
    },
    {
      about: 'sections of another kind',
      lines: ['listen a', '    balance leastconn', 'frontend b', '    balance leastconn'],
      rules: ['HAP012'],
      expected: ['4 HAP012'],
    },
    {
      about: 'a defaults section with a name, and one without',
      lines: ['defaults a', '    http-request allow', 'defaults', '    http-request allow'],
      rules: ['HAP011'],
      expected: ['4 HAP011'],
    },
    {
      about: 'what is allowed further down only',
      lines: [
        'frontend a',
        ...WEB,
        PATHS,
        'global',
        'expose-experimental-directives',
        'frontend b',
        ...WEB,
        PATHS,
      ],
      rules: ['HAP050'],
      expected: ['4 HAP050'],
    },
    {
      about: 'a name that need not resolve in the first section',
      lines: ['backend a', '    default-server init-addr none', NAMED, 'backend b', NAMED],
      rules: ['HAP307'],
      expected: ['5 HAP307'],
    },
    {
      about: 'the same format in a rule that has no response yet',
      lines: [
        'backend a',
        '    http-response set-header X %[res.hdr(A)]',
        '    http-request set-header X %[res.hdr(A)]',
      ],
      rules: ['HAP040'],
      expected: ['3 HAP040'],
    },
    {
      about: 'the same faults behind other names',
      lines: [
        'backend a',
        `    server one ${MISSPELT}`,
        `    server two ${MISSPELT}`,
        '    acl one srcc 10.0.0.1',
        '    acl two srcc 10.0.0.1',
      ],
      rules: ['HAP031', 'HAP033'],
      expected: ['2 HAP031', '3 HAP031', '4 HAP033', '5 HAP033'],
    },
  ])('$about', ({ lines, rules, expected }) => {
    expect(told(lines, ...rules)).toEqual(expected);
  });
});
