import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../../src/finding/finding';
import { offsetAt, textLines } from '../../../../../src/finding/text-lines';
import { lintKeepalived } from '../../../../../src/languages/keepalived/lint';
import { readKeepalived } from '../../../../../src/languages/keepalived/subject';
import { rulePages } from '../../core/rules/rule-pages';

const GOOD = rulePages('KAD', 'keepalived').find(({ id }) => id === 'KAD001')?.good.text ?? '';
const UNICAST = /    unicast_src_ip[^]*?13\n    }\n/;

const lint = (text: string): Finding[] => lintKeepalived(readKeepalived(text), 'keepalived.conf');

/** The good file with one place changed. */
function changed(from: string | RegExp, to: string): string {
  const text = GOOD.replace(from, to);
  expect(text).not.toBe(GOOD);
  return text;
}

function marked(text: string, { range }: Finding): string {
  const lines = textLines(text);
  return text.slice(offsetAt(lines, range.start), offsetAt(lines, range.end));
}

/** The text after the fix of a finding. */
function fixed(text: string, finding: Finding): string {
  const lines = textLines(text);
  const edits = [...(finding.fix?.edits ?? [])].sort((a, b) => b.range.start.line - a.range.start.line);
  return edits.reduce(
    (current, { range, newText }) =>
      current.slice(0, offsetAt(lines, range.start)) + newText + current.slice(offsetAt(lines, range.end)),
    text,
  );
}

const codes = (text: string): string[] => lint(text).map(({ code }) => code);

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

describe("lines written as in other programs' files", () => {
  /** Severity, code and remedy of each finding. */
  const told = (text: string) =>
    lint(text).map(({ severity, code, remedy }) => `${severity} ${code} ${remedy}`);

  it.each([
    ['priority 100', 'priority = 150', 'error KAD029 Write "priority 150".', 'priority 150'],
    [
      'priority 100',
      'priority=150',
      'error KAD001 Write "priority 150": keepalived knows neither "=" nor ":".',
      'priority 150',
    ],
    [
      'priority 100',
      'priority: 150',
      'error KAD001 Write "priority 150": keepalived knows neither "=" nor ":".',
      'priority 150',
    ],
    ['priority 100', 'priority 150;', 'error KAD022 Write 150.', 'priority 150'],
    ['interface eth0', 'interface = eth1', 'error KAD029 Write "interface eth1".', 'interface eth1'],
    ['router_id node1', 'router_id = lb1', 'warning KAD029 Write "router_id lb1".', 'router_id lb1'],
    ['10.0.0.100/24', '10.0.0.101/24,', 'error KAD024 Write 10.0.0.101/24.', '10.0.0.101/24'],
    ['10.0.0.13\n', '10.0.0.14,\n', 'error KAD024 Write 10.0.0.14.', '10.0.0.14\n'],
  ])('instead of "%s": "%s"', (right, written, remedy, repaired) => {
    const text = changed(right, written);
    expect(told(text)).toEqual([remedy]);
    const [finding] = lint(text);
    expect(finding === undefined ? '' : fixed(text, finding)).toBe(changed(right, repaired));
  });

  it.each([
    [
      'interface eth0',
      'interface eth0, eth1',
      'error KAD028 Write one name; further ones are watched in "track_interface", one a line.',
    ],
    [
      '10.0.0.100/24',
      '10.0.0.100/24, 10.0.0.101/24',
      'error KAD024 Write one address a line, without signs between them.',
    ],
    [
      '10.0.0.12\n        10.0.0.13',
      '10.0.0.12, 10.0.0.13',
      'error KAD024 Write one peer a line, without signs between them.',
    ],
  ])('a list has no sure repair: "%s" as "%s"', (right, written, remedy) => {
    const text = changed(right, written);
    expect(told(text)).toEqual([remedy]);
    expect(lint(text)[0]?.fix).toBeUndefined();
  });
});

describe('a password is in no finding', () => {
  it.each([
    ['auth_pass = S3cret', ['KAD029']],
    ['auth_pass=S3cret', ['KAD001']],
    ['auth_pass: S3cret', ['KAD001']],
    ['auth_pas=S3cret', ['KAD001']],
    ['auth_pass\u00a0S3cret', ['KAD001']],
    ['auth_pass my S3cret', ['KAD021']],
  ])('%s', (line, expected) => {
    const authentication = `    authentication {\n        auth_type PASS\n        ${line}\n    }\n`;
    const found = lint(changed('    advert_int 1\n', `    advert_int 1\n${authentication}`));
    expect(found.map(({ code }) => code)).toEqual(expect.arrayContaining(expected));
    const said = found.flatMap(({ message, remedy, fix }) => [message, remedy, fix?.title]);
    expect(said.filter((text) => text?.includes('S3cret'))).toEqual([]);
  });
});

describe('a command that is written for a shell', () => {
  const command = (text: string) =>
    lint(changed(/script "[^"]*"/, `script ${text}`)).filter(({ code }) => code === 'KAD086');

  it.each([
    ['"/bin/check | grep -q ok"', '|', 'hands it to the program as an argument, with all that follows'],
    ['"/bin/check || exit 1"', '||', 'hands it to the program as an argument, with all that follows'],
    ['"/bin/check && /bin/other"', '&&', 'hands it to the program as an argument, with all that follows'],
    ['"/bin/check > /dev/null 2>&1"', '>', 'hands it to the program as an argument, with all that follows'],
    [
      '"/bin/check 2>/dev/null"',
      '2>/dev/null',
      'hands it to the program as an argument, with all that follows',
    ],
    ['"/bin/check a; exit 1"', 'a;', 'hands it to the program as an argument, with all that follows'],
    ['"/bin/check &"', '&', 'hands it to the program as an argument, with all that follows'],
    ['/bin/check || exit 1', '||', 'hands it to the program as an argument, with all that follows'],
    ['"/bin/true; exit 1"', '/bin/true;', 'looks for a program of this name and does not run the script'],
    [
      '"if /bin/check; then exit 0; fi"',
      'if',
      'looks for a program of this name and does not run the script',
    ],
    ['"$(which check) -q"', '$(which', 'looks for a program of this name and does not run the script'],
    ['"FOO=1 /bin/check"', 'FOO=1', 'looks for a program of this name and does not run the script'],
    ['"cd /tmp"', 'cd', 'looks for a program of this name and does not run the script'],
    ['"/bin/check `hostname`"', '`hostname`', 'hands it over as it is, and puts nothing in its place'],
  ])('%s', (text, word, instead) => {
    const found = command(text);
    expect(found.map(({ message }) => message)).toEqual([
      `"${word}" is for a shell, and keepalived runs none: it ${instead}.`,
    ]);
  });

  it.each([
    `"/bin/sh -c '/bin/check | grep -q ok'"`,
    `"/usr/bin/bash -c '/bin/check || exit 1'"`,
    `"/usr/bin/env bash -c 'a && b'"`,
    `"/usr/bin/timeout 3 sh -c '/bin/check | grep -q ok'"`,
    String.raw`"/usr/bin/timeout 3 sh -c \"/bin/check | grep -q ok\""`,
    String.raw`"/usr/bin/curl -w \"a | b\" http://127.0.0.1/"`,
    '"/usr/bin/nice -n 5 /bin/bash -ec /bin/check && /bin/other"',
    '"[ -f /run/x ]"',
    '"/usr/bin/test ! -f /run/x"',
    `"/usr/bin/curl -w '%{http_code} | x' http://127.0.0.1/?a=1&b=2"`,
    '"/usr/bin/pgrep -f haproxy|nginx"',
    '"/usr/bin/killall -0 haproxy"',
    '"{{ check_command }}"',
  ])('is none: %s', (text) => {
    expect(command(text)).toEqual([]);
  });

  it('is told of every command', () => {
    const notify = lint(changed('    nopreempt', '    nopreempt\n    notify_master "/bin/a && /bin/b"'));
    expect(notify.map(({ code }) => code)).toEqual(['KAD086']);
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

describe('characters that nobody sees', () => {
  const repaired = (text: string, code: string): string => {
    const finding = lint(text).find((one) => one.code === code);
    if (finding === undefined) throw new Error(`${code} is not found`);
    return fixed(text, finding);
  };

  it('all NUL characters of a line go with one fix', () => {
    const text = changed('router_id node1', '\0router_id\0 no\0\0de1\0');
    expect(codes(text)).toEqual(['KAD009']);
    expect(repaired(text, 'KAD009')).toBe(GOOD);
    expect(lint(text)[0]?.fix?.title).toBe('Remove the NUL characters of the line');
    const [one] = lint(changed('router_id node1', 'router_id node1\0'));
    expect(one?.fix?.title).toBe('Remove the NUL character');
  });

  it('all byte order marks at the begin go with one fix', () => {
    const text = `\ufeff\ufeff\ufeff${GOOD}`;
    expect(codes(text)).toEqual(['KAD008']);
    expect(repaired(text, 'KAD008')).toBe(GOOD);
  });

  it.each(['\u00a0', '\u2003', '\u2028', '\ufeff'])('%j is no white space to keepalived', (space) => {
    const text = changed('state BACKUP', `state${space}BACKUP`);
    const [finding] = lint(text);
    expect(finding?.code).toBe('KAD001');
    expect(finding?.remedy).toContain('ordinary spaces');
    expect(repaired(text, 'KAD001')).toBe(GOOD);
  });

  it.each(['\t', '\v', '\f', '\r', ' \t '])('%j is white space to keepalived', (space) => {
    expect(codes(changed('state BACKUP', `state${space}BACKUP`))).toEqual([]);
  });
});

describe('very much of something', () => {
  const instance = (name: string, id: number): string =>
    GOOD.slice(GOOD.indexOf('vrrp_instance'))
      .replace('vrrp_instance gitlab', `vrrp_instance ${name}`)
      .replace('virtual_router_id 51', `virtual_router_id ${id}`);
  const head = GOOD.slice(0, GOOD.indexOf('vrrp_instance'));

  it('a router id is compared with those of all instances, however many stand between', () => {
    const between = Array.from({ length: 600 }, (_, at) => instance(`other${at}`, 52 + (at % 150)));
    const text = [head, instance('first', 51), ...between, instance('last', 51)].join('\n');
    const clashes = lint(text).filter(({ code }) => code === 'KAD033');
    expect(clashes.at(-1)?.message).toContain('"first" has the router id 51');
    expect(clashes).toHaveLength(600 - 150 + 1);
  });

  it('a file too large to be read whole is read up to a point, and silent about what may follow', () => {
    const many = Array.from({ length: 13_000 }, (_, at) =>
      instance(`gitlab${at}`, 51).replace('eth0', `e${at}`),
    );
    const text = [head, ...many].join('\n');
    expect(text.length).toBeGreaterThan(4_000_000);
    expect(lint(text).map(({ code }) => code)).toEqual([]);
    const [early] = lint(text.replace('nopreempt', 'nopremt'));
    expect(early?.code).toBe('KAD001');
  });

  it.each(['}', '{\n', 'a ', '\n', '"\n', 'a\0\n', 'vrrp_instance a {\n}\n', '# ha-lab: ignore KAD001 x\n'])(
    'ten megabytes of %j have a bounded number of findings',
    (unit) => {
      const findings = lint(unit.repeat(Math.ceil(10_000_000 / unit.length)));
      expect(findings.length).toBeLessThanOrEqual(30_000);
    },
    60_000,
  );
});

describe('a word that is nearly one of those known', () => {
  it.each([
    ['state BACKUP', 'state MASTR', 'state MASTER'],
    ['state BACKUP', 'state backup', 'state BACKUP'],
    ['state BACKUP', 'state BCKUP', 'state BACKUP'],
  ])('%s, written %s, is repaired to %s', (from, slip, right) => {
    const text = changed(from, slip);
    const [finding] = lint(text).filter(({ code }) => code === 'KAD023');
    expect(finding).toBeDefined();
    expect(finding && fixed(text, finding)).toBe(GOOD.replace(from, right));
  });

  it('a word that is near none has no repair', () => {
    const [finding] = lint(changed('state BACKUP', 'state SLAVE')).filter(({ code }) => code === 'KAD023');
    expect([finding?.code, finding?.fix]).toEqual(['KAD023', undefined]);
  });
});
