import type { ClusterVersions } from '../../cluster/cluster-versions';
import type { ClusterReading } from '../../cluster/cluster-yaml';
import type { Finding } from '../../finding/finding';
import type { Suppression } from '../../languages/core/rules/suppression';
import type { EvaluatedConfig } from '../../languages/gitlab-rb/evaluate/evaluated-config';
import type { MonitoringList } from '../../languages/gitlab-rb/rules/access/monitoring-list';
import type { UnreadFile } from '../files/workspace-files';
import type { ProxyFacts } from '../proxies/addresses';

/** What a workspace needs to know of one of its files. Made once per text; all that spans files compares these. */
export type FileFacts = ClusterFacts | RubyFacts | ProxyFileFacts | UnreadFacts;

interface Silencing {
  /** Rules that comments in the file silence. */
  readonly suppressions: readonly Suppression[];
}

export interface ClusterFacts extends Silencing {
  readonly kind: 'cluster';
  readonly reading: ClusterReading;
  /** The versions it names, also where it is wrong elsewhere. */
  readonly versions: ClusterVersions;
}

export interface RubyFacts extends Silencing {
  readonly kind: 'gitlab-rb';
  readonly config: EvaluatedConfig;
  /** Who may ask for health; undefined where that cannot be known, or the file's own rules tell what is wrong. */
  readonly monitoring: MonitoringList | undefined;
  /** What keeps the file from being read at all. */
  readonly faults: readonly Finding[];
}

export interface ProxyFileFacts extends Silencing, ProxyFacts {
  readonly kind: 'proxy';
}

/** A file that is there, of which nothing is known. */
export interface UnreadFacts {
  readonly kind: 'unread';
  readonly file: UnreadFile;
}
