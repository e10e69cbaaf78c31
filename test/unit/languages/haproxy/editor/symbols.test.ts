import { describe, expect, it } from 'vitest';
import { positionAt, textLines } from '../../../../../src/finding/text-lines';
import type { SymbolUse } from '../../../../../src/languages/core/language/language';
import { apply, features, open, read } from './editor';

const FILE = `global
    log ring@buffer local0
resolvers dns
    nameserver a 10.0.0.2:53
peers lab
    peer node1 10.0.0.11:1024
    table clients type ip size 1m
mailers mail
    mailer smtp 10.0.0.3:25
userlist admins
    group ops users root
    user root password x groups ops
ring buffer
    size 32768
cache small
    total-max-size 4
http-errors pages
    errorfile 503 /etc/haproxy/503.http
program agent
    command /bin/true
defaults tcp-like
    mode tcp
    email-alert mailers mail
    errorfiles pages
backend app from tcp-like
    acl api path_beg /api
    stick-table type ip size 1m peers lab
    use-server node1 if api
    server node1 10.0.0.11:80 check resolvers dns
    server node2 10.0.0.12:80 track app/node1
backend status
    acl api path_beg /other
    http-request return status 200 content-type text/plain lf-string 'up: %[nbsrv(app)]' if api
    http-request return status 200 content-type text/plain lf-string "%[srv_conn(app/node1)]"
frontend web
    bind :80
    acl busy be_conn(app) gt 100
    acl user http_auth(admins)
    filter cache small
    http-request cache-use small
    http-request do-resolve(txn.ip,dns) hdr(host),lower
    http-request track-sc0 src table app
    http-request track-sc1 src table lab/clients
    http-request set-var(txn.host) req.hdr(host)
    http-request deny if !user busy or !{ srv_is_up(app/node2) } { var(txn.host) -m found }
    use_backend status if { src,in_table(app) }
    default_backend app
`;

/** `kind name` of every use, with the text at its place, `!` before definitions. */
function uses(text: string, version = '3.0'): readonly string[] {
  const lines = textLines(text);
  return features.symbolUses(read(text, version)).map(({ kind, name, role, range }) => {
    const start = (lines.starts[range.start.line] ?? 0) + range.start.character;
    const end = (lines.starts[range.end.line] ?? 0) + range.end.character;
    expect(text.slice(start, end)).toBe(name);
    return `${role === 'definition' ? '!' : ''}${kind} ${name}`;
  });
}

function symbolAt(marked: string): { symbol: SymbolUse; same: readonly SymbolUse[]; text: string } {
  const { subject, position, text } = open(marked);
  const all = features.symbolUses(subject);
  const symbol = all.find(({ range }) => {
    const { start, end } = range;
    return (
      start.line === position.line &&
      start.character <= position.character &&
      end.character >= position.character
    );
  });
  if (symbol === undefined) throw new Error('no symbol');
  const same = all.filter(
    (u) => u.kind === symbol.kind && u.name === symbol.name && u.scope === symbol.scope,
  );
  return { symbol, same, text };
}

function rename(marked: string, newText: string): string {
  const { same, text } = symbolAt(marked);
  return apply(
    text,
    same.map(({ range }) => ({ range, newText })),
  );
}

describe('names', () => {
  it('are found where they are defined and used, in the order of the file', () => {
    expect(uses(FILE)).toEqual([
      'ring buffer',
      ...['!resolvers dns', '!nameserver a', '!peers lab', '!peer node1', '!table clients'],
      ...['!mailers mail', '!mailer smtp', '!userlist admins', '!group ops', 'user root'],
      ...['!user root', 'group ops', '!ring buffer', '!cache small', '!http-errors pages', '!program agent'],
      ...['!defaults tcp-like', 'mailers mail', 'http-errors pages'],
      ...['!backend app', 'defaults tcp-like', '!acl api', 'peers lab', 'server node1', 'acl api'],
      ...['!server node1', 'resolvers dns', '!server node2', 'backend app', 'server node1'],
      ...['!backend status', '!acl api', 'backend app', 'acl api', 'backend app', 'server node1'],
      ...[
        '!frontend web',
        '!acl busy',
        'backend app',
        '!acl user',
        'userlist admins',
        'cache small',
        'cache small',
      ],
      ...[
        '!variable txn.ip',
        'resolvers dns',
        'backend app',
        'peers lab',
        'table clients',
        '!variable txn.host',
      ],
      ...['acl user', 'acl busy', 'backend app', 'server node2', 'variable txn.host'],
      ...['backend status', 'backend app', 'backend app'],
    ]);
  });

  it.each([
    [
      'an ACL of one section is not that of another',
      'backend a\n acl x‸ always_true\n http-request deny if x\nbackend b\n acl x always_true\n',
      2,
    ],
    [
      'a server of one backend is not that of another',
      'backend a\n server s‸ :1\nbackend b\n server s :1\n server t :1 track a/s\n',
      2,
    ],
    ['a frontend and a backend of one name are two things', 'frontend a‸\n use_backend a\nbackend a\n', 1],
    ['a listen section is a backend too', 'listen a‸\n bind :1\nfrontend f\n default_backend a\n', 2],
    ['all lines of an ACL are one', 'listen a\n acl x‸ src 10.0.0.1\n acl x src 10.0.0.2\n', 2],
  ])('%s', (_, text, count) => {
    expect(symbolAt(text).same).toHaveLength(count);
  });

  it('are not taken from what the environment decides', () => {
    expect(uses('backend "${NAME}"\nfrontend f\n default_backend "${NAME}"\n')).toEqual(['!frontend f']);
  });

  it('that HAProxy defines itself are none of the file', () => {
    expect(uses('listen f\n http-request deny if METH_GET || !LOCALHOST or { path / }\n')).toEqual([
      '!listen f',
    ]);
  });

  it('are found in "acl" expressions', () => {
    expect(uses('listen f\n acl a always_true\n http-request deny if { acl(a,!a) }\n')).toEqual([
      '!listen f',
      '!acl a',
      'acl a',
      'acl a',
    ]);
  });
});

describe('renaming', () => {
  it('changes every place and nothing else', () => {
    const renamed = rename(FILE.replace('backend app from', 'backend ap‸p from'), 'gitlab');
    expect(uses(renamed)).toEqual(uses(FILE).map((use) => use.replace(/^(!?backend) app$/, '$1 gitlab')));
    expect(renamed.replaceAll('gitlab', 'app')).toBe(FILE);
  });

  it.each([
    ['backend a‸\n', 'b c', 'A name has letters, digits, "-", "_", "." and ":" only.'],
    ['backend a‸\n', '', 'A name has letters, digits, "-", "_", "." and ":" only.'],
    ['backend a‸\nlisten b\n', 'b', '"b" is taken: a backend of this name exists.'],
    ['frontend a‸\nbackend b\n', 'b', undefined],
    ['backend a‸\n', 'a', undefined],
    ['listen a\n acl x‸ src 10.0.0.1\n', 'or', '"or" joins conditions and cannot name an ACL.'],
    ['listen a\n acl x‸ src 10.0.0.1\n', 'METH_GET', 'HAProxy itself defines the ACL "METH_GET".'],
    [
      'listen a\n acl x‸ src 10.0.0.1\n acl y src 10.0.0.1\n',
      'y',
      '"y" is taken: an acl of this name exists.',
    ],
    ['listen a\n acl x‸ src 10.0.0.1\nlisten b\n acl y src 10.0.0.1\n', 'y', undefined],
    ['listen a\n http-request set-var(txn.x‸) src\n', 'x', expect.stringContaining('begins with its scope')],
    ['listen a\n http-request set-var(txn.x‸) src\n', 'txn.client', undefined],
    [
      'listen a\n http-request deny if { var(txn.x‸) -m found }\n',
      'txn.client',
      'Nothing in this file sets "txn.x": Lua or an agent does, and knows it by this name.',
    ],
  ])('%j to "%s": %s', (marked, name, reason) => {
    const { symbol, text } = symbolAt(marked);
    expect(features.refuseRename?.(read(text), symbol, name)?.refused).toEqual(reason);
  });
});

describe('positions', () => {
  it('in quoted words are exact', () => {
    const text = `backend b-1\nlisten l\n http-request set-header X "a \\"b\\" %[nbsrv(b-1)]"\n`;
    const found = features.symbolUses(read(text)).filter(({ name }) => name === 'b-1');
    expect(found[1]?.range.start).toEqual(positionAt(textLines(text), text.lastIndexOf('b-1')));
  });
});
