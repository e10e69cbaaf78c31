import { Argument, Option } from 'commander';
import type { Command } from 'commander';
import type { NodeVerb, OrderCommandOptions, ServiceVerb, SwitchoverCommandOptions } from './commands/order';
import type { CliContext } from './context';
import { jsonOption, takesLab, withLab } from './options';
import type { Globals, Register } from './options';

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
export const anywayOption = (): Option =>
  new Option('--anyway', 'also when the lab is not whole, whatever is lost by it');

/** Commands that do to nodes and services what VS Code's menus do. */
export function addOrderCommands(
  program: Command,
  context: CliContext,
  run: Register,
  globals: Globals,
): void {
  const orders = () => import('./commands/order');
  const node = program
    .command('node')
    .summary('start, stop, restart, kill, pause, unpause, cut or reconnect a node')
    .description('Does something to a whole node. What takes it away is refused while the lab is not whole.')
    .addArgument(new Argument('<verb>', 'what to do').choices(NODE_VERBS))
    .argument('<node>', 'node name');
  takesLab(node)
    .addOption(anywayOption())
    .addOption(jsonOption())
    .action((verb: NodeVerb, name: string, lab: string | undefined, options: OrderCommandOptions) =>
      run(async () =>
        (await orders()).orderNode(context, verb, name, { ...globals(), ...withLab(lab, options) }),
      ),
    );
  const service = program
    .command('service')
    .summary('start, stop or restart a service on a node')
    .description('Orders a service through its supervisor. Stopping is refused while the lab is not whole.')
    .addArgument(new Argument('<verb>', 'what to do').choices(SERVICE_VERBS))
    .argument('<node>', 'node name')
    .argument('<service>', 'e.g. patroni, consul, haproxy');
  takesLab(service)
    .addOption(anywayOption())
    .addOption(jsonOption())
    .action(
      (verb: ServiceVerb, name: string, id: string, lab: string | undefined, options: OrderCommandOptions) =>
        run(async () =>
          (await orders()).orderService(context, verb, name, id, { ...globals(), ...withLab(lab, options) }),
        ),
    );
  const switchover = program
    .command('switchover')
    .summary('hand the database leader or the Redis master over, in good order')
    .argument('<service>', 'patroni or redis');
  takesLab(switchover)
    .addOption(new Option('--to <node>', 'who takes over, where that can be chosen'))
    .addOption(anywayOption())
    .addOption(jsonOption())
    .action((id: string, lab: string | undefined, options: SwitchoverCommandOptions) =>
      run(async () =>
        (await orders()).orderSwitchover(context, id, { ...globals(), ...withLab(lab, options) }),
      ),
    );
}
