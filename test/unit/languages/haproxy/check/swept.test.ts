import { describe, expect, it } from 'vitest';
import { lintHaproxy } from '../../../../../src/languages/haproxy/lint';
import { readHaproxy } from '../../../../../src/languages/haproxy/subject';

/** Errors of a file, as `CODE what is marked`. */
function errors(text: string, version: string): string[] {
  const rows = text.split('\n');
  return lintHaproxy(readHaproxy(text, version), 'haproxy.cfg')
    .filter(({ severity }) => severity === 'error')
    .map(
      ({ code, range: { start, end } }) =>
        `${code} ${rows[start.line]?.slice(start.character, end.character) ?? ''}`,
    );
}

const HEADS = {
  global: 'global',
  defaults: 'defaults',
  named: 'defaults all\n mode http',
  frontend: 'defaults\n mode http\nfrontend web\n bind 10.30.0.5:80',
  tcp: 'backend app',
  backend: 'defaults\n mode http\nbackend app\n server n1 10.30.0.11:80 check',
  ring: 'ring logs',
  resolvers: 'resolvers dns\n nameserver one 10.30.0.53:53',
  peers: 'peers lbs',
  userlist: 'userlist people\n user alice insecure-password x',
  'log-forward': 'log-forward in\n bind 10.30.0.5:514',
  'fcgi-app': 'fcgi-app php\n docroot /srv/www',
  'http-errors': 'http-errors pages',
} as const;

/** Section, its last lines, versions that refuse them, and what is marked there. Each was tried with these releases. */
const ROWS: readonly (readonly [keyof typeof HEADS, string, string, string])[] = [
  ['frontend', 'email-alert to', '3.2 3.4', 'HAP017 to'],
  ['backend', 'http-send-name-header Host', '3.4', 'HAP019 Host'],
  ['backend', 'http-send-name-header', 'all', 'HAP017 http-send-name-header'],
  ['peers', 'peer lb1 10.30.0.5:1024\npeers lbs\n peer lb1 10.30.0.5:1025', 'all', 'HAP045 lbs'],
  ['named', 'http-request set-retries 5', '3.2 3.4', 'HAP011 set-retries'],
  ['frontend', 'option dont-parse-log', '3.0', 'HAP015 dont-parse-log'],
  ['backend', 'option dont-parse-log', '3.2', 'HAP011 dont-parse-log'],
  ['frontend', 'quic-initial', '3.2 3.4', 'HAP017 quic-initial'],
  ['backend', 'quic-initial accept', '3.2 3.4', 'HAP011 quic-initial'],
  ['frontend', 'ssl-f-use', '3.2 3.4', 'HAP017 ssl-f-use'],
  ['frontend', 'ssl-f-use cert x.pem', '3.2 3.4', 'HAP019 cert'],
  ['frontend', 'log-steps request,answer', '3.2 3.4', 'HAP019 request,answer'],
  ['frontend', 'bind 10.30.0.5:443 ssl crt a.pem alpn h2,h3', '3.4', 'HAP050 h2,h3'],
  [
    'frontend',
    'bind 10.30.0.5:443 ssl crt a.pem generate-certificates',
    'all',
    'HAP017 generate-certificates',
  ],
  ['frontend', 'bind 10.30.0.5:443 ssl crt a.pem crt-ignore-err 0x10', 'all', 'HAP019 0x10'],
  ['frontend', 'bind 10.30.0.5:81 thread 1025', 'all', 'HAP020 1025'],
  ['frontend', 'http-request set-timeout server 5s', '3.0', 'HAP011 server'],
  ['frontend', 'http-request do-resolve(txn.ip) str(x)', 'all', 'HAP017 txn.ip'],
  ['frontend', 'http-request deny hdr a b deny_status 403', 'all', 'HAP018 deny_status'],
  ['frontend', 'http-response redirect scheme https', 'all', 'HAP019 scheme'],
  ['frontend', 'http-response set-bandwidth-limit slow', '3.0 3.2 3.4', 'HAP043 slow'],
  ['frontend', 'tcp-request content capture src if TRUE', 'all', 'HAP017 src'],
  ['frontend', 'tcp-request content use-service prometheus-exporter', 'all', 'HAP019 prometheus-exporter'],
  ['frontend', 'external-check command check.sh', 'all', 'HAP017 check.sh'],
  ['backend', 'option forwarded for-expr nosuch', '3.0 3.2 3.4', 'HAP033 nosuch'],
  ['backend', 'option forwarded client', '3.0 3.2 3.4', 'HAP018 client'],
  ['backend', 'option httpchk GET /x HTTP/1.1 host', '2.6 3.0', 'HAP018 host'],
  ['backend', 'option httpchk GET /x HTTP/1.1 host more', '3.2 3.4', 'HAP018 more'],
  ['frontend', 'bind 10.30.0.5:81 process x', '2.6', 'HAP019 x'],
  ['backend', 'option smtpchk HELO x.example more', 'all', 'HAP018 more'],
  ['backend', 'hash-type consistent djb2 twice', 'all', 'HAP019 twice'],
  ['backend', 'retry-on none none', 'all', 'HAP052 none'],
  ['backend', 'cookie NODE insert attr a;b', 'all', 'HAP019 a;b'],
  ['backend', 'stick-table type ip size 0', 'all', 'HAP022 0'],
  ['backend', 'server n2 10.30.0.12:80 source 10.30.0.5 usesrc', 'all', 'HAP017 usesrc'],
  ['backend', 'server n2 quic4@10.30.0.12:443 ssl verify none', '3.4', 'HAP050 quic4@10.30.0.12:443'],
  ['backend', 'server n2 quic4@10.30.0.12:443 ssl verify none', '3.2', 'HAP015 quic4@10.30.0.12:443'],
  ['backend', 'server n2 10.30.0.12:80 healthcheck none', '3.4', 'HAP043 none'],
  ['backend', 'server n2 10.30.0.12:80 id 4294967296', '3.4', 'HAP020 4294967296'],
  ['backend', 'server n2 udp@10.30.0.12:80', '3.0 3.4', 'HAP023 udp@10.30.0.12:80'],
  ['tcp', 'server n2 udp@10.30.0.12:80', '3.0 3.4', 'HAP023 udp@10.30.0.12:80'],
  ['backend', 'tcp-check connect ssl', 'all', 'HAP313 n1'],
  ['backend', 'server n2 /run/app.sock check addr 10.30.0.12', 'all', 'HAP325 /run/app.sock'],
  ['backend', 'use-fcgi-app php\nfcgi-app php\n docroot /srv', 'all', 'HAP017 use-fcgi-app'],
  ['global', 'tune.bufsize 0', 'all', 'HAP022 0'],
  ['global', 'stats maxconn -1', 'all', 'HAP020 -1'],
  ['global', 'tune.stick-counters 101', '3.4', 'HAP020 101'],
  ['global', 'tune.vars.sess-max-size 1m', 'all', 'HAP020 1m'],
  ['global', 'tune.quic.fe.cc.max-win-size 5k', '3.4', 'HAP019 5k'],
  ['global', 'tune.quic.be.stream.data-ratio on', '3.4', 'HAP019 on'],
  ['global', 'tune.quic.reorder-ratio 101', '3.2', 'HAP020 101'],
  ['global', 'default-path origin', '2.6', 'HAP017 origin'],
  ['global', 'cpu-affinity per-box', '3.4', 'HAP019 per-box'],
  ['global', 'cpu-set only-box 1', '3.2 3.4', 'HAP019 only-box'],
  ['global', 'dns-accept-family ipv5', '3.4', 'HAP019 ipv5'],
  ['global', 'http-err-codes', '3.0 3.2 3.4', 'HAP017 http-err-codes'],
  ['global', 'set-var proc.x src', 'all', 'HAP040 src'],
  ['global', 'maxconn x', '3.0 3.2 3.4', 'HAP020 x'],
  ['ring', 'size 0', 'all', 'HAP022 0'],
  ['resolvers', 'accepted_payload_size 1', 'all', 'HAP020 1'],
  ['peers', 'peer lb1 10.30.0.5:1024\n bind 10.30.0.5:1024', 'all', 'HAP052 bind'],
  ['userlist', 'group admins users alice,bob', 'all', 'HAP043 alice,bob'],
  ['userlist', 'user carol insecure-password x groups admins', 'all', 'HAP043 admins'],
  ['log-forward', 'option host both', '3.4', 'HAP019 both'],
  ['fcgi-app', 'log-stderr', 'all', 'HAP017 log-stderr'],
  ['fcgi-app', 'option max-reqs', 'all', 'HAP017 max-reqs'],
  ['http-errors', 'errorfile 5 x.http', 'all', 'HAP019 5'],
];

describe('lines that HAProxy refuses', () => {
  const cases = ROWS.flatMap(([head, lines, versions, expected]) =>
    (versions === 'all' ? ['2.6', '3.0', '3.2', '3.4'] : versions.split(' ')).map(
      (version) => [version, lines, `${HEADS[head]}\n ${lines}\n`, expected] as const,
    ),
  );
  it.each(cases)('%s: %s', (version, _, text, expected) => {
    expect(errors(text, version)).toEqual([expected]);
  });
});

describe('lines that HAProxy takes', () => {
  it.each<readonly [string, keyof typeof HEADS, string]>([
    ['2.6', 'frontend', 'email-alert to'],
    ['3.4', 'frontend', 'log-steps all'],
    ['3.4', 'frontend', 'ssl-f-use crt /etc/haproxy/a.pem alias web ssl-min-ver TLSv1.2'],
    ['3.4', 'frontend', 'quic-initial reject if { src 10.66.0.0/16 }'],
    ['3.4', 'frontend', 'option assume-rfc6587-ntf'],
    ['3.2', 'frontend', 'option assume-rfc6587-ntf'],
    ['3.2', 'frontend', 'option dont-parse-log'],
    [
      '3.4',
      'global',
      'expose-experimental-directives\nfrontend f\n bind 10.30.0.5:443 ssl crt a.pem alpn h3',
    ],
    [
      '3.0',
      'frontend',
      'filter bwlim-out slow limit 1m key src table t\n http-response set-bandwidth-limit slow',
    ],
    ['3.0', 'frontend', 'http-request deny deny_status 429'],
    ['3.0', 'frontend', 'http-request redirect scheme https'],
    ['3.0', 'frontend', 'tcp-request content capture src len 20'],
    ['3.0', 'backend', 'option forwarded proto host by by_port for'],
    ['3.4', 'backend', 'option httpchk GET /x HTTP/1.1 host.example'],
    ['3.0', 'backend', 'hash-type consistent djb2 avalanche'],
    ['3.0', 'backend', 'external-check path /usr/bin\n external-check command check.sh'],
    ['3.0', 'backend', 'stats http-request auth realm x'],
    ['3.0', 'backend', 'default-server resolvers none-yet'],
    ['3.0', 'tcp', 'mode log\n server n2 udp@10.30.0.12:514'],
    ['3.0', 'global', 'tune.vars.sess-max-size 1024'],
    ['3.0', 'global', 'set-var proc.x int(5)'],
    ['3.2', 'global', 'tune.quic.reorder-ratio 100'],
    ['3.0', 'global', 'default-path origin /etc/haproxy'],
    ['3.0', 'ring', 'timeout client 5s'],
    ['3.0', 'userlist', 'group admins users alice'],
    ['3.0', 'peers', 'bind 10.30.0.5:1024\n server lb1\n server lb2 10.30.0.6:1024'],
  ])('%s: %s %s', (version, head, lines) => {
    expect(
      errors(`${HEADS[head]}\n ${lines}\n`, version).filter((line) => !line.startsWith('HAP044')),
    ).toEqual([]);
  });
});
