import type { Instance } from '../model/instances';
import { namedBlocks } from '../model/instances';
import { addressFamily } from '../model/values';
import type { KeepalivedSubject } from '../subject';
import type { KeepalivedDocument } from '../syntax/document';
import type { Statement } from '../syntax/tree';
import type { Word } from '../syntax/word';
import { rule, type KeepalivedRule } from './keepalived-rule';

const TOPIC = 'Instances';

/** Instances of which everything that counts stands here. Braces in the wrong place leave that open. */
export function completeInstances({ document, instances }: KeepalivedSubject): Instance[] {
  if (document.root.incomplete || document.treeFaults.length > 0) return [];
  return instances.filter((instance) => !instance.incomplete && instance.name !== undefined);
}

/** Where a finding about a whole instance goes. */
export const nameOf = ({ name, statement }: Instance): Word => name ?? statement.keyword;

/** What a block is for: without it keepalived removes the block. */
const NEEDED: readonly (readonly [string, string, string])[] = [
  ['vrrp_script', 'script', 'script "/path/to/check"'],
  ['vrrp_track_process', 'process', 'process haproxy'],
  ['track_file', 'file', 'file "/path/to/file"'],
  ['vrrp_track_file', 'file', 'file "/path/to/file"'],
  ['vrrp_sync_group', 'group', 'group { … }'],
];

/** The same for blocks without a name of their own, or with words behind it: what they need, one of several names. */
const NEEDED_INSIDE: ReadonlyMap<string, readonly [names: readonly string[], written: string]> = new Map([
  ['HTTP_GET', [['url'], 'url { path / }']],
  ['SSL_GET', [['url'], 'url { path / }']],
  ['url', [['path'], 'path /']],
  ['MISC_CHECK', [['misc_path'], 'misc_path "/path/to/check"']],
  ['FILE_CHECK', [['track_file'], 'track_file NAME']],
  ['BFD_CHECK', [['name'], 'name NAME']],
  ['bfd_instance', [['neighbor_ip', 'neighbour_ip'], 'neighbor_ip 10.0.0.12']],
  ['track_group', [['group'], 'group { … }']],
  ['garp_group', [['garp_interval', 'gna_interval'], 'garp_interval 0.01']],
  ['virtual_server', [['real_server'], 'real_server 10.0.0.12 80 { … }']],
]);

/** Blocks in which what they are for is missing. */
function* lacking({ statements }: KeepalivedDocument): Generator<readonly [Statement, string, string]> {
  for (const statement of statements) {
    const { block, keyword, spec, uncertain } = statement;
    const needed = NEEDED_INSIDE.get(spec?.name ?? '');
    if (needed === undefined || uncertain || block === undefined || block.incomplete) continue;
    const [names, written] = needed;
    if (block.statements.some((inner) => inner.uncertain || names.includes(inner.keyword.value))) continue;
    yield [statement, names[0] ?? keyword.value, written];
  }
}

function emptied(statement: Statement | undefined): boolean {
  return statement?.block?.entries.length === 0;
}

/** What an instance cannot do without. */
export const INSTANCE_RULES: readonly KeepalivedRule[] = [
  rule('KAD040', 'error', TOPIC, 'An instance has no router id', (subject, report) => {
    for (const instance of completeInstances(subject)) {
      if (instance.has('virtual_router_id')) continue;
      const message = `"${nameOf(instance).value}" has no virtual_router_id; keepalived does not start it.`;
      report({
        span: nameOf(instance),
        message,
        remedy: "Set a number from 1 to 255: the same on all nodes, and no other cluster's in this network.",
      });
    }
  }),
  rule('KAD041', 'error', TOPIC, 'An instance has no interface', (subject, report) => {
    for (const instance of completeInstances(subject)) {
      if (instance.has('interface') || instance.has('vrf')) continue;
      const vips = instance.entries('virtual_ipaddress');
      const everywhere =
        vips.length > 0 && vips.every(({ words }) => words.some(({ value }) => value === 'dev'));
      if (everywhere && instance.entries('unicast_peer').length > 0) continue;
      const message = `"${nameOf(instance).value}" has no interface; keepalived does not know where to put the address.`;
      report({ span: nameOf(instance), message, remedy: 'Add "interface" with the name "ip link" shows.' });
    }
  }),
  rule('KAD042', 'error', TOPIC, 'An instance has no address', (subject, report) => {
    for (const instance of completeInstances(subject)) {
      if (instance.has('no_virtual_ipaddress') || instance.entries('virtual_ipaddress').length > 0) continue;
      const message = `"${nameOf(instance).value}" has no virtual_ipaddress: nothing moves when this node dies.`;
      report({
        span: nameOf(instance),
        message,
        remedy: 'Add "virtual_ipaddress { 10.0.0.100/24 }" with your address.',
      });
    }
  }),
  rule('KAD043', 'error', TOPIC, 'A block lacks what it is for', ({ document }, report) => {
    for (const [keyword, needed, written] of NEEDED) {
      for (const { name, block, statement } of namedBlocks(document, keyword)) {
        if (block.incomplete || statement.uncertain) continue;
        const found = block.statements.filter((inner) => inner.keyword.value === needed);
        const open = found.some((inner) => inner.block?.incomplete === true);
        if (open || (found.length > 0 && !(needed === 'group' && found.every(emptied)))) continue;
        report({
          span: name,
          message: `"${name.value}" has no "${needed}"; keepalived removes the block.`,
          remedy: `Add "${written}", or remove the block.`,
        });
      }
    }
    for (const [{ keyword }, needed, written] of lacking(document)) {
      report({
        span: keyword,
        message: `This "${keyword.value}" has no "${needed}"; keepalived leaves it out.`,
        remedy: `Add "${written}", or remove the block.`,
        // Of some of them 2.2 says nothing.
        ...(/^(?:track_group|virtual_server)$/.test(keyword.value) ? { severity: 'warning' } : {}),
      });
    }
  }),
  rule('KAD044', 'error', TOPIC, 'Addresses of both families in one instance', ({ instances }, report) => {
    for (const instance of instances) {
      const { family } = instance;
      if (family === undefined) continue;
      const native = instance.last('native_ipv6');
      if (family === 4 && native !== undefined && !native.uncertain) {
        const message = 'The instance has IPv4 addresses above; keepalived ignores "native_ipv6".';
        report({ span: native.keyword, message, remedy: 'Remove it, or write IPv6 addresses.' });
      }
      const words = [
        ...['unicast_src_ip', 'mcast_src_ip', 'mcast_dst_ip'].map(
          (keyword) => instance.last(keyword)?.args[0],
        ),
        ...['unicast_peer', 'virtual_ipaddress'].flatMap((keyword) =>
          instance.entries(keyword).map((entry) => entry.words[0]),
        ),
      ];
      for (const word of words) {
        if (word === undefined || word.dynamic) continue;
        const own = addressFamily(word.value.split('/')[0] ?? '');
        if (own === undefined || own === family) continue;
        report({
          span: word,
          message: `"${word.value}" is an IPv${own} address in an instance that speaks IPv${family}; keepalived leaves it out.`,
          remedy: 'Move it into virtual_ipaddress_excluded, or into an instance of its own.',
        });
      }
    }
  }),
];
