import type { LayerId } from '../../cluster/layer';
import type { ServiceId } from '../../services/registry';

export type GroupBy = 'layer' | 'node';

/** What a row of the tree stands for; commands get this, never the row's text. */
export type Target =
  | { readonly kind: 'lab'; readonly lab: string }
  | { readonly kind: 'layer'; readonly lab: string; readonly layer: LayerId }
  /** The layers that this version does not deploy, together. */
  | { readonly kind: 'absent'; readonly lab: string }
  | { readonly kind: 'group'; readonly lab: string; readonly service: ServiceId }
  | { readonly kind: 'node'; readonly lab: string; readonly node: string }
  | { readonly kind: 'service'; readonly lab: string; readonly node: string; readonly service: ServiceId }
  /** What a service keeps, or one thing of it. */
  | { readonly kind: 'contents'; readonly lab: string; readonly service: ServiceId; readonly thing?: string }
  | { readonly kind: 'gateway'; readonly lab: string };

/** Colour of an icon; the adapter maps it to theme colours. */
export type Tone = 'good' | 'warning' | 'bad' | 'quiet';

/** One row of the topology tree as pure data. */
export interface TreeNode {
  /** Stable: made of names only, never of state. */
  readonly id: string;
  readonly target: Target;
  readonly label: string;
  readonly description: string;
  /** Name of a codicon. */
  readonly icon: string;
  readonly tone: Tone;
  /** `;token;token;` for when-clauses such as `viewItem =~ /;node;/`. */
  readonly contextValue: string;
  /** What a screen reader says instead of label and description. */
  readonly accessibleLabel: string;
  /** True for a row on which Enter or a double click does something. */
  readonly opens?: boolean;
  readonly expanded: boolean;
  readonly children: readonly TreeNode[];
}
