import type { Cluster, ClusterNode } from '../../cluster/cluster';
import type { Timings } from '../../cluster/timing';
import type { NodeFile } from './file';
import type { Secret } from './secrets';
import type { SettingsSection } from './settings';

/** What a service may look at when it writes its files for one node. Addresses are those of the lab's network. */
export interface ServiceContext {
  readonly cluster: Cluster;
  readonly node: ClusterNode;
  /** In force on this node. */
  readonly timings: Timings;
  /** Settings of a section on a node. @param node this one when absent */
  readonly settings: <T extends object>(section: SettingsSection<string, T>, node?: string) => T;
  readonly secret: (token: Secret) => string;
  /**
   * What a server of the lab proves itself with.
   * @param id tells its key apart from those of others
   * @param names host names and addresses by which clients reach it
   */
  readonly certificate: (id: string, names: readonly string[]) => TrustedCertificate;
  /** The workspace's own file of this node, e.g. `haproxy.cfg`; empty when there is none. */
  readonly ownFile: (name: string) => string;
  /** What that file names and a workspace does not hold. */
  readonly namedIn: (name: string) => NamedCertificates;
  /** Host names and addresses by which people reach the virtual address, the domain first. */
  readonly siteNames: readonly string[];
}

/** Files of certificates that a configuration file names; absolute paths. */
export interface NamedCertificates {
  /** Each holds a server's certificate and its key. */
  readonly certificates: readonly string[];
  /** Each holds whom to trust. */
  readonly authorities: readonly string[];
}

/** A server's certificate and key, and whom clients have to trust for it. All PEM. */
export interface TrustedCertificate {
  readonly certificate: string;
  readonly key: string;
  readonly authority: string;
}

/** How a service is written into a node. */
export interface ServiceRenderer {
  /** Its files on one node that runs it. */
  readonly render: (context: ServiceContext) => readonly NodeFile[];
  /** What scripts of the node need to know of it (lab.env); every node's file says it, and everybody may read it. */
  readonly environment?: (context: ServiceContext) => Readonly<Record<string, string | number>>;
}
