import { describe, expect, it } from 'vitest';
import { changed, codes, fixed, GOOD, lint, marked } from './good-file';

const UNICAST = /    unicast_src_ip[^]*?13\n    }\n/;

describe('numbers', () => {
  it.each([
    ['priority 100', 'priority 1', []],
    ['priority 100', 'priority 254', []],
    ['priority 100', 'priority 0', ['KAD022']],
    ['priority 100', 'priority 256', ['KAD022']],
    ['priority 100', 'priority 1e2', ['KAD022']],
    ['priority 100', 'priority 0x10', ['KAD022']],
    ['priority 100', 'priority -5', ['KAD022']],
    ['priority 100', 'priority "100"', []],
    ['priority 100', 'priority $PRIORITY', []],
    ['advert_int 1', 'advert_int 255', []],
    ['advert_int 1', 'advert_int 256', ['KAD022']],
    ['advert_int 1', 'advert_int 1.0', []],
    ['advert_int 1', 'advert_int 1.5', ['KAD057']],
    ['advert_int 1', 'advert_int 0.05\n    version 3', []],
    ['advert_int 1', 'advert_int 0.005\n    version 3', ['KAD022']],
    ['advert_int 1', 'advert_int 0.055\n    version 3', ['KAD057']],
    ['advert_int 1', 'advert_int 40.95\n    version 3', []],
    ['advert_int 1', 'advert_int 40.96\n    version 3', ['KAD057']],
    ['interval 1', 'interval 5', []],
    ['interval 1', 'interval 5.5', ['KAD082']],
    ['interval 1', 'interval 0.0005', ['KAD022']],
    ['fall 2', 'fall 0', ['KAD022']],
  ])('%s as "%s": %j', (from, to, wanted) => {
    expect(codes(changed(from, to))).toEqual(wanted);
  });
});

describe('addresses', () => {
  it.each([
    ['10.0.0.100/32', []],
    ['10.0.0.100/0', []],
    ['10.0.0.100/33', ['KAD024']],
    ['10.0.0.256/24', ['KAD024']],
    ['10.0.0.010/24', ['KAD024']],
    ['10.0.0.100/24 dev eth0 label eth0:1', []],
    ['10.0.0.100/24 dev', ['KAD025']],
    ['10.0.0.100/24 label abcdefghijklmnop', ['KAD028']],
    ['10.0.0.100/24 on eth0', ['KAD025']],
    ['10.0.0.100', ['KAD060']],
    ['fd00::100/64', ['KAD044']],
    ['fd00:::100/64', ['KAD024']],
    ['$VIP', []],
  ])('%s: %j', (address, wanted) => {
    expect(codes(changed('10.0.0.100/24', address))).toEqual(wanted);
  });
});

describe('what depends on other lines', () => {
  it.each([
    ['two router ids, other peers', 'virtual_router_id 51', '10.0.0.22', []],
    ['two router ids, the same peer', 'virtual_router_id 51', '10.0.0.12', ['KAD033']],
    ['two router ids that differ', 'virtual_router_id 52', '10.0.0.12', []],
  ])('%s', (_, id, peer, wanted) => {
    const second = GOOD.slice(GOOD.indexOf('vrrp_instance'))
      .replace('gitlab', 'second')
      .replace('virtual_router_id 51', id)
      .replace('10.0.0.12\n        10.0.0.13', peer);
    expect(codes(`${GOOD}\n${second}`)).toEqual(wanted);
  });

  it.each([
    ['an include in the file', `include other.conf\n${changed(/vrrp_script[^]*?\n}\n/, '')}`],
    ['an include in the instance', changed(/    virtual_router_id 51\n/, '    include id.conf\n')],
    ['a line for one machine', changed('virtual_router_id 51', '@node1 virtual_router_id 51')],
    ['a definition for whole lines', `$ID=virtual_router_id 51\n${changed('virtual_router_id 51', '$ID')}`],
    [
      'what a group watches',
      `${changed(/    track_script[^]*?\n    }\n/, '')}${GOOD.slice(GOOD.indexOf('vrrp_instance'))
        .replace('gitlab', 'b')
        .replace(' 51', ' 52')
        .replace(
          /    track_script[^]*?\n    }\n/,
          '',
        )}\nvrrp_sync_group g {\n    group {\n        gitlab\n        b\n    }\n    track_script {\n        haproxy_answers\n    }\n}\n`,
    ],
    [
      'a virtual server of the kernel',
      `${changed(/    track_script[^]*?\n    }\n/, '').replace(/vrrp_script[^]*?\n}\n/, '')}virtual_server 10.0.0.100 80 {\n    lb_algo rr\n    lb_kind DR\n    real_server 10.0.0.5 80 {\n    }\n}\n`,
    ],
    ['braces on other lines', changed('vrrp_instance gitlab {', 'vrrp_instance gitlab\n{')],
    [
      'a whole block in one line',
      changed('track_script {\n        haproxy_answers\n    }', 'track_script { haproxy_answers }'),
    ],
  ])('stays silent with %s', (_, text) => {
    expect(lint(text)).toEqual([]);
  });
});

describe('nothing is watched', () => {
  const watchless = changed(/    track_script[^]*?\n    }\n/, '').replace(/vrrp_script[^]*?\n}\n/, '');

  it.each([
    ['in front of a program', watchless.replace('router_id node1', 'router_id haproxy1'), 'warning'],
    ['on a router', watchless.replaceAll('gitlab', 'uplink'), 'information'],
  ])('%s: %s', (_, text, severity) => {
    const found = lint(text).filter(({ code }) => code === 'KAD080');
    expect(found.map((finding) => finding.severity)).toEqual([severity]);
  });
});

describe('a finding marks its place and its fix repairs it', () => {
  it.each([
    ['KAD001', changed('priority 100', 'prioriti 100'), 'prioriti'],
    ['KAD021', changed('    nopreempt', '    nopreempt on'), 'on'],
    ['KAD027', changed('advert_int 1', 'vmac_garp_intvl 30'), 'vmac_garp_intvl'],
    ['KAD031', changed('        haproxy_answers\n', '        haproxy_answer\n'), 'haproxy_answer'],
    ['KAD032', changed('10.0.0.13', '10.0.0.12'), '10.0.0.12'],
    ['KAD050', changed('state BACKUP', 'state MASTER'), 'nopreempt'],
    ['KAD051', changed('    nopreempt', '    nopreempt\n    preempt_delay 5'), 'preempt_delay 5'],
    ['KAD055', changed('10.0.0.13', '10.0.0.11'), '10.0.0.11'],
    ['KAD081', changed('    fall 2\n', ''), 'haproxy_answers'],
    ['KAD081', changed('fall 2', 'fall 1'), 'fall 1'],
    ['KAD083', changed('    enable_script_security\n', ''), 'global_defs'],
  ])('%s', (code, text, place) => {
    for (const source of [text, text.replaceAll('\n', '\r\n')]) {
      const findings = lint(source).filter((finding) => finding.code !== 'KAD034');
      expect(findings.map((finding) => finding.code)).toEqual([code]);
      const [finding] = findings;
      if (finding === undefined) throw new Error('unreachable');
      expect(marked(source, finding)).toBe(place);
      expect(lint(fixed(source, finding))).toEqual([]);
    }
  });

  it('says what keepalived does', () => {
    const [finding] = lint(changed(UNICAST, '    unicast_src_ip 10.0.0.11\n'));
    expect(finding?.message).toBe('There is no unicast peer, so keepalived goes back to multicast.');
    expect(finding?.remedy).toBe('Name the other nodes in "unicast_peer { … }".');
    expect(finding?.docs).toBe('rules/KAD056.md');
  });
});

describe('the strict mode', () => {
  it.each([
    ['unicast', 'router_id node1', [['KAD053', 'warning']]],
    ['off', 'router_id node1\n    vrrp_strict off', []],
  ])('%s', (name, to, wanted) => {
    const text =
      name === 'unicast'
        ? changed('router_id node1', `${to}\n    vrrp_strict`)
        : changed('router_id node1', to);
    expect(lint(text).map(({ code, severity }) => [code, severity])).toEqual(wanted);
  });
});
