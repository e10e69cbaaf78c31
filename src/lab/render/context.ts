import type { Cluster, ClusterNode } from '../../cluster/cluster';
import type { LabSecrets } from '../../services/secrets';
import type { NodeSettings } from '../../services/settings';

/** What a renderer may look at. Addresses are those of the lab's network. */
export interface RenderContext {
  readonly cluster: Cluster;
  readonly node: ClusterNode;
  readonly settings: NodeSettings;
  /** Settings of every node by name, this one included (who starts as Redis master, ports of peers). */
  readonly allSettings: Readonly<Record<string, NodeSettings>>;
  readonly secrets: LabSecrets;
  /** Milliseconds since the epoch: certificates are made for the year. */
  readonly at: number;
  /** The workspace's haproxy.cfg and keepalived.conf for this node, already with lab addresses. */
  readonly haproxyCfg: string;
  readonly keepalivedConf: string;
  /** The workspace's gitlab.rb of this node, put at its usual place for people to read; the lab does not read it. */
  readonly gitlabRb?: string;
}
