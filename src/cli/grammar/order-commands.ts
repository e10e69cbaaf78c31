import { Argument, Option } from 'commander';
import type { Command } from 'commander';
import type { NodeVerb, OrderCommandOptions, ServiceVerb, SwitchoverCommandOptions } from '../commands/order';
import type { CliContext } from '../context';
import { declared, type Localizer } from '../../presentation/words/localizer';
import { SWITCHOVERS } from '../../services/switchovers';
import { jsonOption, takesLab, withLab } from '../options';
import type { Globals, Register } from '../options';

const NODE_VERBS: readonly NodeVerb[] = [
  'start',
  'stop',
  'restart',
  'kill',
  'pause',
  'unpause',
  'cut',
  'reconnect',
];
const SERVICE_VERBS: readonly ServiceVerb[] = ['start', 'stop', 'restart'];

/** Goes on where the gate refuses. */
export const anywayOption = (l10n: Localizer): Option =>
  new Option('--anyway', l10n.t('also when the lab is not whole, whatever is lost by it'));

/** Commands that do to nodes and services what VS Code's menus do. */
export function addOrderCommands(
  program: Command,
  context: CliContext,
  run: Register,
  globals: Globals,
): void {
  const { l10n } = context;
  const orders = () => import('../commands/order');
  const node = program
    .command('node')
    .summary(l10n.t('start, stop, restart, kill, pause, unpause, cut or reconnect a node'))
    .description(
      l10n.t('Does something to a whole node. What takes it away is refused while the lab is not whole.'),
    )
    .addArgument(new Argument('<verb>', l10n.t('what to do')).choices(NODE_VERBS))
    .argument('<node>', l10n.t('node name'));
  takesLab(node, l10n)
    .addOption(anywayOption(l10n))
    .addOption(jsonOption(l10n))
    .action((verb: NodeVerb, name: string, lab: string | undefined, options: OrderCommandOptions) =>
      run(async () =>
        (await orders()).orderNode(context, verb, name, { ...globals(), ...withLab(l10n, lab, options) }),
      ),
    );
  const service = program
    .command('service')
    .summary(l10n.t('start, stop or restart a service on a node'))
    .description(
      l10n.t('Orders a service through its supervisor. Stopping is refused while the lab is not whole.'),
    )
    .addArgument(new Argument('<verb>', l10n.t('what to do')).choices(SERVICE_VERBS))
    .argument('<node>', l10n.t('node name'))
    .argument('<service>', l10n.t('service name'));
  takesLab(service, l10n)
    .addOption(anywayOption(l10n))
    .addOption(jsonOption(l10n))
    .action(
      (verb: ServiceVerb, name: string, id: string, lab: string | undefined, options: OrderCommandOptions) =>
        run(async () =>
          (await orders()).orderService(context, verb, name, id, {
            ...globals(),
            ...withLab(l10n, lab, options),
          }),
        ),
    );
  addSwitchover(program, context, run, globals);
}

function addSwitchover(program: Command, context: CliContext, run: Register, globals: Globals): void {
  const { l10n } = context;
  const roles = SWITCHOVERS.map(({ title }) => declared(title, l10n));
  const switchover = program
    .command('switchover')
    .summary(l10n.t('hand a role over in good order: {0}', roles.join(', ')))
    .argument('<service>', SWITCHOVERS.map(({ service }) => service).join(', '));
  takesLab(switchover, l10n)
    .addOption(new Option('--to <node>', l10n.t('who takes over, where that can be chosen')))
    .addOption(anywayOption(l10n))
    .addOption(jsonOption(l10n))
    .action((id: string, lab: string | undefined, options: SwitchoverCommandOptions) =>
      run(async () =>
        (await import('../commands/order')).orderSwitchover(context, id, {
          ...globals(),
          ...withLab(l10n, lab, options),
        }),
      ),
    );
}
