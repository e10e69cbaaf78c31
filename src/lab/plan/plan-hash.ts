import { createHash, createHmac } from 'node:crypto';
import type { LabSecrets } from '../../services/secrets';
import type { PlannedContainer, PlannedFile } from './plan';

/** What a container is made of; changing any of it means making it anew. */
export type ContainerShape = Omit<PlannedContainer, 'files' | 'labels' | 'filesHash' | 'shapeHash'>;

/** Hash of what a container cannot change while it lives. */
export function shapeHash({ image, ...given }: ContainerShape): string {
  const shape = whatCountsIn(given);
  // Labs of earlier versions keep their hashes.
  return shortHash({ image, shape, description: {} });
}

/** Hash of what labels say of a lab; 16 hexadecimal digits. */
export function labelsHash(labels: Readonly<Record<string, string>>): string {
  return shortHash(labels);
}

function shortHash(value: object): string {
  return createHash('sha256').update(canonical(value)).digest('hex').slice(0, 16);
}

/** What is empty is left out, so that older labs keep their hashes. */
function whatCountsIn({ environment, mounts, ...shape }: Omit<ContainerShape, 'image'>): object {
  return {
    ...shape,
    // Changes no container.
    startsAfter: undefined,
    ...(Object.keys(environment).length > 0 ? { environment } : {}),
    ...(mounts.length > 0 ? { mounts } : {}),
  };
}

/**
 * Hash of a container's files. Files hold secrets, so it is keyed by all of the lab's secrets together: nobody
 * without them can test a guess against it.
 */
export function filesHash(files: readonly PlannedFile[], secrets: LabSecrets): string {
  const hmac = createHmac('sha256', canonical(secrets));
  for (const file of [...files].sort((one, other) => (one.path < other.path ? -1 : 1))) {
    const { path, mode, uid, gid } = file;
    const content = Buffer.from(file.content);
    hmac.update(canonical({ path, mode, uid, gid, length: content.length })).update(content);
  }
  return hmac.digest('hex').slice(0, 32);
}

/** Hash over several hashes, in order. */
export function combinedHash(hashes: readonly string[]): string {
  return createHash('sha256').update(hashes.join('\n')).digest('hex').slice(0, 16);
}

/** JSON with sorted keys, so that the order of writing does not matter. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([one], [other]) => (one < other ? -1 : 1)))
      : item,
  );
}
