import type { DeployPreview } from '../lab-service';

/** What ends programs of a container, whether or not it is known what they go by. */
const ENDING: ReadonlySet<string> = new Set(['stop-container', 'remove-container', 'remove-network']);

/**
 * True when a deployment changes something under the programs of a lab that runs, so that people want to know before.
 * A node whose files in force are not known tells no effects, and is stopped all the same.
 */
export function disturbs({
  runs,
  effects,
  operations,
}: Pick<DeployPreview, 'runs' | 'effects' | 'operations'>): boolean {
  return runs && (effects.length > 0 || operations.some(({ action }) => ENDING.has(action.kind)));
}
