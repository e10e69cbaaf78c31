import { describe, expect, it } from 'vitest';
import { lint, marked } from './good-file';

describe('checks of servers and sessions (tried with 2.2.7 and 2.3.3)', () => {
  const server = (...lines: string[]): string =>
    `virtual_server 10.0.0.200 80 {\n lb_algo rr\n lb_kind NAT\n protocol TCP\n real_server 10.0.0.21 80 {\n${lines.join('\n')}\n }\n}\n`;
  const session = (...lines: string[]): string => `bfd_instance peer {\n${lines.join('\n')}\n}\n`;

  it.each([
    ['HTTP_GET without a page', server('HTTP_GET {', 'connect_timeout 3', '}'), ['KAD043 HTTP_GET']],
    ['HTTP_GET with one', server('HTTP_GET {', 'url {', 'path /up', 'status_code 200', '}', '}'), []],
    ['a page without a path', server('SSL_GET {', 'url {', 'status_code 200', '}', '}'), ['KAD043 url']],
    ['MISC_CHECK without a program', server('MISC_CHECK {', 'misc_timeout 3', '}'), ['KAD043 MISC_CHECK']],
    ['BFD_CHECK without a session', server('BFD_CHECK {', '}'), ['KAD043 BFD_CHECK']],
    ['a record that is asked for', server('DNS_CHECK {', 'type aaaa', '}'), []],
    ['one that is not', server('DNS_CHECK {', 'type SRV', '}'), ['KAD023 SRV']],
    [
      'a sum of another kind',
      server('HTTP_GET {', 'url {', 'path /', 'digest word', '}', '}'),
      ['KAD023 word'],
    ],
    ['two codes', server('HTTP_GET {', 'url {', 'path /', 'status_code 200-299 301', '}', '}'), []],
    [
      'a code that is none',
      server('HTTP_GET {', 'url {', 'path /', 'status_code 200 OK', '}', '}'),
      ['KAD023 OK'],
    ],
    ['bytes', server('UDP_CHECK {', 'payload 0a1f 00', 'require_reply 0axx', '}'), []],
    ['what are none', server('UDP_CHECK {', 'payload 0axx', '}'), ['KAD023 0axx']],
    [
      'TLS in a page by HTTP',
      server('HTTP_GET {', 'url {', 'path /', 'tls_compliant', '}', '}'),
      ['KAD002 tls_compliant'],
    ],
    ['in one by HTTPS', server('SSL_GET {', 'url {', 'path /', 'tls_compliant', '}', '}'), []],
    ['a program that is empty', server('MISC_CHECK {', 'misc_path ""', '}'), ['KAD020 misc_path']],
    ['a check from the other family', server('TCP_CHECK {', 'bindto fd00::9', '}'), ['KAD063 fd00::9']],
    ['of another machine', server('TCP_CHECK {', 'connect_ip fd00::21', 'bindto fd00::9', '}'), []],
    ['a server of the other family', server('}', 'real_server fd00::9 80 {'), ['KAD063 fd00::9']],
    ['through a tunnel', server('}', 'real_server fd00::9 80 {', 'lvs_method TUN'), []],
    [
      'a family that is another one',
      server('}', 'ip_family inet6', 'real_server 10.0.0.9 80 {'),
      ['KAD063 inet6'],
    ],
    [
      'a session from the other family',
      session('neighbor_ip 10.0.0.12', 'source_ip fd00::9'),
      ['KAD063 fd00::9'],
    ],
    ['a session without the other side', session('min_rx 50'), ['KAD043 bfd_instance']],
    ['in British English', session('neighbour_ip 10.0.0.12', 'min_rx 50'), []],
    ['a pause that is no number', session('neighbor_ip 10.0.0.12', 'min_tx soon'), ['KAD022 soon']],
    ['one that is too short', session('neighbor_ip 10.0.0.12', 'idle_tx 10'), ['KAD022 10']],
    [
      'a port that is none',
      server('}', 'sorry_server 10.0.0.9 http', 'real_server 10.0.0.22 80 {'),
      ['KAD022 http'],
    ],
  ])('%s', (_, added, expected) => {
    const found = lint(added)
      .filter(({ severity }) => severity === 'error')
      .map((finding) => `${finding.code} ${marked(added, finding)}`);
    expect(found).toEqual(expected);
  });

  it.each([
    ['rr', []],
    ['mh', []],
    ['roundrobin', ['KAD023']],
  ])('servers are chosen by %s', (algorithm, expected) => {
    const text = server().replace('lb_algo rr', `lb_algo ${algorithm}`);
    expect(lint(text).map(({ code }) => code)).toEqual(expected);
  });
});

describe('settings of a virtual server that do nothing (KAD062)', () => {
  const server = (lines: string, inside = ''): string =>
    `virtual_server 10.0.0.200 80 {\n lb_algo rr\n lb_kind NAT\n protocol TCP\n${lines}\n real_server 10.0.0.21 80 {\n${inside}\n }\n}\n`;

  it.each([
    ['sh-port', '', ['sh-port: "sh-port" is a flag of "lb_algo sh"; keepalived ignores it here.']],
    ['lb_algo sh\nsh-port', '', []],
    [
      'sh-port\nlb_algo sh',
      '',
      ['sh-port: "sh-port" is a flag of "lb_algo sh"; keepalived ignores it here.'],
    ],
    ['ops', '', ['ops: "ops" is for UDP, and the protocol is TCP; keepalived ignores it.']],
    [
      'sorry_server_inhibit\nsorry_server 10.0.0.9 80',
      '',
      ['sorry_server_inhibit: There is no sorry_server above; keepalived ignores "sorry_server_inhibit".'],
    ],
    ['sorry_server 10.0.0.9 80\nsorry_server_inhibit', '', []],
    [
      'quorum 5',
      'weight 3',
      [
        'quorum 5: All servers together weigh 3: a quorum of 5 is never reached, and keepalived lowers it to 3.',
      ],
    ],
    ['quorum 3', 'weight 3', []],
    [
      'hysteresis 1',
      '',
      ['hysteresis 1: The hysteresis must be below the quorum, which is 1; keepalived lowers it.'],
    ],
    ['quorum 3\nhysteresis 2', 'weight 3', []],
    [
      '',
      'UDP_CHECK {\nmin_reply_length 300\n}',
      [
        'min_reply_length 300: No answer is 300 bytes long: the longest that is taken has 255, so the check always fails.',
      ],
    ],
    ['', 'UDP_CHECK {\nmin_reply_length 300\nmax_reply_length 400\n}', []],
  ])('%s %s', (lines, inside, expected) => {
    const text = server(lines, inside);
    const found = lint(text).filter(({ code }) => code === 'KAD062');
    expect(found.map((finding) => `${marked(text, finding)}: ${finding.message}`)).toEqual(expected);
  });

  it('a virtual server without servers is left out', () => {
    const [finding] = lint('virtual_server 10.0.0.200 80 {\n protocol TCP\n}\n');
    expect([finding?.code, finding?.severity, finding?.message]).toEqual([
      'KAD043',
      'warning',
      'This "virtual_server" has no "real_server"; keepalived leaves it out.',
    ]);
  });
});
