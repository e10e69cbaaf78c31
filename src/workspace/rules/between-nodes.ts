import type { Cluster } from '../../cluster/cluster';
import { FILE_START, type Finding } from '../../finding/finding';
import { valueAt } from '../../languages/gitlab-rb/evaluate/value';
import { plainRange } from '../../languages/core/text/byte-range';
import { BETWEEN_NODES } from '../../services/between-nodes';
import type { BetweenRuleId } from '../../services/between-nodes';
import { labCluster } from '../../services/lab-layers';
import type { Agreement, Contradiction, Peer } from '../../services/core/between-nodes';
import { sectionOf } from '../../services/settings';
import { notation } from '../settings/node-settings';
import type { CheckedNode } from './checked-node';
import { listeningChecks } from './listening';
import type { WorkspaceRuleId } from './workspace-rules';

/** Contradictions between the nodes that no lab (and no real cluster) can live with: what the services say of them. */
export function crossChecks(cluster: Cluster, nodes: readonly CheckedNode[]): readonly Finding[] {
  const peers = nodes.map(peerOf);
  const lab = labCluster(cluster);
  const files = new Map(peers.map((peer, index) => [peer, nodes[index]?.file ?? '']));
  const found = [
    ...BETWEEN_NODES.flatMap(({ agreed = [] }) => agreed).flatMap((rule) => disagreement(peers, rule)),
    ...BETWEEN_NODES.flatMap((each) => each.contradictions?.(cluster, peers, lab) ?? []),
  ];
  const between = found.map(({ node, code, severity, range, message, remedy }) => ({
    code: code satisfies WorkspaceRuleId,
    severity,
    file: files.get(node) ?? '',
    range: plainRange(range ?? FILE_START),
    message,
    remedy,
  }));
  return [...between, ...nodes.flatMap((node) => listeningChecks(cluster, node))];
}

function peerOf({ name, address, host, settings, config }: CheckedNode): Peer {
  return {
    name,
    address,
    ...(host === undefined ? {} : { host }),
    settings: (section) => sectionOf(settings, section),
    written: ([root = '', ...keys]) => valueAt(config?.tree.get(root), keys),
  };
}

function disagreement(
  nodes: readonly Peer[],
  rule: Agreement<BetweenRuleId>,
): readonly Contradiction<BetweenRuleId>[] {
  const [first] = nodes;
  if (first === undefined) return [];
  const differing = nodes.filter((node) => rule.of(node) !== rule.of(first));
  if (differing.length === 0) return [];
  const key = notation(rule.path);
  return [first, ...differing].map((node) => {
    const others = nodes
      .filter((other) => rule.of(other) !== rule.of(node))
      .map((other) => `'${rule.of(other)}' on ${other.name}`);
    const message = `${key} is '${rule.of(node)}' on ${node.name} but ${others.join(', ')}; ${rule.why}.`;
    const remedy = `Use one ${key} on all nodes.`;
    return {
      code: rule.code,
      severity: 'error',
      node,
      range: node.written(rule.path)?.range,
      message,
      remedy,
    };
  });
}
