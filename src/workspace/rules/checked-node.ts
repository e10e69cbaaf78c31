import type { EvaluatedConfig } from '../../languages/gitlab-rb/evaluate/evaluated-config';
import type { NodeSettings } from '../../services/settings';

/** What the checks between nodes need to know of one node. */
export interface CheckedNode {
  readonly name: string;
  readonly address: string;
  /** The host name it is known by, beside its address. */
  readonly host?: string;
  readonly settings: NodeSettings;
  /** Path of its gitlab.rb (where it would be, when it has none). */
  readonly file: string;
  readonly config: EvaluatedConfig | undefined;
  /** Ports that its haproxy.cfg binds at all addresses of the node. */
  readonly frontends: readonly number[];
}
