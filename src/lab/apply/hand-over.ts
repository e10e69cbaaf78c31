import { switchoverOf } from '../../services/switchovers';
import type { ServiceSwitchover } from '../../services/switchovers';
import { profileOf } from '../profiles/profiles';
import { candidatesFor, switchOver } from './switch-over';
import type { SwitchOverContext } from './switch-over';

/** Who can take over is known a moment after the lab is whole. Milliseconds. */
const HEIR_MS = 20_000;

/**
 * Makes the role of a service leave a node, where it is there: the node itself says so, for what is observed comes a moment
 * later.
 * @param notTo nodes that must not get it, where that can be chosen
 * @param heirMs milliseconds to wait for somebody who can take over
 * @throws LabError as `switchOver`
 */
export async function handOver(
  context: SwitchOverContext,
  node: string,
  service: string,
  notTo: readonly string[] = [],
  heirMs = HEIR_MS,
): Promise<void> {
  const role = switchoverOf(service);
  if (!role) return;
  const reach = await context.transport(node);
  const { stdout } = await reach.exec(profileOf(context.lab.cluster).heldRoles);
  if (!stdout.split('\n').includes(service)) return;
  await heirOf(context, role, node, notTo, heirMs);
  const holder = role.holder(context.observer.state);
  if (holder !== undefined && holder !== node) return;
  await switchOver(context, { service: role.service, notTo });
}

/** Resolves when the node is seen to hold the role and somebody to be able to take it, or when the time is over. */
function heirOf(
  { observer }: Pick<SwitchOverContext, 'observer'>,
  role: ServiceSwitchover,
  node: string,
  notTo: readonly string[],
  limitMs: number,
): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(limit);
      // The first state comes from inside onState, before there is something to dispose.
      queueMicrotask(() => listening.dispose());
      resolve();
    };
    const limit = setTimeout(end, limitMs);
    const listening = observer.onState((state) => {
      if (role.holder(state) === node && candidatesFor(role, state, notTo).length > 0) end();
    });
  });
}
