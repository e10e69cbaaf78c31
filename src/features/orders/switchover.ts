import * as vscode from 'vscode';
import type { LabSnapshot } from '../../presentation/lab-snapshot';
import type { ServiceSwitchover } from '../../services/switchovers';
import { SWITCHOVERS, switchoverOf } from '../../services/switchovers';
import type { FeatureContext } from '../common/feature-context';
import { pickLab } from '../labs/pick';
import { runDeed } from './run-deed';
import { declared } from '../../presentation/words/localizer';

/** Hands a role over in good order, e.g. the database to its synchronous standby. */
export async function switchOver(context: FeatureContext, argument: unknown): Promise<void> {
  const lab = await pickLab(context, argument);
  if (!lab) return;
  const target = context.target(argument);
  const named =
    target?.kind === 'service' || target?.kind === 'group' ? switchoverOf(target.service) : undefined;
  const role = named ?? (await pickRole(lab));
  if (!role) return;
  const on = target?.kind === 'service' ? target.node : undefined;
  const to = await pickHeir(lab, role, on);
  if (to === undefined) return;
  const order = {
    on: 'switchover',
    service: role.service,
    ...(to.node !== undefined && { to: to.node }),
  } as const;
  await runDeed(context, lab.info, { order });
}

async function pickRole(lab: LabSnapshot): Promise<ServiceSwitchover | undefined> {
  const items = SWITCHOVERS.map((role) => {
    const holder = lab.state && role.holder(lab.state);
    return {
      label: declared(role.title, vscode.l10n),
      description: holder ?? vscode.l10n.t('not known yet'),
      role,
    };
  });
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Hand over what?') });
  return picked?.role;
}

/** Who takes over: the row's node when it can, the only one, or whom the user picks. Undefined when nobody was picked. */
async function pickHeir(
  lab: LabSnapshot,
  role: ServiceSwitchover,
  on: string | undefined,
): Promise<{ readonly node?: string } | undefined> {
  const candidates = lab.state ? role.candidates(lab.state) : [];
  if (!role.choosable) return {};
  if (on !== undefined && candidates.includes(on)) return { node: on };
  const [only, ...others] = candidates;
  if (only === undefined) return {};
  if (others.length === 0) return { node: only };
  const title = vscode.l10n.t('Hand over to which node?');
  const node = await vscode.window.showQuickPick([...candidates], { title });
  return node === undefined ? undefined : { node };
}
