import { describe, expect, it } from 'vitest';
import { features, open } from './editor';

function hover(marked: string, version = '3.0'): string {
  const { subject, position } = open(marked, version);
  const contents = features.hover(subject, position)?.contents;
  return contents !== undefined && typeof contents === 'object' && 'value' in contents ? contents.value : '';
}

const web = (line: string): string => `backend app
    server node1 10.0.0.1:80 check
frontend web
    acl api path_beg /api
    acl api path_beg /graphql
    ${line}
`;

describe('hover tells', () => {
  it.each([
    ['what a section is', web('').replace('frontend', 'front‸end'), 'Where clients connect'],
    ['a keyword', web('max‸conn 5'), 'Most connections of this frontend'],
    ['a keyword of two words, on the first', web('time‸out client 5s'), 'timeout client <time>'],
    ['a keyword of two words, on the second', web('timeout cli‸ent 5s'), 'Longest silence of a client'],
    ['an option', web('option http‸log'), 'details of HTTP requests'],
    ['an option that is switched off', web('no option clit‸cpka'), 'Keep-alive probes to clients'],
    [
      'an action with its arguments',
      web('http-request set-h‸eader X y'),
      'http-request set-header <text> <format>',
    ],
    ['a parameter of bind lines', web('bind :80 accept-pr‸oxy'), 'PROXY protocol'],
    ['a fetch with its type', web('http-request set-header X %[sr‸c]'), 'src : address'],
    ['a converter with its types', web('http-request set-header X %[src,low‸er]'), 'lower : string → string'],
    ['a keyword of ACLs', web('acl x path_b‸eg /'), 'matched by "beg"'],
    ['an alias of log formats', web('log-format %c‸i'), 'Address of the client'],
    ['a mode', web('mode ht‸tp'), 'Requests are understood'],
    ['a keyword of the global section', 'global\n    max‸conn 5\n', 'whole process'],
    ['a keyword of a small section', 'resolvers r\n    hol‸d valid 5s\n', 'stays in use'],
    ['a check', 'backend b\n    http-check exp‸ect status 200\n', 'What a healthy answer has'],
    ['a backend by its lines', web('default_backend a‸pp'), 'server node1 10.0.0.1:80 check'],
    ['an ACL by all its lines', web('http-request deny if a‸pi'), 'acl api path_beg /graphql'],
    ['what was removed, and what to write', web('req‸rep a b'), 'Removed in HAProxy 2.1'],
    ['what is deprecated', 'global\n    master-wor‸ker\n', ''],
  ])('%s', (_, text, expected) => {
    expect(hover(text)).toContain(expected);
  });

  it.each([
    ['3.4', 'global\n    master-wor‸ker\n', 'Deprecated since 3.4'],
    ['2.6', web('http-request pa‸use 1'), 'Since HAProxy 3.2 (3.0 does not know it).'],
    ['3.0', 'progr‸am p\n', 'Up to HAProxy 3.2 (3.4 does not know it).'],
    ['2.6', web('http-request set-header X %[bs.i‸d]'), 'Since HAProxy 3.0 (2.6 does not know it).'],
  ])('%s: since when', (version, text, expected) => {
    expect(hover(text, version)).toContain(expected);
  });

  it.each([
    ['in comments', web('# max‸conn')],
    ['on blank lines', web('‸')],
    ['on free text', web('http-request set-header X-Fo‸o y')],
    ['on unknown words', web('nons‸ense')],
  ])('nothing %s', (_, text) => {
    expect(hover(text)).toBe('');
  });

  it('links to the manual of the version', () => {
    expect(hover(web('timeout cli‸ent 5s'), '3.2')).toContain(
      'https://docs.haproxy.org/3.2/configuration.html#4.2-timeout%20client',
    );
  });
});
