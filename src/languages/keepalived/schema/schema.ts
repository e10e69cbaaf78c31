import { GLOBAL } from './global';
import { alone, keyword, lines, named, number, text, UNSIGNED, type Keyword } from './keyword';
import { SERVER_BLOCKS } from './servers';
import { INSTANCE, SYNC_GROUP, VRRP_BLOCKS } from './vrrp';

/** Keywords outside all blocks. */
const ROOT: readonly Keyword[] = [
  keyword('global_defs', [], 'Settings of keepalived as a whole.', { block: 'global_defs', repeats: true }),
  keyword('vrrp_instance', [named('vrrp_instance')], 'An address, or several, that one of the nodes holds.', {
    block: 'vrrp_instance',
    repeats: true,
  }),
  keyword('vrrp_script', [named('vrrp_script')], 'A command that tells whether this node is healthy.', {
    block: 'vrrp_script',
    repeats: true,
  }),
  keyword('vrrp_sync_group', [named('vrrp_sync_group')], 'Instances that change their state together.', {
    block: 'vrrp_sync_group',
    repeats: true,
  }),
  keyword('vrrp_track_process', [named('vrrp_track_process')], 'A process that must run; needs no script.', {
    block: 'vrrp_track_process',
    repeats: true,
  }),
  keyword('track_file', [named('track_file')], 'A file whose number changes the priority.', {
    block: 'track_file',
    repeats: true,
  }),
  keyword('vrrp_track_file', [named('track_file')], 'Old spelling of `track_file`.', {
    block: 'track_file',
    repeats: true,
    replacedBy: 'track_file',
  }),
  keyword('bfd_instance', [named('bfd_instance')], 'A BFD session with another router.', {
    block: 'bfd_instance',
    repeats: true,
  }),
  keyword('track_group', [named('track_group')], 'Instances whose state static addresses follow.', {
    block: 'track_group',
    repeats: true,
  }),
  keyword('garp_group', [], 'Pauses between announcements on some interfaces.', {
    block: 'garp_group',
    repeats: true,
  }),
  lines('static_ipaddress', 'addresses', 'Addresses this node holds whatever its state.', { repeats: true }),
  lines('static_routes', 'routes', 'Routes this node holds whatever its state.', { repeats: true }),
  lines('static_rules', 'rules', 'Routing rules this node holds whatever its state.', { repeats: true }),
  lines('linkbeat_interfaces', 'linkbeat-interfaces', 'Interfaces whose link is polled.', { repeats: true }),
  lines(
    'interface_up_down_delays',
    'delays',
    'How long a change of an interface must last: `INTERFACE DOWN UP`.',
    {
      repeats: true,
    },
  ),
  keyword(
    'virtual_server',
    [text('ADDRESS|group|fwmark'), text('PORT|NAME|MARK')],
    'A service balanced by the kernel (IPVS).',
    {
      required: 1,
      block: 'virtual_server',
      repeats: true,
    },
  ),
  keyword('virtual_server_group', [named('virtual_server_group')], 'Addresses and ports of one service.', {
    values: 'servers',
    repeats: true,
  }),
  keyword('SSL', [], 'Certificates of checks by HTTPS.', { block: 'SSL' }),
  keyword('net_namespace', [text('NAME')], 'Network namespace keepalived runs in.'),
  keyword('net_namespace_ipvs', [text('NAME')], 'Network namespace of the virtual servers.', { required: 0 }),
  alone('namespace_with_ipsets', 'Uses IP sets in a namespace on old kernels.'),
  keyword('instance', [text('NAME')], 'Name of this keepalived where several run.'),
  alone('use_pid_dir', 'Keeps the files with process ids in a folder.'),
  keyword('child_wait_time', [number(0, UNSIGNED, 'SECONDS')], 'How long processes may take to end.', {
    default: '5',
  }),
  alone('linkbeat_use_polling', 'Polls the link of interfaces.'),
];

const TABLE: Readonly<Record<string, readonly Keyword[]>> = {
  root: ROOT,
  global_defs: GLOBAL,
  vrrp_instance: INSTANCE,
  vrrp_sync_group: SYNC_GROUP,
  ...VRRP_BLOCKS,
  ...SERVER_BLOCKS,
};

const BY_BLOCK: ReadonlyMap<string, ReadonlyMap<string, Keyword>> = new Map(
  Object.entries(TABLE).map(([block, keywords]) => [
    block,
    new Map(keywords.map((entry) => [entry.name, entry] as const)),
  ]),
);

/** Kinds of blocks that have keywords; `root` is the file itself. */
export const BLOCK_KINDS: readonly string[] = [...BY_BLOCK.keys()];

/** The keyword of a name in a kind of block. */
export function findKeyword(block: string, name: string): Keyword | undefined {
  return BY_BLOCK.get(block)?.get(name);
}

/** All keywords of a kind of block, in the order of the tables. */
export function keywordsOf(block: string): readonly Keyword[] {
  return [...(BY_BLOCK.get(block)?.values() ?? [])];
}

/** Kinds of blocks that know a keyword. */
export function blocksWith(name: string): readonly string[] {
  return BLOCK_KINDS.filter((block) => findKeyword(block, name) !== undefined);
}

/** True for keywords that begin a block outside all others and nowhere else. */
export function beginsAtRoot(name: string): boolean {
  const entry = findKeyword('root', name);
  return entry !== undefined && (entry.block ?? entry.values) !== undefined;
}

/** Keywords old versions knew and what to write today; an empty text when nothing took their place. */
export const REMOVED: ReadonlyMap<string, string> = new Map([
  ['lvs_id', 'router_id'],
  ['nb_get_retry', 'retry'],
  ['nat_mask', ''],
  ['vrrp_process', 'vrrp_track_process'],
  ['notify_script', 'notify'],
  ['mcast_src', 'mcast_src_ip'],
  ['unicast_peers', 'unicast_peer'],
  ['virtual_ip', 'virtual_ipaddress'],
  ['virtual_ips', 'virtual_ipaddress'],
  ['virtual_ipaddresses', 'virtual_ipaddress'],
]);
