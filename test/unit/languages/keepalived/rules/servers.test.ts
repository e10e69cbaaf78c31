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
