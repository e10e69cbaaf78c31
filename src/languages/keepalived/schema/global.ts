import {
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
  text,
  UNSIGNED,
  type Keyword,
} from './keyword';
import { instanceOrGlobal } from './vrrp-everywhere';

const PROCESSES = [
  ['vrrp', 'VRRP'],
  ['checker', 'health check'],
  ['bfd', 'BFD'],
] as const;

/** Keywords every process of keepalived has, under its own prefix. */
function perProcess(prefix: string, who: string): Keyword[] {
  return [
    keyword(
      `${prefix}_priority`,
      [number(-20, 19)],
      `Nice value of the ${who} process; negative runs sooner.`,
    ),
    alone(`${prefix}_no_swap`, `Keeps the memory of the ${who} process from being swapped out.`),
    keyword(
      `${prefix}_rt_priority`,
      [number(1, 99, 'PRIORITY')],
      `Runs the ${who} process in real time with this priority.`,
    ),
    keyword(
      `${prefix}_cpu_affinity`,
      [number(0, 1_023, 'CPU')],
      `Binds the ${who} process to these processors.`,
      {
        rest: true,
        alike: true,
      },
    ),
    keyword(
      `${prefix}_rlimit_rttime`,
      [number(1, UNSIGNED)],
      `Most microseconds the ${who} process may run in real time without a pause.`,
    ),
    keyword(`${prefix}_rlimit_rtime`, [number(1, UNSIGNED)], `Old spelling of \`${prefix}_rlimit_rttime\`.`, {
      replacedBy: `${prefix}_rlimit_rttime`,
    }),
    keyword(`${prefix}_process_name`, [text('NAME')], `Name of the ${who} process in the list of processes.`),
  ];
}

const MAIL: readonly Keyword[] = [
  lines('notification_email', 'mail', 'Who gets a mail when something changes, one address a line.'),
  keyword('notification_email_from', [text('ADDRESS')], 'Sender of these mails.'),
  keyword('smtp_server', [form('host', 'HOST'), number(1, 65_535, 'PORT')], 'Mail server that takes them.', {
    required: 1,
    default: 'port 25',
  }),
  keyword('smtp_helo_name', [text('NAME')], 'Name given to the mail server.', { required: 0 }),
  keyword(
    'smtp_connect_timeout',
    [number(1, LONGEST_SECONDS, 'SECONDS')],
    'How long the mail server may take.',
    {
      default: '30',
    },
  ),
  flag('smtp_alert', 'Sends mails for everything that does not say otherwise.'),
  flag('smtp_alert_vrrp', 'Sends mails when a VRRP instance changes its state.'),
  flag('smtp_alert_checker', 'Sends mails when a server of a virtual server changes its state.'),
  alone('no_email_faults', 'Sends no mails for the state FAULT.'),
  flag('no_checker_emails', 'Sends no mails about checkers.'),
];

const VRRP: readonly Keyword[] = [
  keyword('vrrp_version', [number(2, 3)], 'Version of VRRP for instances that do not say.', { default: '2' }),
  keyword('vrrp_mcast_group4', [multicastGroup(4)], 'Multicast group of IPv4 adverts.', {
    default: '224.0.0.18',
  }),
  keyword('vrrp_mcast_group6', [multicastGroup(6)], 'Multicast group of IPv6 adverts.', {
    default: 'ff02::12',
  }),
  ...instanceOrGlobal('vrrp_'),
  keyword(
    'vrrp_garp_interval',
    [decimal(0.000001, LONGEST_SECONDS, 6)],
    'Pause between two ARP announcements.',
    {
      default: '0',
    },
  ),
  keyword(
    'vrrp_gna_interval',
    [decimal(0.000001, LONGEST_SECONDS, 6)],
    'Pause between two announcements by IPv6.',
    {
      default: '0',
    },
  ),
  flag('vrrp_min_garp', 'A new master announces each address once and not again.'),
  keyword('vrrp_iptables', [text('CHAIN_IN'), text('CHAIN_OUT')], 'Uses these chains of iptables.', {
    required: 0,
  }),
  keyword('vrrp_ipsets', [text('SET')], 'Names of the IP sets.', { required: 0, rest: true }),
  alone('vrrp_check_unicast_src', 'Takes unicast adverts from known peers only.'),
  flag(
    'vrrp_strict',
    'Holds to the letter of the VRRP standard: no unicast, no authentication, no preempt_delay. Not for GitLab.',
    { silent: 'value' },
  ),
  keyword('vrrp_notify_fifo', [text('FILE')], 'Named pipe that gets the changes of state of VRRP.', {
    rest: true,
  }),
  command('vrrp_notify_fifo_script', 'Command that reads this named pipe.'),
  flag('vrrp_notify_priority_changes', 'Reports changes of priority to the named pipe as well.'),
  alone('fifo_write_vrrp_states_on_reload', 'Writes the states to the named pipe after each reload.'),
  keyword(
    'vrrp_startup_delay',
    [decimal(0.001, LONGEST_SECONDS, 6)],
    'Waits so long after the start before VRRP begins.',
    {
      default: '0',
    },
  ),
  keyword('vrrp_delay_after_boot', [text('SECONDS')], 'Begins VRRP no sooner than so long after the boot.', {
    since: '2.4',
  }),
  alone('log_unknown_vrids', 'Logs adverts with router ids nobody here has.'),
  flag('vrrp_owner_ignore_adverts', 'An instance of priority 255 ignores adverts of others.', {
    since: '2.3',
  }),
  keyword('vmac_prefix', [text('PREFIX')], 'Begin of the names of virtual MAC interfaces.', {
    default: 'vrrp',
  }),
  keyword('vmac_addr_prefix', [text('PREFIX')], 'Begin of the names of interfaces for single addresses.'),
  flag('v3_checksum_as_v2', 'Counts the checksum of version 3 as in version 2.', {
    since: '2.3',
    silent: 'value',
  }),
  keyword('vrrp_rx_bufs_policy', [form('buffers', 'MTU|ADVERT|SIZE')], 'Size of the buffers for adverts.', {
    rest: true,
    alike: true,
  }),
  keyword('vrrp_rx_bufs_multiplier', [number(1, UNSIGNED)], 'Factor on the size of these buffers.'),
];

const SCRIPTS: readonly Keyword[] = [
  keyword('script_user', [text('USER'), text('GROUP')], 'User that scripts run as.', {
    required: 1,
    default: 'keepalived_script when it exists, else root',
  }),
  alone('enable_script_security', 'Does not run scripts as root that others than root may change.'),
  command('startup_script', 'Runs once, before keepalived begins its work.'),
  keyword('startup_script_timeout', [number(1, 1000, 'SECONDS')], 'How long it may take.', { default: '10' }),
  command('shutdown_script', 'Runs once, after keepalived has ended its work.'),
  keyword('shutdown_script_timeout', [number(1, 1000, 'SECONDS')], 'How long it may take.', {
    default: '10',
  }),
  keyword('notify_fifo', [text('FILE')], 'Named pipe that gets all changes of state.', { rest: true }),
  command('notify_fifo_script', 'Command that reads this named pipe.'),
  keyword('lvs_notify_fifo', [text('FILE')], 'Named pipe that gets the changes of virtual servers.', {
    rest: true,
  }),
  command('lvs_notify_fifo_script', 'Command that reads this named pipe.'),
];

const LVS: readonly Keyword[] = [
  keyword(
    'lvs_timeouts',
    [choice(['tcp', 'tcpfin', 'udp']), number(0, 2_678_400, 'SECONDS')],
    'Timeouts of IPVS connections.',
    {
      rest: true,
    },
  ),
  alone('lvs_flush', 'Removes all virtual servers when keepalived starts.'),
  keyword('lvs_flush_on_stop', [choice(['VS'])], 'Removes all virtual servers when keepalived stops.', {
    required: 0,
  }),
  keyword('lvs_flush_onstop', [choice(['VS'])], 'Old spelling of `lvs_flush_on_stop`.', {
    required: 0,
    replacedBy: 'lvs_flush_on_stop',
  }),
  keyword(
    'lvs_sync_daemon',
    [interfaceName(), text('INSTANCE')],
    'Copies IPVS connections to the other nodes.',
    {
      required: 1,
      rest: true,
    },
  ),
  keyword('lvs_process_name', [text('NAME')], 'Old spelling of `checker_process_name`.', {
    replacedBy: 'checker_process_name',
  }),
  flag('rs_init_notifies', 'Runs the scripts of servers for their first state too.'),
  flag('checker_log_all_failures', 'Logs each failed check.'),
];

const PROCESS: readonly Keyword[] = [
  keyword('router_id', [text('NAME')], 'Name of this machine in mails and logs.', {
    default: 'the host name',
  }),
  alone('process_names', 'Gives each process of keepalived its own name.'),
  keyword('process_name', [text('NAME')], 'Name of the main process in the list of processes.'),
  flag('use_symlink_paths', 'Keeps links in the paths of scripts.', { since: '2.3' }),
  keyword(
    'max_auto_priority',
    [number(-1, 99)],
    'Highest real-time priority keepalived gives itself when it is late.',
    {
      required: 0,
    },
  ),
  keyword(
    'min_auto_priority_delay',
    [number(1, 10_000_000, 'MICROSECONDS')],
    'How late it must be for that.',
    {
      default: '1000000',
    },
  ),
  keyword(
    'dynamic_interfaces',
    [choice(['allow_if_changes'])],
    'Lets interfaces appear and vanish while it runs.',
    {
      required: 0,
    },
  ),
  keyword('default_interface', [interfaceName()], 'Interface of static addresses that name none.', {
    default: 'eth0',
  }),
  alone('disable_local_igmp', 'Reports no membership of local multicast groups.'),
  keyword('nftables', [text('TABLE')], 'Uses nftables, in this table.', { required: 0 }),
  keyword('nftables_priority', [number(-2_147_483_648, 2_147_483_647)], 'Priority of its chains.', {
    default: '-1',
  }),
  alone('nftables_ifindex', 'Names interfaces by their index.'),
  alone('nftables_counters', 'Adds counters to its rules.'),
  keyword('nftables_ipvs', [text('TABLE')], 'Table for the marks of virtual servers.', { required: 0 }),
  keyword('nftables_ipvs_priority', [number(-2_147_483_648, 2_147_483_647)], 'Priority of its chains.'),
  keyword('nftables_ipvs_start_fwmark', [number(1, UNSIGNED)], 'First mark it uses.', { default: '1000' }),
  keyword('snmp_socket', [text('SOCKET')], 'Where the SNMP agent listens.'),
  alone('enable_traps', 'Sends SNMP traps.'),
  alone('enable_snmp_vrrp', 'Offers the state of VRRP by SNMP.'),
  alone('enable_snmp_keepalived', 'Old spelling of `enable_snmp_vrrp`.', { replacedBy: 'enable_snmp_vrrp' }),
  alone('enable_snmp_rfc', 'Offers the standard tables of VRRP by SNMP.'),
  alone('enable_snmp_rfcv2', 'Offers the standard table of VRRP version 2 by SNMP.'),
  alone('enable_snmp_rfcv3', 'Offers the standard table of VRRP version 3 by SNMP.'),
  alone('enable_snmp_checker', 'Offers the state of checkers by SNMP.'),
  keyword(
    'snmp_vs_stats_update_interval',
    [decimal(0.001, 30, 6)],
    'How old SNMP figures of virtual servers may be.',
    {
      since: '2.3',
    },
  ),
  keyword(
    'snmp_rs_stats_update_interval',
    [decimal(0.001, 30, 6)],
    'How old SNMP figures of real servers may be.',
    {
      since: '2.3',
    },
  ),
  alone('enable_dbus', 'Offers the instances on D-Bus.'),
  keyword('dbus_service_name', [text('NAME')], 'Name on D-Bus.', { default: 'org.keepalived.Vrrp1' }),
  keyword('dbus_no_interface_name', [text('NAME')], 'Name on D-Bus of instances without an interface.', {
    since: '2.3',
  }),
  ...[
    'vrrp_netlink_cmd',
    'vrrp_netlink_monitor',
    'lvs_netlink_cmd',
    'lvs_netlink_monitor',
    'process_monitor',
  ].flatMap((what) => [
    keyword(
      `${what}_rcv_bufs`,
      [number(0, UNSIGNED, 'BYTES')],
      'Size of a receive buffer for messages of the kernel.',
    ),
    flag(`${what}_rcv_bufs_force`, 'Sets that size beyond the limit of the system.'),
  ]),
  keyword('umask', [form('umask', 'MASK')], 'Rights new files do not get.', { rest: true, alike: true }),
  keyword('random_seed', [number(0, UNSIGNED)], 'Begin of random numbers, for tests.'),
  keyword(
    'reload_check_config',
    [text('FILE')],
    'Checks a new configuration before a reload; a wrong one is not used.',
    {
      required: 0,
    },
  ),
  keyword('reload_time_file', [text('FILE')], 'File that names the time of the next reload.'),
  alone('reload_repeat', 'Keeps reading that file.'),
  keyword('reload_file', [text('FILE')], 'Reloads when this file appears.', { required: 0 }),
  keyword('include_check', [form('include-check', 'KIND')], 'What counts as an error of an include.', {
    required: 0,
    rest: true,
    alike: true,
  }),
  keyword('config_save_dir', [text('FOLDER')], 'Where the configuration is kept on each reload.'),
  keyword(
    'tmp_config_directory',
    [text('FOLDER')],
    'Where a copy of the configuration is kept while it is read.',
  ),
  flag('data_use_instance', 'Puts the name of the instance into the names of dump files.'),
  keyword('json_version', [number(1, 2)], 'Version of the JSON output.', { since: '2.3' }),
  keyword('iproute_usr_dir', [text('FOLDER')], 'Where iproute keeps its defaults.', { since: '2.3' }),
  keyword('iproute_etc_dir', [text('FOLDER')], 'Where iproute keeps its configuration.', { since: '2.3' }),
  keyword('state_dump_file', [form('path', 'FILE')], 'Where the state is written on a signal.', {
    since: '2.3',
  }),
  keyword('stats_dump_file', [form('path', 'FILE')], 'Where the statistics are written on a signal.', {
    since: '2.3',
  }),
  keyword('json_dump_file', [form('path', 'FILE')], 'Where the JSON output is written.', { since: '2.3' }),
];

/** Keywords of `global_defs`. */
export const GLOBAL: readonly Keyword[] = [
  ...PROCESS,
  ...MAIL,
  ...SCRIPTS,
  ...VRRP,
  ...LVS,
  ...PROCESSES.flatMap(([prefix, who]) => perProcess(prefix, who)),
];
