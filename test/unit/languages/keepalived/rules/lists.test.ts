import { describe, expect, it } from 'vitest';
import { changed, GOOD, lint, marked } from './good-file';

/** Severity, id and what is marked of each finding. */
const told = (text: string): string[] =>
  lint(text).map((finding) => `${finding.severity} ${finding.code} ${marked(text, finding)}`);

const inBlock = (keyword: string, line: string): string => `${GOOD}\n${keyword} {\n    ${line}\n}\n`;

describe('lines of lists, as keepalived 2.3.3 takes them', () => {
  it.each([
    ['static_routes', '10.1.0.0/24 via 10.0.0.1 dev eth0', []],
    ['static_routes', 'default via 10.0.0.1', []],
    ['static_routes', '10.1.0.0/24 via inet 10.0.0.1 dev eth0 metric 5 onlink', []],
    ['static_routes', 'unreachable 10.1.0.0/24', []],
    ['static_routes', '10.1.0.0/24 dev eth0 mtu lock 1400', []],
    ['static_routes', '10.1.0.0/24 nexthop via 10.0.0.1 weight 1 nexthop via 10.0.0.2', []],
    ['static_routes', '10.1.0.0/24 via word', ['error KAD024 word']],
    ['static_routes', '10.1.0.0/24 via', ['error KAD025 via']],
    ['static_routes', '10.1.0.0/24 dev eth0 nosuch 1', ['error KAD024 nosuch']],
    ['static_routes', '10.1.0.0/33 dev eth0', ['error KAD024 10.1.0.0/33']],
    ['static_routes', '10.1.0.0/ dev eth0', ['warning KAD024 10.1.0.0/']],
    ['static_routes', '10.1.0.0/24 dev eth0 metric x', ['error KAD022 x']],
    ['static_routes', '10.1.0.0/24 dev eth0 hoplimit 300', ['error KAD022 300']],
    ['static_routes', '$NET via word', []],
    ['static_rules', 'from 10.1.0.0/24 table 5 priority 10', []],
    ['static_rules', 'not from 10.1.0.0/24 iif eth0 lookup main order 0x7', []],
    ['static_rules', 'from 10.1.0.0/24 blackhole priority 3', []],
    ['static_rules', 'from 10.1.0.0/24 table 5', ['warning KAD025 from']],
    ['static_rules', 'from 10.1.0.0/24 priority 10', ['error KAD025 from']],
    ['static_rules', 'from word table 5 priority 10', ['error KAD024 word']],
    ['static_rules', 'from 10.1.0.0/24 table 5 priority x', ['error KAD022 x']],
    ['static_rules', 'nosuch 1', ['error KAD025 nosuch']],
    ['interface_up_down_delays', 'eth0 0.5 5', []],
    ['interface_up_down_delays', 'eth0 x 5', ['error KAD022 x']],
    ['interface_up_down_delays', 'eth0 5 300', ['error KAD022 300']],
    ['linkbeat_interfaces', 'eth0 MII', []],
    ['linkbeat_interfaces', 'eth0 eth1', ['error KAD025 eth1']],
    ['virtual_server_group web', '10.0.0.211-220 80', []],
    ['virtual_server_group web', 'fwmark 5 inet6', []],
    ['virtual_server_group web', 'word 80', ['error KAD024 word']],
    ['virtual_server_group web', '10.0.0.211 99999', ['error KAD022 99999']],
    ['virtual_server_group web', 'fwmark x', ['error KAD022 x']],
    ['virtual_server_group web', 'fwmark 5 ipv4', ['error KAD025 ipv4']],
  ])('%s { %s }', (keyword, line, expected) => {
    expect(told(inBlock(keyword, line))).toEqual(expected);
  });

  it('says what becomes of a rule', () => {
    const messages = (line: string) => lint(inBlock('static_rules', line)).map(({ message }) => message);
    expect(messages('from 10.1.0.0/24 table 5')).toEqual([
      'The rule has no preference: keepalived gives it one that may be another on the next start.',
    ]);
    expect(messages('from 10.1.0.0/24')).toEqual([
      'Nothing says what becomes of these packets; keepalived leaves the rule out.',
    ]);
  });
});

describe('an address and its options', () => {
  it.each([
    [
      '10.0.0.100/',
      'warning',
      'There is no number behind the slash: keepalived takes it for /0, a network of all addresses.',
    ],
    [
      'fd00::100/',
      'warning',
      'There is no number behind the slash: keepalived takes it for /0, a network of all addresses.',
    ],
    [
      '10.0.0.100/33',
      'error',
      'The mask of "10.0.0.100/33" is not valid; keepalived takes the address alone, with /32.',
    ],
    [
      '10.0.0.100/x',
      'error',
      'The mask of "10.0.0.100/x" is not valid; keepalived takes the address alone, with /32.',
    ],
    ['10.0.0.300/24', 'error', '"10.0.0.300/24" is no address; keepalived leaves it out.'],
    [
      '10.0.0.100/24 brd word',
      'error',
      '"word" is no broadcast address; keepalived leaves the whole line out.',
    ],
    [
      '10.0.0.100/24 peer 10.0.0.1',
      'warning',
      'Beside a peer an address has no mask; keepalived ignores "/24".',
    ],
    ['10.0.0.100 peer word', 'error', '"word" is no address; keepalived leaves the peer out.'],
    ['10.0.0.100/24 preferred_lft x', 'error', '"x" is not a number keepalived takes here.'],
  ])('%s', (line, severity, message) => {
    const found = lint(inBlock('static_ipaddress', line));
    expect(found.map((finding) => [finding.severity, finding.message])).toEqual([[severity, message]]);
  });

  it.each([
    '10.0.0.100/24 brd +',
    '10.0.0.100 peer 10.0.0.1',
    '10.0.0.100/24 preferred_lft forever',
    '$VIP peer 10.0.0.1',
  ])('takes %s', (line) => {
    expect(lint(inBlock('static_ipaddress', line))).toEqual([]);
  });
});

describe('words of a form', () => {
  const globally = (line: string): string => changed('router_id node1', `router_id node1\n    ${line}`);

  it.each([
    ['umask 022', []],
    ['umask IWGRP|IWOTH', []],
    ['umask IWGRP | IWOTH', []],
    ['umask word', ['error KAD023 word']],
    ['include_check read +match', []],
    ['include_check all', ['error KAD023 all']],
    ['smtp_server mail.example.com 25', []],
    ['smtp_server mail.example.com smtp', ['error KAD022 smtp']],
    ['smtp_server "two words"', ['error KAD023 "two words"']],
    ['vrrp_rt_priority 0', ['error KAD022 0']],
    ['vrrp_cpu_affinity 0 1 x', ['error KAD022 x']],
    ['vrrp_rx_bufs_policy MTU', []],
    ['vrrp_rx_bufs_policy much', ['error KAD023 much']],
    ['vrrp_garp_extra_if all 30', []],
    ['vrrp_garp_extra_if all often', ['error KAD023 often']],
    ['vrrp_mcast_group4 224.0.0.99', []],
    ['vrrp_mcast_group4 10.0.0.99', ['error KAD024 10.0.0.99']],
    ['state_dump_file ""', ['error KAD023 ""']],
    ['vrrp_garp_master_delay ""', ['warning KAD022 ""']],
    ['vrrp_garp_master_repeat ""', ['error KAD022 ""']],
    ['startup_script ""', ['error KAD020 startup_script']],
    ['notify_fifo_script ""', ['warning KAD020 notify_fifo_script']],
    ['v3_checksum_as_v2 maybe', ['warning KAD023 maybe']],
  ])('%s', (line, expected) => {
    expect(told(globally(line))).toEqual(expected);
  });

  it('an empty script stays without effect below another one', () => {
    const below = changed('    fall 2\n', '    fall 2\n    script\n');
    expect(told(below)).toEqual(['warning KAD020 script', 'warning KAD026 script']);
    expect(told(changed(/ {4}script ".*\n/, '    script\n'))).toEqual(['error KAD020 script']);
  });
});

describe('a block that begins nowhere', () => {
  it.each([
    ['global_defs', 'warning'],
    ['static_routes', 'error'],
  ])('%s at the end of the file: %s', (keyword, severity) => {
    expect(told(`${GOOD}\n${keyword}\n`)).toEqual([`${severity} KAD005 ${keyword}`]);
  });
});
