import { Option } from 'commander';
import type { Command } from 'commander';
import type { CliContext } from '../context';
import { ownWorkspaceArgument } from '../options';
import type { Register } from '../options';

/** Options of `init` as they are written. */
interface WrittenOptions {
  readonly gitlabVersion?: string;
  readonly [name: string]: string | boolean | undefined;
}

/** Commands for the files of an own cluster: write them, and change a name or address in all of them. */
export function addOwnClusterCommands(program: Command, context: CliContext, run: Register): void {
  const { l10n } = context;
  addInitCommand(program, context, run);
  program
    .command('rename')
    .summary(l10n.t('rename a node, or change an address or the subnet, in all files'))
    .description(
      l10n.t(
        'Changes the name of a node (its folder too), the address of a node, the VIP or the subnet in cluster.yaml and in all other files of the workspace.',
      ),
    )
    .argument('<from>', l10n.t('as cluster.yaml has it'))
    .argument('<to>', l10n.t('what it becomes'))
    .addArgument(ownWorkspaceArgument(l10n))
    .action((from: string, to: string, folder: string | undefined) =>
      run(async () => (await import('../commands/rename')).rename(context, from, to, folder)),
    );
  addMemberCommands(program, context, run);
}

function addMemberCommands(program: Command, context: CliContext, run: Register): void {
  const { l10n } = context;
  const members = () => import('../commands/members');
  program
    .command('add-node')
    .summary(l10n.t('add a node, in all files'))
    .description(
      l10n.t(
        "Adds a node to cluster.yaml and to all files that name the nodes, and writes its own files after the last node's. What stands there otherwise than init writes it stays; what is then left to do by hand is told.",
      ),
    )
    .argument('<name>', l10n.t('node name'))
    .argument('<address>', l10n.t('its address in the network of the nodes'))
    .addArgument(ownWorkspaceArgument(l10n))
    .action((name: string, address: string, folder: string | undefined) =>
      run(async () => (await members()).addNode(context, name, address, folder)),
    );
  program
    .command('remove-node')
    .summary(l10n.t('remove a node, from all files'))
    .description(
      l10n.t(
        'Takes a node out of cluster.yaml and of all files that name the nodes, and removes its own files. The lab follows with the next up.',
      ),
    )
    .argument('<name>', l10n.t('node name'))
    .addArgument(ownWorkspaceArgument(l10n))
    .action((name: string, folder: string | undefined) =>
      run(async () => (await members()).removeNode(context, name, folder)),
    );
}

function addInitCommand(program: Command, context: CliContext, run: Register): void {
  const { l10n } = context;
  program
    .command('init')
    .summary(l10n.t('write the files of an own cluster'))
    .description(
      l10n.t(
        'Writes cluster.yaml, gitlab.rb, haproxy.cfg and keepalived.conf for your own nodes, addresses and domain. Asks on a terminal for what no option says; Enter takes what is offered. Overwrites nothing.',
      ),
    )
    .argument('[folder]', l10n.t('where to; made when it is not there. The current folder'))
    .addOption(new Option('--name <name>', l10n.t("the cluster's name, which is also its lab's")))
    .addOption(new Option('--nodes <names>', l10n.t('names of the nodes, with commas between them')))
    .addOption(new Option('--subnet <network>', l10n.t('their network, a.b.c.d/prefix')))
    .addOption(new Option('--addresses <addresses>', l10n.t('their addresses, in the order of the names')))
    .addOption(new Option('--vip <address>', l10n.t('the virtual address')))
    .addOption(new Option('--domain <name>', l10n.t("GitLab's domain")))
    .addOption(new Option('--gitlab-version <version>', l10n.t('version of GitLab, e.g. 19.3')))
    .addOption(
      new Option(
        '--layers <what>',
        l10n.t('what runs where: same, small, voter, roles, or e.g. database=gl1,gl2'),
      ),
    )
    .addOption(
      new Option('--dcs <store>', l10n.t('where it is kept who leads: a value of dcs in cluster.yaml')),
    )
    .addOption(new Option('-y, --yes', l10n.t('ask nothing; what is not said is as offered')))
    .action((folder: string | undefined, { gitlabVersion, ...options }: WrittenOptions) =>
      run(async () => {
        const version = gitlabVersion === undefined ? {} : { version: gitlabVersion };
        return (await import('../commands/init')).init(context, folder, { ...options, ...version });
      }),
    );
}
