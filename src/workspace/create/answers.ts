import type { ClusterNode } from '../../cluster/cluster';
import type { LayerId } from '../../cluster/layer';

/** Where a layer of a new workspace runs; node names. */
export interface LayerAnswer {
  readonly nodes: readonly string[];
  /** Nodes that only vote in it. */
  readonly voters?: readonly string[];
}

/** What a new workspace is made of. */
export interface WorkspaceAnswers {
  readonly name: string;
  readonly domain: string;
  readonly gitlabVersion: string;
  readonly haproxyVersion: string;
  readonly subnet: string;
  readonly vip: string;
  readonly nodes: readonly ClusterNode[];
  /** Where Patroni keeps who leads, as typed. */
  readonly dcs: string;
  /** The layers the files are about, and the lab runs; absent: all. */
  readonly asked?: readonly LayerId[];
  /** Layers that do not run on all nodes. */
  readonly layers: Readonly<Partial<Record<LayerId, LayerAnswer>>>;
}
