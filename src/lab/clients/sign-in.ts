import { say } from '../../words/message';
import { runsOn } from '../../services/placement';
import { deployedServices } from '../../services/registry';
import { LabError } from '../lab-error';
import type { LabInfo, LabService } from '../lab-service';
import { toldBy } from './told-by';

/** Whom people sign in as behind the virtual address, and what the lab's servers prove themselves with. */
export interface SignIn {
  readonly user: string;
  /** Secret. */
  readonly password: string;
  /** Secret: for the API and for Git over HTTP. */
  readonly token: string;
  /** The certificate of the lab's authority, PEM; empty where it has none. */
  readonly authority: string;
  /** The SSH server's public key: its kind and the key; empty where it has none. */
  readonly hostKey: string;
}

const FIELDS = ['user', 'password', 'token', 'authority', 'hostKey'] as const;

/** True when the lab runs something people sign in to. */
export function hasSignIn({ cluster }: Pick<LabInfo, 'cluster'>): boolean {
  return commandsOn(cluster, cluster.nodes).length > 0;
}

/**
 * Asks the nodes for it, one after the other until one tells.
 * @throws LabError `no-application` when the lab runs nothing to sign in to, `no-answer` when no node tells
 */
export async function readSignIn(labs: Pick<LabService, 'transport'>, lab: LabInfo): Promise<SignIn> {
  const { name, cluster, containers } = lab;
  if (!hasSignIn(lab)) {
    throw new LabError(
      'no-application',
      say('Lab {0} runs no application.', name),
      say(
        'Deploy it again with the layer application, from the folder of its files if it has one: gitlab-ha up --layers application,access --name {0}',
        name,
      ),
    );
  }
  const running = containers.filter(({ role, state }) => role === 'node' && state === 'running');
  const nodes = running.map(({ node }) => ({ name: node }));
  for (const { node, command } of commandsOn(cluster, nodes)) {
    const told = await toldBy(labs, name, node, command);
    const found = told === undefined ? undefined : parsed(told);
    if (found) return found;
  }
  throw new LabError(
    'no-answer',
    say('No node of lab {0} tells whom to sign in as.', name),
    say('Start a node that runs the application: gitlab-ha status {0}', name),
  );
}

function commandsOn(
  cluster: LabInfo['cluster'],
  nodes: readonly { readonly name: string }[],
): readonly { readonly node: string; readonly command: readonly string[] }[] {
  return nodes.flatMap(({ name }) =>
    deployedServices().flatMap((service) =>
      service.signIn !== undefined && runsOn(cluster, service, name)
        ? [{ node: name, command: service.signIn }]
        : [],
    ),
  );
}

function parsed(text: string): SignIn | undefined {
  try {
    const value = JSON.parse(text) as Readonly<Record<string, unknown>>;
    return FIELDS.every((field) => typeof value[field] === 'string')
      ? (value as unknown as SignIn)
      : undefined;
  } catch {
    return undefined;
  }
}
