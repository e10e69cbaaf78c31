import { describe, expect, it } from 'vitest';
import { apply, features, open } from './editor';

const FILE = `resolvers consul
    nameserver local 127.0.0.1:8600

userlist admins
    user root password x

peers lab
    peer node1 10.0.0.11:1024

defaults tcp-like
    mode tcp

backend app
    acl only_app path /app
    stick-table type ip size 1m
    server node1 10.0.0.11:80 check
    server node2 10.0.0.12:80 track other/a

backend other
    server a 10.0.0.13:80

frontend web
    bind :80
    acl is_api path_beg /api
    http-request set-var(txn.host) req.hdr(host)
`;

function labels(line: string, version = '3.0', before = FILE): string[] {
  const { subject, position } = open(before + line, version);
  return features.completion(subject, position).map(({ label }) => label);
}

const CASES: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
  ['sections and keywords where a line begins', '‸', ['backend', 'use_backend', 'no'], ['nameserver']],
  [
    'keywords of a frontend, not those of backends',
    '    ‸',
    ['bind', 'use_backend'],
    ['server', 'balance', 'nbproc'],
  ],
  ['removed keywords never', '    ‸', ['timeout'], ['reqrep', 'clitimeout', 'monitor-net']],
  ['second words', '    timeout ‸', ['client', 'http-request', 'server'], ['timeout']],
  ['options of this side', '    option ‸', ['httplog', 'forwardfor', 'clitcpka'], ['httpchk', 'pgsql-check']],
  ['options that can be negated', '    no option ‸', ['clitcpka'], ['httplog']],
  ['what "no" may stand before', '    no ‸', ['option', 'log'], ['bind']],
  ['backends of the file', '    default_backend ‸', ['app', 'other'], ['web']],
  [
    "ACLs of this section and HAProxy's own",
    '    use_backend app if ‸',
    ['is_api', 'METH_GET', '{ … }'],
    ['only_app'],
  ],
  ['negated ACLs', '    use_backend app if !‸', ['!is_api'], ['is_api']],
  ['how conditions go on', '    use_backend app if is_api ‸', ['is_api', 'or', '||'], ['if']],
  ['conditions behind an action', '    http-request deny ‸', ['if', 'unless', 'deny_status'], []],
  ['expressions in braces', '    use_backend app if { ‸', ['path', 'path_beg', 'src'], ['is_api']],
  ['flags of an ACL', '    acl x path -‸', ['-m', '-i', '-f'], []],
  ['matching methods', '    acl x path -m ‸', ['beg', 'reg', 'found'], []],
  ['methods as patterns', '    acl x method ‸', ['GET', 'POST'], []],
  [
    'actions of the rule set',
    '    http-request ‸',
    ['deny', 'set-header', 'track-sc0', 'set-var'],
    ['reject '],
  ],
  [
    'actions of TCP rules',
    '    tcp-request connection ‸',
    ['reject', 'expect-proxy'],
    ['set-header', 'deny'],
  ],
  ['rule sets of TCP rules', '    tcp-request ‸', ['connection', 'content', 'inspect-delay'], []],
  ['fetches in a log format', '    http-request set-header X %[‸', ['src', 'req.hdr'], ['lower']],
  ['converters behind a comma', '    http-request set-header X %[src,‸', ['ipmask', 'lower'], ['src']],
  ['fetches in quotes', '    http-request set-header X "a b %[s‸', ['src'], ['lower']],
  ['aliases of log formats', '    log-format "%c‸', ['ci', 'cp'], ['src']],
  ['backends as arguments', '    http-request deny if { nbsrv(‸', ['app', 'other'], ['path']],
  ['servers as arguments', '    http-request deny if { srv_is_up(‸', ['app/node1', 'other/a'], []],
  ['userlists as arguments', '    http-request auth unless { http_auth(‸', ['admins'], []],
  ['tables as arguments', '    http-request track-sc0 src table ‸', ['app'], ['other']],
  ['headers as arguments', '    http-request deny if { req.hdr(‸', ['host'], []],
  ['variables as arguments', '    http-request deny if { var(‸', ['txn.host'], []],
  ['variables of actions', '    http-request set-var(‸', ['txn.host', 'txn.'], []],
  ['parameters of bind lines', '    bind :443 ssl ‸', ['crt', 'alpn', 'accept-proxy'], ['ssl', 'check']],
  ['values of parameters', '    bind :443 ssl verify ‸', ['required'], ['crt']],
  ['modes', '    mode ‸', ['tcp', 'http'], ['log']],
  ['nothing in comments', '    # use_‸', [], ['use_backend']],
  ['log targets', '    log ‸', ['global', 'stdout'], []],
  ['facilities', '    log 127.0.0.1:514 ‸', ['local0', 'format'], []],
  ['where "from" stands', 'backend b ‸', ['from'], []],
  ['named defaults behind "from"', 'backend b from ‸', ['tcp-like'], ['app']],
  [
    'parameters of server lines',
    'backend b\n    server s 10.0.0.1:80 ch‸',
    ['check', 'check-ssl'],
    ['accept-proxy'],
  ],
  ['resolvers', 'backend b\n    server s a:80 resolvers ‸', ['consul'], []],
  ['servers to track', 'backend b\n    server s a:80 track ‸', ['app/node1'], []],
  ['servers of the backend', 'backend b\n    server s1 a:80\n    use-server ‸', ['s1'], ['app/node1']],
  ['peers of a table', 'backend b\n    stick-table type ip size 1m peers ‸', ['lab'], []],
  ['what a table holds', 'backend b\n    stick-table type ip size 1m store ‸', ['gpc0', 'conn_cur'], []],
  ['words of HTTP checks', 'backend b\n    http-check ‸', ['send', 'expect', 'connect'], []],
  ['words of expectations', 'backend b\n    http-check expect ‸', ['status', 'rstring'], []],
  ['words of TCP checks', 'backend b\n    tcp-check ‸', ['send', 'expect', 'send-binary'], []],
  ['algorithms', 'backend b\n    balance ‸', ['leastconn', 'roundrobin'], []],
  ['keywords of small sections', 'resolvers r\n    ‸', ['nameserver', 'hold'], ['bind', 'no']],
  ['keywords of the global section', 'global\n    ‸', ['maxconn', 'stats'], ['nbproc', 'bind']],
  ['the admin socket', 'global\n    stats ‸', ['socket', 'timeout'], []],
  ['conditional blocks', '.‸', ['.if', '.endif'], []],
  ['predicates', '.if ‸', ['version_atleast('], []],
  ['filters', '    filter ‸', ['compression', 'cache'], []],
  ['services', '    http-request use-service ‸', ['prometheus-exporter'], []],
];

describe('completion offers', () => {
  it.each(CASES)('%s: %s', (_, line, wanted, unwanted) => {
    const found = labels(line);
    expect(found).toEqual(expect.arrayContaining([...wanted]));
    expect(found.filter((label) => unwanted.includes(label))).toEqual([]);
    expect(new Set(found).size).toBe(found.length);
  });

  it.each([
    ['2.6', '    http-request ‸', 'pause', false],
    ['3.2', '    http-request ‸', 'pause', true],
    ['2.6', '    mode ‸', 'spop', false],
    ['2.6', 'l‸', 'log-profile', false],
    ['3.2', 'l‸', 'log-profile', true],
    ['3.2', 'p‸', 'program', true],
    ['3.4', 'p‸', 'program', false],
    ['2.6', 'backend b\n    option ‸', 'http-drop-request-trailers', false],
    ['3.4', 'backend b\n    option ‸', 'http-drop-request-trailers', true],
  ])('%s only what it knows: "%s" has %s: %s', (version, line, label, known) => {
    expect(labels(line, version).includes(label)).toBe(known);
  });

  it.each([
    ['    use_back‸', 'use_backend', '    use_backend'],
    ['    use_‸backend app', 'use_backend', '    use_backend app'],
    ['    use_backend app if !is‸', '!is_api', '    use_backend app if !is_api'],
    ['    http-request set-header X "%[sr‸] y"', 'src', '    http-request set-header X "%[src] y"'],
    ['    http-request set-header X %[src,low‸]', 'lower', '    http-request set-header X %[src,lower]'],
    ['    http-request deny if { nbsrv(a‸) lt 1 }', 'app', '    http-request deny if { nbsrv(app) lt 1 }'],
    ['    log-format "%[src] %c‸"', 'ci', '    log-format "%[src] %ci"'],
    ['    http-request set-v‸', 'set-var', '    http-request set-var($1)'],
  ])('edits that fit: %s', (line, label, expected) => {
    const { subject, position, text } = open(FILE + line);
    const item = features.completion(subject, position).find((one) => one.label === label);
    const edit = item?.textEdit;
    if (edit === undefined || !('range' in edit)) throw new Error('no edit');
    expect(apply(text, [edit]).slice(FILE.length)).toBe(expected);
  });

  it('own short descriptions, and since when something exists', () => {
    const { subject, position } = open(`${FILE}    http-request ‸`, '3.2');
    const pause = features.completion(subject, position).find(({ label }) => label === 'pause');
    expect(pause?.documentation).toEqual({
      kind: 'markdown',
      value: 'Holds the request for a time.\n\nSince HAProxy 3.2 (3.0 does not know it).',
    });
  });
});
