import type { NodeAction } from '../../lab/lab-service';
import type { FeatureContext } from '../common/feature-context';
import { pickLab } from '../labs/pick';
import { nodeOf } from '../labs/target-node';
import { runDeed } from '../orders/run-deed';
import { pickFitting } from './pick-fitting';

/** Does something to the node of the row a command was called on, or to one the user picks. */
export async function actOnNode(
  context: FeatureContext,
  argument: unknown,
  action: NodeAction,
): Promise<void> {
  const lab = await pickLab(context, argument);
  if (!lab) return;
  const node = nodeOf(context, argument) ?? (await pickFitting(lab, action));
  if (node !== undefined) await runDeed(context, lab.info, { order: { on: 'node', node, action } });
}
