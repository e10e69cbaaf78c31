import { say } from '../../../words/message';
import { createServer } from 'node:net';
import { LabError } from '../../lab-error';
import type { PlanOperation } from '../../plan/operations';
import type { PlannedContainer } from '../../plan/plan';

/**
 * Looks, before anything is changed, whether the ports are free that containers to be started publish on this machine.
 * @param held ports that the lab's own containers have at this moment
 * @throws LabError `port-taken`
 */
export async function requireFreePorts(
  operations: readonly PlanOperation[],
  held: ReadonlySet<number>,
): Promise<void> {
  for (const { action } of operations) {
    if (action.kind !== 'start-container') continue;
    const publish = action.container.publish.filter(({ hostPort }) => !held.has(hostPort));
    const taken = await portTaken({ publish }, undefined);
    if (taken) throw taken;
  }
}

/** Docker has no code of its own for a port in use, so the port itself is asked. */
export async function portTaken(
  planned: Pick<PlannedContainer, 'publish'>,
  cause: unknown,
): Promise<LabError | undefined> {
  for (const { hostPort, hostAddress } of planned.publish) {
    if (hostPort === 0 || (await isFree(hostPort, hostAddress))) continue;
    return new LabError(
      'port-taken',
      say('Port {0} on {1} is used by another program.', hostPort, hostAddress),
      say(
        'Choose another port (http_port, https_port, ssh_port) under lab in cluster.yaml (0 takes any free one), or end that program.',
      ),
      { cause },
    );
  }
  return undefined;
}

function isFree(port: number, address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'EADDRINUSE'));
    server.listen(port, address, () => server.close(() => resolve(true)));
  });
}
