/** The configuration every generated file starts from: `keepalived -t` accepts it without a word. */
import { keywordsOf } from '../../../src/languages/keepalived/schema/schema';
import type { Argument, Keyword, TextForm } from '../../../src/languages/keepalived/schema/keyword';

/** One file to be judged. */
export interface Case {
  /** What it varies, to tell differences of one kind together. */
  readonly group: string;
  /** What was varied, in a few words. */
  readonly name: string;
  readonly text: string;
}

/** The blocks of the base by their kind; `@KIND` is where lines are added. */
const BASE = `global_defs {
    router_id node1
    enable_script_security
    script_user root
    @global_defs
}
vrrp_script chk {
    script "/usr/bin/true"
    interval 2
    fall 2
    @vrrp_script
}
vrrp_track_process proc {
    process haproxy
    @vrrp_track_process
}
track_file level {
    file "/run/level"
    @track_file
}
vrrp_instance one {
    state BACKUP
    interface eth0
    virtual_router_id 51
    priority 100
    unicast_src_ip 10.0.0.11
    unicast_peer {
        10.0.0.12
    }
    virtual_ipaddress {
        10.0.0.100/24
    }
    track_script {
        chk
    }
    @vrrp_instance
}
vrrp_instance two {
    state BACKUP
    interface eth0
    virtual_router_id 52
    priority 100
    virtual_ipaddress {
        10.0.0.101/24
    }
}
vrrp_sync_group both {
    group {
        one
        two
    }
    @vrrp_sync_group
}
virtual_server_group web {
    10.0.0.210 80
}
virtual_server 10.0.0.200 80 {
    delay_loop 6
    lb_algo rr
    lb_kind NAT
    protocol TCP
    @virtual_server
    real_server 10.0.0.21 80 {
        weight 1
        @real_server
    }
}
@root
`;

/** Kinds of blocks the base has. */
export const PLACES: readonly string[] = [...BASE.matchAll(/@(\w+)/g)].map((match) => match[1] ?? '');

/** The base with these lines in a kind of block, opening the blocks around it that the base does not have. */
export function configuration(kind: string, lines: readonly string[]): string | undefined {
  let [place, inside] = [kind, [...lines]];
  for (let depth = 0; !PLACES.includes(place); depth += 1) {
    const parent = parentOf(place);
    if (parent === undefined || depth > 4) return undefined;
    const own = (inside.some((line) => line.startsWith('url ')) ? [] : (ESSENTIAL[place] ?? [])).filter(
      (line) => !lines.some((other) => keywordOf(other) === keywordOf(line)),
    );
    inside = [`${written(parent.opener)} {`, ...[...own, ...inside].map((line) => `    ${line}`), '}'];
    place = parent.kind;
  }
  return BASE.replace(/^( *)@(\w+)\n/gm, (_, indent: string, at: string) =>
    at === place ? inside.map((line) => `${indent}${line}\n`).join('') : '',
  );
}

/** What a block cannot do without. */
const ESSENTIAL: Readonly<Record<string, readonly string[]>> = {
  HTTP_GET: ['url {', '    path /', '}'],
  SSL_GET: ['url {', '    path /', '}'],
  url: ['path /'],
  MISC_CHECK: ['misc_path "/usr/bin/true"'],
  FILE_CHECK: ['track_file level'],
  bfd_instance: ['neighbor_ip 10.0.0.12'],
  track_group: ['group {', '    one', '}'],
  garp_group: ['garp_interval 1', 'interface eth0'],
};

function keywordOf(line: string): string {
  return line.trim().split(' ')[0] ?? '';
}

/** Which block holds one of this kind, and the keyword that opens it. */
function parentOf(kind: string): { readonly kind: string; readonly opener: Keyword } | undefined {
  for (const at of [...PLACES, ...NESTED]) {
    const opener = keywordsOf(at).find(({ block }) => block === kind);
    if (opener !== undefined && at !== kind) return { kind: at, opener };
  }
  return undefined;
}

/** Kinds of blocks that hold others and are not in the base. */
export const NESTED = ['vrrp_instance', 'HTTP_GET', 'SMTP_CHECK', 'real_server'];

/** A keyword with arguments it takes. */
export function written({ name, args, required }: Keyword): string {
  return [name, ...args.slice(0, required).map(sampleOf)].join(' ');
}

/** Something this argument may be. */
export function sampleOf(argument: Argument): string {
  switch (argument.kind) {
    case 'number':
      return String(Math.min(Math.max(argument.min, 1), argument.max));
    case 'decimal':
      return String(Math.min(Math.max(argument.min, 1), argument.max));
    case 'choice':
      return argument.values[0] ?? 'on';
    case 'address':
      if (argument.multicast === true) return argument.family === 6 ? 'ff02::99' : '224.0.0.99';
      return argument.family === 6 ? 'fd00::9' : '10.0.0.9';
    case 'form':
      return FORMS[argument.form];
    case 'interface':
      return 'eth0';
    case 'script':
      return '"/usr/bin/true"';
    case 'name':
      return 'fresh';
    case 'reference':
      return NAMES[argument.to] ?? 'fresh';
    case 'text':
      return TEXTS[argument.label] ?? 'word';
  }
}

const NAMES: Readonly<Record<string, string>> = {
  vrrp_instance: 'one',
  vrrp_sync_group: 'both',
  vrrp_script: 'chk',
  vrrp_track_process: 'proc',
  track_file: 'level',
  virtual_server_group: 'web',
};

/** A text of each form. */
const FORMS: Readonly<Record<TextForm, string>> = {
  hex: '0a1f',
  'hex-mask': '0axx',
  md5: '0123456789abcdef0123456789abcdef',
  'status-codes': '200',
  netmask: '255.255.255.0',
  path: '/tmp/x',
  host: '10.0.0.9',
  umask: '022',
  'init-file': '5',
  buffers: 'MTU',
  'extra-interfaces': '30',
  'extra-interfaces-of-all': '30',
  protocol: 'TCP',
  'include-check': 'read',
  'virtual-mac': 'vrrp.51',
};

/** Texts that keepalived looks at all the same. */
const TEXTS: Readonly<Record<string, string>> = {
  'ADDRESS|group|fwmark': '10.0.0.201',
  'PORT|NAME|MARK': '80',
  PORT: '80',
  CPU: '0',
  PRIORITY: '50',
  PATH: '/tmp/x',
};
