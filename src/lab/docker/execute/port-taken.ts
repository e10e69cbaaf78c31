import { createServer } from 'node:net';
import { LabError } from '../../lab-error';
import type { PlannedContainer } from '../../plan/plan';

/** Docker has no code of its own for a port in use, so the port itself is asked. */
export async function portTaken(planned: PlannedContainer, cause: unknown): Promise<LabError | undefined> {
  for (const { hostPort, hostAddress } of planned.publish) {
    if (hostPort === 0 || (await isFree(hostPort, hostAddress))) continue;
    return new LabError(
      'port-taken',
      `Port ${hostPort} on ${hostAddress} is used by another program.`,
      'End that program, or set lab.http_port in cluster.yaml to another port (0 takes any free one).',
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
