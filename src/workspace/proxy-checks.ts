import type { Cluster } from '../cluster/cluster';
import type { Finding, Range } from '../finding/finding';
import { contains, parseIpv4, parseSubnet } from '../cluster/ipv4';
import { rangeBetween, textLines, type TextLines } from '../finding/text-lines';

/** A whole IPv4 address: no digit or dot continues it on either side. */
const ADDRESS = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g;

interface ProxyFile {
  readonly path: string;
  readonly text: string;
}

/** The few things about haproxy.cfg and keepalived.conf that decide whether a lab can come up. */
export function proxyChecks(cluster: Cluster, haproxy: ProxyFile, keepalived: ProxyFile): readonly Finding[] {
  return [
    ...emptiness(haproxy, 'Write frontends that bind the VIP, and backends with the nodes.'),
    ...emptiness(keepalived, `Write a vrrp_instance with virtual_ipaddress { ${cluster.vip} }.`),
    ...strangers(cluster, haproxy),
    ...strangers(cluster, keepalived),
    ...missingVip(cluster, keepalived),
  ];
}

function emptiness(file: ProxyFile, remedy: string): readonly Finding[] {
  if (file.text.split(/\r\n|\r|\n/).some((line) => /^\s*[^\s#!]/.test(line))) return [];
  const range = rangeBetween(textLines(file.text), 0, 0);
  const message = `${file.path} is empty.`;
  return [{ code: 'WSP003', severity: 'error', file: file.path, range, message, remedy }];
}

/** Addresses inside the cluster's subnet that belong to nobody are slips; others may be anything. */
function strangers(cluster: Cluster, file: ProxyFile): readonly Finding[] {
  const subnet = parseSubnet(cluster.subnet);
  if (subnet === undefined) return [];
  const known = new Set([cluster.vip, ...cluster.nodes.map((node) => node.address)]);
  const lines = textLines(file.text);
  const findings: Finding[] = [];
  for (const { 0: text, index } of file.text.matchAll(ADDRESS)) {
    const address = parseIpv4(text);
    if (address === undefined || known.has(text) || !contains(subnet, address)) continue;
    if (file.text[index + text.length] === '/' && address === subnet.network) continue;
    if (isComment(lines, index)) continue;
    findings.push({
      code: 'WSP004',
      severity: 'warning',
      file: file.path,
      range: rangeBetween(lines, index, index + text.length),
      message: `${text} is neither a node of cluster.yaml nor its VIP.`,
      remedy: `Use one of: ${[...known].join(', ')}.`,
    });
  }
  return findings;
}

function missingVip(cluster: Cluster, file: ProxyFile): readonly Finding[] {
  const lines = textLines(file.text);
  for (const { 0: text, index } of file.text.matchAll(ADDRESS)) {
    if (text === cluster.vip && !isComment(lines, index)) return [];
  }
  if (file.text.trim() === '') return [];
  const range: Range = rangeBetween(lines, 0, 0);
  const message = `${file.path} does not mention the VIP ${cluster.vip} of cluster.yaml: nobody would hold it.`;
  const remedy = `Add virtual_ipaddress { ${cluster.vip} } to the vrrp_instance.`;
  return [{ code: 'WSP005', severity: 'warning', file: file.path, range, message, remedy }];
}

/** Both programs begin comments with `#`; keepalived also with `!`. */
function isComment(lines: TextLines, offset: number): boolean {
  const start = Math.max(...['\n', '\r'].map((end) => lines.text.lastIndexOf(end, offset - 1))) + 1;
  return /^\s*[#!]|\s#/.test(lines.text.slice(start, offset));
}
