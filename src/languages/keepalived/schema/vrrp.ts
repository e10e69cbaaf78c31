import {
  address,
  alone,
  choice,
  command,
  decimal,
  flag,
  form,
  interfaceName,
  keyword,
  lines,
  LONGEST_SECONDS,
  multicastGroup,
  number,
  script,
  SIGNED,
  text,
  UNSIGNED,
  type Keyword,
} from './keyword';
import { instanceOrGlobal } from './vrrp-everywhere';

/** Blocks that tie an instance or a group to what it watches. */
const TRACKING: readonly Keyword[] = [
  lines('track_interface', 'tracked-interfaces', 'Interfaces that must be up, besides its own.'),
  lines('track_script', 'vrrp_script', 'Scripts whose failure lowers the priority or means FAULT.'),
  lines('track_process', 'vrrp_track_process', 'Processes that must run.'),
  lines('track_file', 'track_file', 'Files whose number is added to the priority.'),
  lines('track_bfd', 'bfd_instance', 'BFD sessions that must be up.'),
];

const NOTIFICATION: readonly Keyword[] = [
  command('notify_master', 'Runs when this node becomes master.'),
  command('notify_backup', 'Runs when this node becomes backup.'),
  command('notify_fault', 'Runs when something tracked fails.'),
  command('notify_stop', 'Runs when keepalived stops.'),
  command('notify', 'Runs on every change; gets kind, name, state and priority as arguments.'),
  flag('smtp_alert', 'Sends a mail on every change.'),
  flag('notify_priority_changes', 'Reports changes of priority too.'),
];

/** Keywords of `vrrp_sync_group`. */
export const SYNC_GROUP: readonly Keyword[] = [
  lines('group', 'vrrp_instance', 'Instances that change their state together, one name a line.'),
  ...TRACKING,
  ...NOTIFICATION,
  alone('global_tracking', 'Does nothing; track interfaces, scripts and files in the group itself.', {
    replacedBy: '',
  }),
  alone('sync_group_tracking_weight', 'Lets weights of tracked things change the priorities of members.'),
];

const IDENTITY: readonly Keyword[] = [
  keyword(
    'state',
    [choice(['MASTER', 'BACKUP'])],
    'State an instance begins in, before it has heard of the others. The priority decides afterwards.',
    { default: 'BACKUP' },
  ),
  keyword('interface', [interfaceName()], 'Interface that adverts go through, and the addresses are put on.'),
  keyword(
    'virtual_router_id',
    [number(1, 255, 'ID')],
    'Number of the cluster; the same on its nodes, unique in the network.',
  ),
  keyword(
    'priority',
    [number(1, 255)],
    'The highest one wins. 255 means that the address belongs to this machine for good.',
    { default: '100; 255 with state MASTER' },
  ),
  keyword(
    'advert_int',
    [decimal(0.01, 255, 6)],
    'Pause between two adverts; the same on all nodes. Whole seconds in version 2.',
    {
      default: '1',
    },
  ),
  keyword('version', [number(2, 3)], 'Version of VRRP.', { default: '2, for IPv6 3' }),
  alone('native_ipv6', 'Speaks VRRP by IPv6.'),
  keyword('vrf', [interfaceName('VRF')], 'Virtual routing domain, for instances without an interface.'),
];

const ADDRESSES: readonly Keyword[] = [
  lines(
    'virtual_ipaddress',
    'addresses',
    'Addresses the master holds, one a line: `ADDRESS/MASK dev INTERFACE label NAME`.',
  ),
  lines('virtual_ipaddress_excluded', 'addresses', 'More addresses, which are not named in adverts.'),
  alone('no_virtual_ipaddress', 'Says that the instance has no address on purpose.', { since: '2.3' }),
  alone('promote_secondaries', 'Keeps other addresses of the network when the first one is removed.'),
  lines('virtual_routes', 'routes', 'Routes the master holds.'),
  lines('virtual_rules', 'rules', 'Routing rules the master holds.'),
];

const UNICAST: readonly Keyword[] = [
  keyword('unicast_src_ip', [address()], 'Own address in adverts to single peers.'),
  keyword('mcast_src_ip', [address()], 'Own address in multicast adverts.'),
  keyword('mcast_dst_ip', [multicastGroup()], 'Multicast group of the adverts.', {
    default: '224.0.0.18 or ff02::12',
  }),
  lines(
    'unicast_peer',
    'peers',
    'The other nodes, one address a line. Needed where multicast does not pass: clouds, containers.',
  ),
  alone('unicast_fault_no_peer', 'Goes to FAULT instead of to multicast when there is no peer.'),
  keyword('unicast_ttl', [number(0, 255)], 'Time to live of unicast adverts.'),
  alone('check_unicast_src', 'Takes adverts from known peers only.'),
  keyword(
    'old_unicast_checksum',
    [choice(['never'])],
    'Counts the checksum of unicast as old versions did.',
    { required: 0 },
  ),
  alone('track_src_ip', 'Goes to FAULT when its own address vanishes from the interface.'),
];

const PREEMPTION: readonly Keyword[] = [
  alone(
    'nopreempt',
    'A node with a higher priority that comes back does not take the address away. Needs state BACKUP.',
  ),
  alone('preempt', 'Takes the address back as soon as its priority is the highest. This is the default.'),
  keyword(
    'preempt_delay',
    [decimal(0, 1000, 6)],
    'Waits so long after its start before it takes the address back. Needs state BACKUP.',
    {
      default: '0',
    },
  ),
  flag('strict_mode', 'Holds to the letter of the VRRP standard, whatever vrrp_strict says.'),
  alone('accept', 'Lets the addresses answer on a node that does not own them.'),
  alone('no_accept', 'Drops packets to the addresses on a node that does not own them.'),
  alone('dont_track_primary', 'Ignores faults of its own interface.'),
  flag('owner_ignore_adverts', 'With priority 255 it ignores the adverts of others.', { since: '2.3' }),
  keyword(
    'timer_expired_backup',
    [number(1, 254)],
    'Yields when it was held up for so long that another took over.',
    {
      required: 0,
      since: '2.3',
    },
  ),
  keyword('thread_timer_expired', [number(1, 254)], 'Old spelling of `timer_expired_backup`.', {
    required: 0,
    since: '2.3',
    replacedBy: 'timer_expired_backup',
  }),
];

/** Keywords of `vrrp_instance`. */
export const INSTANCE: readonly Keyword[] = [
  ...IDENTITY,
  ...ADDRESSES,
  ...UNICAST,
  ...PREEMPTION,
  ...TRACKING,
  ...NOTIFICATION,
  command('notify_deleted', 'Runs when a reload removes the instance.', { required: 0 }),
  command('notify_master_rx_lower_pri', 'Runs when a master hears a lower priority.'),
  ...instanceOrGlobal(''),
  keyword('authentication', [], 'A password in adverts, readable by anyone in the network. Version 2 only.', {
    block: 'authentication',
  }),
  keyword('auth_hmac', [], 'Signs adverts. All nodes need clocks that agree.', {
    block: 'auth_hmac',
    since: '2.4',
  }),
  keyword(
    'use_vmac',
    [form('virtual-mac', 'INTERFACE|MAC')],
    'Gives the addresses a MAC address that moves with them.',
    {
      required: 0,
      rest: true,
    },
  ),
  alone('use_vmac_addr', 'Gives addresses on other interfaces a MAC address of their own.'),
  alone('vmac_xmit_base', 'Sends adverts through the interface below the virtual one.'),
  keyword('use_ipvlan', [text('INTERFACE|ADDRESS')], 'Puts the addresses on an ipvlan interface.', {
    required: 0,
    rest: true,
  }),
  alone('linkbeat_use_polling', 'Old; name the interface in `linkbeat_interfaces`.', { replacedBy: '' }),
  flag('v3_checksum_as_v2', 'Counts the checksum of version 3 as in version 2.', { since: '2.3' }),
  keyword('lvs_sync_daemon_interface', [interfaceName()], 'Old; use `lvs_sync_daemon` in global_defs.', {
    replacedBy: '',
  }),
  keyword('debug', [number(0, 4)], 'How much it logs.'),
  keyword('kernel_rx_buf_size', [number(0, UNSIGNED, 'BYTES')], 'Size of the receive buffer.'),
];

/** Keywords of the small blocks of VRRP. */
export const VRRP_BLOCKS: Readonly<Record<string, readonly Keyword[]>> = {
  authentication: [
    keyword(
      'auth_type',
      [choice(['PASS', 'AH'])],
      'Kind of authentication. AH does not go together with NAT and VRRP standards.',
    ),
    keyword('auth_pass', [text('PASSWORD')], 'Password; the first eight characters count.'),
  ],
  auth_hmac: [
    keyword('key', [number(1, 255, 'ID'), text('KEY')], 'A key, in hexadecimal digits or as `file:PATH`.', {
      repeats: true,
    }),
    keyword('active_key', [number(1, 255, 'ID')], 'Number of the key that signs.'),
    keyword('time_window', [text('SECONDS')], 'How far clocks may differ.'),
    keyword('anti_replay', [choice(['time', 'monotonic'])], 'How old adverts are told from new ones.'),
    keyword(
      'mode',
      [choice(['enforce', 'permissive', 'receive-only'])],
      'What happens to adverts without a signature.',
    ),
  ],
  vrrp_script: [
    command('script', 'Command whose exit code 0 means success.', { silent: 'again' }),
    keyword('interval', [decimal(0.001, 4_294_967, 3)], 'Pause between two runs.', { default: '1' }),
    keyword('timeout', [decimal(0.001, 4_294, 3)], 'After so long a run counts as failed.', {
      default: 'the interval',
    }),
    keyword(
      'weight',
      [number(-253, 253), choice(['reverse'])],
      'Added to the priority: a positive one on success, a negative one on failure. With 0 a failure means FAULT.',
      { required: 1, default: '0' },
    ),
    keyword('rise', [number(1, SIGNED)], 'Successes in a row that count.', { default: '1' }),
    keyword('fall', [number(1, SIGNED)], 'Failures in a row that count.', { default: '1' }),
    keyword('user', [text('USER'), text('GROUP')], 'User that runs it.', {
      required: 1,
      default: 'script_user',
    }),
    alone('init_fail', 'Counts as failed until the first success.'),
  ],
  vrrp_track_process: [
    keyword('process', [text('NAME')], 'Name of the process to watch, and its arguments.', { rest: true }),
    keyword('param_match', [choice(['initial', 'partial'])], 'How its arguments are compared.', {
      required: 0,
    }),
    keyword(
      'weight',
      [number(-254, 254), choice(['reverse'])],
      'Added to the priority. With 0 a missing process means FAULT.',
      {
        required: 1,
        default: '0',
      },
    ),
    keyword('quorum', [number(1, 65_535)], 'How many processes must run.', { default: '1' }),
    keyword('quorum_max', [number(0, 65_535)], 'How many may run at most.'),
    keyword('delay', [decimal(0.000001, 3600, 6)], 'How long a change must last to count.', { default: '0' }),
    keyword('terminate_delay', [decimal(0.000001, 3600, 6)], 'How long it may be gone.', { default: '0' }),
    keyword('fork_delay', [decimal(0.000001, 3600, 6)], 'How long it must be there.', { default: '0' }),
    alone('full_command', 'Compares the whole command line, not the short name of the process.'),
  ],
  track_file: [
    keyword('file', [script('FILE')], 'The file; its number times the weight is added to the priority.'),
    keyword('weight', [number(-254, 254), choice(['reverse'])], 'Factor on the number in the file.', {
      required: 1,
      default: '1',
    }),
    keyword(
      'init_file',
      [form('init-file', 'NUMBER'), form('init-file', 'overwrite')],
      'Creates the file with this number when it is missing.',
      {
        required: 0,
      },
    ),
  ],
  track_group: [lines('group', 'vrrp_instance', 'Instances whose state static addresses follow.')],
  garp_group: [
    keyword('garp_interval', [decimal(0, LONGEST_SECONDS, 6)], 'Pause between two ARP announcements.'),
    keyword('gna_interval', [decimal(0, LONGEST_SECONDS, 6)], 'Pause between two announcements by IPv6.'),
    keyword('interface', [interfaceName()], 'Interface these pauses are for.', { repeats: true }),
    lines('interfaces', 'interfaces', 'Interfaces that share these pauses.'),
  ],
  bfd_instance: [
    keyword('neighbor_ip', [address()], 'Address of the other side.'),
    keyword('neighbour_ip', [address()], 'Address of the other side.'),
    keyword('source_ip', [address()], 'Own address.'),
    keyword(
      'min_rx',
      [decimal(1, 4_294_967, 3, 'MILLISECONDS')],
      'Shortest pause between packets it takes.',
      { default: '10' },
    ),
    keyword('min_tx', [decimal(1, 4_294_967, 3, 'MILLISECONDS')], 'Pause between packets it sends.', {
      default: '10',
    }),
    keyword(
      'idle_tx',
      [decimal(1_000, 4_294_967, 3, 'MILLISECONDS')],
      'Pause between packets while the other side is down.',
      {
        default: '1000',
      },
    ),
    keyword('multiplier', [number(1, 255)], 'Missed packets after which the other side counts as down.', {
      default: '5',
    }),
    alone('passive', 'Waits for the other side to begin.'),
    keyword('ttl', [number(1, 255)], 'Time to live of its packets.'),
    keyword('hoplimit', [number(1, 255)], 'Hop limit of its packets.'),
    keyword('max_hops', [number(-1, 255)], 'How many hops packets of the other side may have taken.'),
    flag('multihop', 'The other side is not in the same network.', { since: '2.3' }),
    keyword(
      'weight',
      [number(-253, 253), choice(['reverse'])],
      'Added to the priority. With 0 a lost session means FAULT.',
      {
        required: 1,
      },
    ),
    alone('vrrp', 'Only VRRP hears of it.'),
    alone('checker', 'Only checkers hear of it.'),
  ],
};
