import type Docker from 'dockerode';
import { LabError } from '../../../src/lab/lab-error';
import type { LabService } from '../../../src/lab/lab-service';

/** The LabError that work ends with. */
export async function failure(work: Promise<unknown>): Promise<LabError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
  throw new Error('it succeeded');
}

/** Id and start time of each container: the same as long as nobody touched it. */
export async function fingerprints(
  docker: Docker,
  labs: LabService,
  lab: string,
): Promise<Record<string, string>> {
  const { containers } = await labs.get(lab);
  const entries = containers.map(async ({ id, node }) => {
    const { State } = await docker.getContainer(id).inspect();
    return [node, `${id} ${State.StartedAt}`] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** The nodes whose fingerprint is another one. */
export function changed(before: Record<string, string>, after: Record<string, string>): string[] {
  return Object.keys(after).filter((node) => before[node] !== after[node]);
}
