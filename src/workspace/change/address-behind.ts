import type { Cluster } from '../../cluster/cluster';
import { parseIpv4 } from '../../cluster/ipv4';
import { filesOfNode } from '../files/workspace-files';
import type { Change, Texts } from './change';

const OWN = /^\s*unicast_src_ip\s+((?:\d{1,3}\.){3}\d{1,3})(?![\d.])/m;

/**
 * What a change means in whole: of a node that was known by a host name and gets an address, the address that its own
 * keepalived.conf gave it becomes the new one as well. Pure.
 * @param cluster as it is before
 */
export function wholeChange(texts: Texts, cluster: Cluster, change: Change): readonly Change[] {
  const { kind, from, to } = change;
  if (kind !== 'address' || parseIpv4(from) !== undefined || parseIpv4(to) === undefined) return [change];
  const node = cluster.nodes.find(({ address }) => address === from);
  const own = filesOfNode(node?.name ?? '').map((path) => OWN.exec(texts.get(path) ?? '')?.[1]);
  const behind = own.find((address) => address !== undefined);
  return behind === undefined || behind === to ? [change] : [change, { kind, from: behind, to }];
}
