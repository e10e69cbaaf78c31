import { describe, expect, it } from 'vitest';
import { changed, GOOD, lint, marked } from './good-file';

/** What is told of a text, with what it marks; that something is not used is left out. */
const told = (text: string): string[] =>
  lint(text)
    .filter(({ code }) => code !== 'KAD034')
    .map((finding) => `${finding.severity} ${finding.code} ${marked(text, finding)}: ${finding.message}`);

const added = (...lines: string[]): string =>
  changed('    advert_int 1\n', `    advert_int 1\n${lines.map((line) => `    ${line}\n`).join('')}`);

describe('a setting that does nothing beside the others (KAD061, tried with 2.2.7 and 2.3.3)', () => {
  it.each([
    [
      ['vmac_xmit_base'],
      [
        'warning KAD061 vmac_xmit_base: "vmac_xmit_base" is for instances with a virtual MAC; keepalived ignores it.',
      ],
    ],
    [['use_vmac vrrp.51', 'vmac_xmit_base'], []],
    [
      ['use_vmac vrrp.51'],
      [
        'warning KAD061 use_vmac: With unicast adverts "use_vmac" needs "vmac_xmit_base"; keepalived sets it, and "keepalived -t" refuses the file.',
      ],
    ],
    [['timer_expired_backup'], []],
    [
      ['owner_ignore_adverts'],
      [
        'warning KAD061 owner_ignore_adverts: "owner_ignore_adverts" is for priority 255, and this one has 100; keepalived ignores it.',
      ],
    ],
    [['owner_ignore_adverts off'], []],
    [
      ['vrf red'],
      ['warning KAD061 vrf red: "vrf" is for instances without an interface; keepalived ignores it.'],
    ],
    [
      ['mcast_dst_ip 224.0.0.99'],
      [
        'warning KAD061 mcast_dst_ip 224.0.0.99: Adverts go to single peers, so keepalived ignores the multicast group.',
      ],
    ],
    [
      ['track_interface {', 'eth0 weight 5', 'eth1', '}'],
      [
        `warning KAD061 eth0 weight 5: "eth0" is the instance's own interface, which is watched anyway; keepalived ignores the line.`,
      ],
    ],
  ])('%j', (lines, expected) => {
    expect(told(added(...lines))).toEqual(expected);
  });

  it('needs "nopreempt" for a timer', () => {
    const text = changed('    nopreempt\n', '    preempt_delay 60\n    timer_expired_backup\n');
    expect(told(text)).toEqual([
      'warning KAD061 timer_expired_backup: "timer_expired_backup" counts beside "nopreempt" only; keepalived ignores it.',
    ]);
  });

  it('stays silent about an instance of which lines stand elsewhere', () => {
    expect(told(added('vmac_xmit_base', 'include more.conf'))).toEqual([]);
  });

  it('is told once of a group, whichever of its instances has the interface', () => {
    const second = changed('vrrp_instance gitlab', 'vrrp_instance other').replace(' 51', ' 52');
    const both = `${GOOD}\n${second.slice(second.indexOf('vrrp_instance'))}`;
    const text = `${both}\nvrrp_sync_group g {\n  group {\n    gitlab\n    other\n  }\n  track_interface {\n    eth0\n  }\n}\n`;
    expect(told(text)).toEqual([
      `warning KAD061 eth0: "eth0" is the instance's own interface, which is watched anyway; keepalived ignores the line.`,
    ]);
  });
});

describe('weights in a group (KAD059)', () => {
  const group = (line: string, weight = ''): string => {
    const text = added('track_file {', line, '}');
    const second = changed('vrrp_instance gitlab', 'vrrp_instance other').replace(' 51', ' 52');
    const file = `track_file level {\n  file "/run/level"\n${weight}}\n`;
    const head = text.replace('vrrp_instance gitlab', `${file}vrrp_instance gitlab`);
    const members = 'vrrp_sync_group g {\n  group {\n    gitlab\n    other\n  }\n}\n';
    return `${head}\n${second.slice(second.indexOf('vrrp_instance'))}\n${members}`;
  };

  it.each([
    ['a file counts with weight 1', group('level'), ['level']],
    ['a file of its own weight', group('level', '  weight 0\n'), []],
    ['a line of its own weight', group('level weight 0'), []],
  ])('%s', (_, text, expected) => {
    const found = lint(text).filter(({ code }) => code === 'KAD059');
    expect(found.map((finding) => marked(text, finding))).toEqual(expected);
  });
});

describe('a line that stands in two blocks of an instance (KAD032)', () => {
  it('is told in the second', () => {
    expect(told(added('unicast_peer {', '10.0.0.13', '}'))).toEqual([
      'warning KAD032 10.0.0.13: "10.0.0.13" stands in this block before.',
    ]);
  });

  it('is told of interfaces with pauses, without a repair', () => {
    const text = `${GOOD}garp_group {\n  garp_interval 0.01\n  interface eth0\n  interfaces {\n    eth1 eth0\n  }\n}\n`;
    expect(told(text)).toEqual([
      'warning KAD032 eth0: "eth0" has its pauses already; keepalived ignores them here.',
    ]);
    expect(lint(text)[0]?.fix).toBeUndefined();
  });
});
