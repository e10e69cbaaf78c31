/** Every file to judge: one thing varied in each. Pure, the same ones each time. */
import { keywordsOf, REMOVED } from '../../../src/languages/keepalived/schema/schema';
import type { Argument, Keyword, ValueKind } from '../../../src/languages/keepalived/schema/keyword';
import { configuration, PLACES, sampleOf, written, type Case } from './base';

/** Kinds of blocks with keywords, those of the base first. */
function kinds(): string[] {
  const found = new Set(PLACES);
  for (const kind of found)
    for (const { block } of keywordsOf(kind)) if (block !== undefined) found.add(block);
  return [...found];
}

/** All cases, no text twice; the base is the first. */
export function generate(): Case[] {
  const all = kinds();
  const cases = [
    ...caseOf('base', 'root', []),
    ...all.flatMap((kind) => keywordsOf(kind).flatMap((keyword) => variantsOf(kind, keyword))),
    ...all.flatMap((kind, at) => misplaced(kind, at, all)),
    ...REFERENCES.flatMap(([kind, ...lines]) => caseOf('reference', kind, lines)),
    ...[...REMOVED.keys()].flatMap((name, at) =>
      caseOf('removed', all[at % all.length] ?? 'root', [`${name} 1`]),
    ),
    ...all.flatMap((kind) => caseOf('unknown', kind, ['nosuchkeyword 1'])),
  ];
  return [...new Map(cases.map((one) => [one.text, one])).values()];
}

function caseOf(group: string, kind: string, lines: readonly string[]): Case[] {
  const text = configuration(kind, lines);
  return text === undefined ? [] : [{ group, name: `${kind}: ${lines.join(' ⏎ ')}`, text }];
}

function variantsOf(kind: string, keyword: Keyword): Case[] {
  const { name, args, required, block, values, rest } = keyword;
  const of = (group: string, ...lines: string[]): Case[] => caseOf(group, kind, lines);
  const line = written(keyword);
  if (values !== undefined)
    return VALUE_LINES[values].split('|').flatMap((row) => of('values', `${line} {`, `    ${row}`, '}'));
  if (block !== undefined) return [...of('block', `${line} {`, '}'), ...of('block without braces', line)];
  const full = [name, ...args.map(sampleOf)].join(' ');
  return [
    ...of('right', line),
    ...of('right', full),
    ...(required > 0 ? of('argument missing', name) : []),
    ...(rest ? [] : of('argument too many', `${full} word`)),
    ...of('twice', line, line),
    ...of('braces', `${line} {`, '}'),
    ...args.flatMap((argument, at) =>
      wrong(argument).flatMap((value) => {
        const words = args.map((other, index) => (index === at ? value : sampleOf(other)));
        return of(`wrong ${argument.kind}`, [name, ...words].join(' '));
      }),
    ),
  ];
}

/** What an argument may not be, or only just. */
function wrong(argument: Argument): string[] {
  switch (argument.kind) {
    case 'number': {
      const { min, max } = argument;
      return [min, max, min - 1, max + 1, '5x', 'x', '1.5', '99999999999', '0x10', '""'].map(String);
    }
    case 'decimal':
      return [argument.min, argument.max, -1, argument.max + 1, 0, '5x', 'x', '1,5', '0.00000001'].map(
        String,
      );
    case 'choice':
      return [...argument.values, 'nosuch', '1'];
    case 'address':
      return ['fd00::9', '10.0.0.9', '10.0.0.300', 'word', '10.0.0.9/24', '10.0.0.9/40', '10.0.0'];
    case 'reference':
      return ['nosuch'];
    case 'interface':
      return ['"two words"', '1'];
    case 'script':
      return ['/usr/bin/true', '"/usr/bin/true a b"', '""'];
    case 'name':
    case 'text':
      return ['""', '"two words"', '-1'];
    case 'form':
      return ['""', '"two words"', '-1', 'word', '0', '99', '1000', '0x10'];
  }
}

/** Keywords in blocks that do not know them: each in two others. */
function misplaced(kind: string, at: number, all: readonly string[]): Case[] {
  return keywordsOf(kind).flatMap((keyword, index) =>
    [1, 3].flatMap((step) => {
      const other = all[(at + index + step) % all.length] ?? 'root';
      if (keywordsOf(other).some(({ name }) => name === keyword.name)) return [];
      const opened = keyword.block ?? keyword.values;
      const lines = opened === undefined ? [written(keyword)] : [`${written(keyword)} {`, '}'];
      return caseOf('other block', other, lines);
    }),
  );
}

/** Lines of blocks without keywords, divided by `|`. */
const VALUE_LINES: Readonly<Record<ValueKind, string>> = {
  addresses:
    '10.0.0.110|10.0.0.110/24 dev eth0|10.0.0.110/33|10.0.0.300|word|10.0.0.110/24 dev|10.0.0.110/24 scope nosuch|10.0.0.110/24 brd 10.0.0.255|10.0.0.110/24 brd word|10.0.0.110/24 label eth0:1|10.0.0.110 nosuch|fd00::110/64|10.0.0.110/24,|10.0.0.110/x|10.0.0.110/|10.0.0.110/24 no_track|10.0.0.110/24 peer 10.0.0.111|10.0.0.110/24 home|10.0.0.110 peer 10.0.0.111|10.0.0.110 peer word|10.0.0.110/24 brd +|10.0.0.110/24 preferred_lft 5|10.0.0.110/24 preferred_lft x|fd00::110/|10.0.0.110/-1',
  routes:
    '10.1.0.0/24 via 10.0.0.1 dev eth0|default via 10.0.0.1|10.1.0.0/24 via word|10.1.0.0/24|10.1.0.0/24 dev eth0 metric x|10.1.0.0/24 dev eth0 metric 5|10.1.0.0/33 dev eth0|10.1.0.0/24 dev eth0 nosuch 1|blackhole 10.1.0.0/24|10.1.0.0/24 via|10.1.0.0/ dev eth0|10.1.0.0/24 via 10.0.0.1/24|10.1.0.0/24 dev eth0 mtu lock 1400|10.1.0.0/24 dev eth0 mtu x|unreachable 10.1.0.0/24|10.1.0.0/24 dev eth0 hoplimit 300|10.1.0.0/24 dev eth0 onlink|10.1.0.0 dev eth0|10.1 dev eth0|nosuch 10.1.0.0/24',
  rules:
    'from 10.1.0.0/24 table 5 priority 10|from 10.1.0.0/24 table x|from word table 5|to 10.1.0.0/24 table 5|table 5|nosuch 1|from 10.1.0.0/24 table 5 priority x|from 10.1.0.0/33 table 5|from 10.1.0.0/24 priority 10|from 10.1.0.0/24 blackhole priority 10|from 10.1.0.0/24 table 5 priority 0x10|from 10.1.0.0/24 iif eth0 lookup 5 order 7|not from 10.1.0.0/24 table 5 priority 3|from 10.1.0.0/24 table',
  peers: '10.0.0.13|10.0.0.300|word|fd00::13|10.0.0.13/24|10.0.0.13 10.0.0.14|10.0.0.12|10.0.0.11',
  'linkbeat-interfaces': 'eth0|eth0 MII|eth0 eth0|eth0 MII 5',
  'tracked-interfaces':
    'eth0|eth0 weight 5|eth0 weight x|eth0 weight 300|eth0 weight|eth0 nosuch|eth0 weight 5 reverse',
  vrrp_script:
    'chk|nosuch|chk weight 5|chk weight x|chk weight 300|chk weight|chk nosuch|chk weight 5 reverse',
  vrrp_track_process: 'proc|nosuch|proc weight 5|proc weight x|proc weight 300|proc nosuch',
  track_file: 'level|nosuch|level weight 1|level weight x|level weight 300|level nosuch',
  bfd_instance: 'nosuch',
  vrrp_instance: 'one|nosuch|one two|one weight 1',
  interfaces: 'eth0|eth0 eth0',
  delays: 'eth0 5 5|eth0 x 5|eth0 5|eth0|eth0 5 5 5|eth0 5 x|eth0 300 5|eth0 0.5 0.5',
  mail: 'admin@example.com|admin|a@example.com b@example.com',
  servers:
    '10.0.0.211 80|10.0.0.211|10.0.0.211 x|10.0.0.211 99999|fwmark 5|fwmark x|10.0.0.211-220 80|word 80|fwmark 5 inet|fwmark 5 nosuch|10.0.0.211 0|10.0.0.0/24 80|10.0.0.211-10.0.0.220 80',
};

/** Names that lead nowhere, or stand twice: a kind of block and its lines. */
const REFERENCES: readonly (readonly [string, ...string[]])[] = [
  ['root', 'vrrp_instance one {', '    interface eth0', '    virtual_router_id 53', '}'],
  ['root', 'vrrp_instance three {', '    interface eth0', '    virtual_router_id 51', '}'],
  ['root', 'vrrp_instance three {', '    virtual_router_id 53', '}'],
  ['root', 'vrrp_instance three {', '    interface eth0', '}'],
  ['root', 'vrrp_instance three {', '    interface eth0', '    virtual_router_id 53', '}'],
  ['root', 'vrrp_script chk {', '    script "/usr/bin/true"', '}'],
  ['root', 'vrrp_script empty {', '}'],
  ['root', 'vrrp_sync_group both {', '    group {', '        one', '    }', '}'],
  ['root', 'vrrp_sync_group empty {', '}'],
  ['root', 'vrrp_sync_group more {', '    group {', '        nosuch', '    }', '}'],
  ['root', 'virtual_server group nosuch {', '}'],
  ['root', 'virtual_server 10.0.0.202 x {', '}'],
  ['root', 'virtual_server word 80 {', '}'],
  ['root', 'track_group more {', '    group {', '        nosuch', '    }', '}'],
  ['vrrp_instance', 'track_script {', '    later', '}'],
  ['vrrp_instance', 'authentication {', '    auth_type PASS', '}'],
  ['vrrp_instance', 'authentication {', '    auth_pass secret', '}'],
  ['vrrp_instance', 'authentication {', '    auth_type PASS', '    auth_pass secretsecret', '}'],
  ['vrrp_instance', 'state MASTER', 'nopreempt'],
  ['vrrp_instance', 'state MASTER', 'preempt_delay 5'],
  ['vrrp_instance', 'nopreempt', 'preempt_delay 5'],
  ['vrrp_instance', 'version 3', 'authentication {', '    auth_type PASS', '    auth_pass secret', '}'],
  ['vrrp_instance', 'version 2', 'advert_int 0.5'],
  ['vrrp_instance', 'version 3', 'advert_int 0.5'],
  ['vrrp_instance', 'version 3', 'advert_int 50'],
];
