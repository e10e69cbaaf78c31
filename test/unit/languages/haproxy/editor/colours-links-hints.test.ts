import { describe, expect, it } from 'vitest';
import { TOKEN_TYPES } from '../../../../../src/languages/core/language/language';
import { features, read } from './editor';

const ALL = { start: { line: 0, character: 0 }, end: { line: 9_999, character: 0 } };

describe('colours', () => {
  const colours = (text: string): string[] => {
    const lines = text.split('\n');
    return (features.semanticTokens?.(read(text)) ?? []).map(({ range, type, modifiers }) => {
      expect(range.start.line).toBe(range.end.line);
      expect(TOKEN_TYPES).toContain(type);
      const word = (lines[range.start.line] ?? '').slice(range.start.character, range.end.character);
      return `${word}=${type}${modifiers?.includes('declaration') === true ? '!' : ''}`;
    });
  };

  it('follow the meaning of words', () => {
    const text = `backend app # where
    acl api path_beg -i /api
    no option httpclose
    balance leastconn
    http-request set-header X %[src,lower] if api !{ method GET }
    server node1 10.0.0.11:80 check inter 2s
`;
    expect(colours(text)).toEqual([
      ...['backend=namespace', 'app=class!', '# where=comment'],
      ...['acl=keyword', 'api=variable!', 'path_beg=function', '-i=parameter', '/api=string'],
      ...['no=keyword', 'option=keyword', 'httpclose=property'],
      ...['balance=keyword', 'leastconn=enumMember'],
      ...['http-request=keyword', 'set-header=keyword', 'X=string', 'src=function', 'lower=function'],
      ...['if=keyword', 'api=variable', '!{=operator', 'method=function', 'GET=string', '}=operator'],
      ...[
        'server=keyword',
        'node1=variable!',
        '10.0.0.11:80=string',
        'check=property',
        'inter=property',
        '2s=number',
      ],
    ]);
  });
});

describe('links', () => {
  it('lead to the files a configuration names, as they are written', () => {
    const text = `global
    lua-load /etc/haproxy/a.lua
http-errors e
    errorfile 503 /etc/haproxy/503.http
listen a
    bind :443 ssl crt certs/site.pem ca-file /etc/ssl/ca.pem
    errorfile 500 "errors/500.http"
    acl blocked src -f blocked.lst
    http-request deny errorfile own.http if blocked
    http-request return status 200 content-type text/plain file robots.txt if { path /robots.txt }
    use_backend %[req.hdr(host),map(hosts.map,app)]
    server s :80 ssl crt @store/alias ca-file "\${CA}"
`;
    const links = features.documentLinks?.(read(text)) ?? [];
    expect(links.map(({ data }) => String(data))).toEqual([
      '/etc/haproxy/a.lua',
      '/etc/haproxy/503.http',
      'certs/site.pem',
      '/etc/ssl/ca.pem',
      'errors/500.http',
      'blocked.lst',
      'own.http',
      'robots.txt',
      'hosts.map',
    ]);
    const lines = text.split('\n');
    for (const { range, data } of links) {
      expect((lines[range.start.line] ?? '').slice(range.start.character, range.end.character)).toContain(
        data,
      );
    }
  });
});

describe('links of files in other folders', () => {
  const links = (text: string): string[] =>
    (features.documentLinks?.(read(text, '3.4')) ?? []).map(({ data }) => String(data));

  it('follow crt-base, key-base and ca-base', () => {
    expect(
      links(`global
    crt-base /etc/certs
    ca-base /etc/ca/
crt-store web
    load crt a.pem
    crt-base /etc/ssl
    key-base /etc/keys
    load crt b.pem key b.key alias c ocsp /run/b.ocsp
listen a
    bind :443 ssl crt c.pem ca-file ca.pem crt @web/c
`),
    ).toEqual([
      '/etc/certs/a.pem',
      '/etc/ssl/b.pem',
      '/etc/keys/b.key',
      '/run/b.ocsp',
      '/etc/certs/c.pem',
      '/etc/ca/ca.pem',
    ]);
  });

  it('lead to maps and lists that rules look up or change', () => {
    expect(
      links(`acme le
    account-key /etc/acme.key
    map virt@acme
listen a
    http-request set-map(hosts.map) %[src] %[dst]
    http-request add-acl(allowed.lst) %[src]
    http-response del-map(virt@x) %[src]
    http-request deny if { src -M -f networks.map }
    tcp-request content reject if { src,map_ip(geo.map) -m found }
`),
    ).toEqual(['/etc/acme.key', 'hosts.map', 'allowed.lst', 'networks.map', 'geo.map']);
  });
});

describe('hints', () => {
  const hints = (lines: string): unknown[] =>
    (features.inlayHints?.(read(`backend a\n${lines}\n`), ALL) ?? []).map(({ label }) => label);

  it.each([
    ["HAProxy's own times", ' server s :80 check', ['out after ≤ 6 s, silent ≤ 12 s']],
    ['times of the line', ' server s :80 check inter 3s fall 2', ['out after ≤ 6 s, silent ≤ 12 s']],
    [
      'faster checks',
      ' server s :80 check inter 1s fastinter 500ms fall 3',
      ['out after ≤ 2 s, silent ≤ 5 s'],
    ],
    [
      'times of default-server',
      ' default-server inter 1s fall 3\n server s :80 check',
      ['out after ≤ 3 s, silent ≤ 6 s'],
    ],
    [
      'a time for the check',
      ' timeout check 5s\n timeout connect 1s\n server s :80 check inter 2s fall 1',
      ['out after ≤ 2 s, silent ≤ 8 s'],
    ],
    ['nothing without checks', ' server s :80', []],
    ['nothing where the environment decides', ' server s :80 check inter "${INTER}"', []],
    ['nothing for what cannot be read', ' server s :80 check fall x', []],
  ])('tell how long a dead server stays in use: %s', (_, lines, expected) => {
    expect(hints(lines)).toEqual(expected);
  });

  it('keep to the lines asked for', () => {
    const range = { start: { line: 5, character: 0 }, end: { line: 9, character: 0 } };
    expect(features.inlayHints?.(read('backend a\n server s :80 check\n'), range)).toEqual([]);
  });
});
