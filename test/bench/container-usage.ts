import type Docker from 'dockerode';

/** What a container's control group says, whichever version of control groups the machine has. */
export interface ContainerUsage {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** CPU time since the container started, nanoseconds over all cores. */
  readonly cpuNs: number;
  /** Memory of its own: heaps and stacks. Bytes. */
  readonly anonymous: number;
  /** Shared memory, above all PostgreSQL's shared buffers. Bytes. */
  readonly shared: number;
  /** Files mapped into memory (program text), given back under pressure and partly shared among containers. Bytes. */
  readonly mappedFiles: number;
}

/** Asks the engine once, without waiting for a second sample. */
export async function containerUsage(docker: Docker, id: string): Promise<ContainerUsage> {
  const stats = await docker.getContainer(id).stats({ stream: false, 'one-shot': true });
  return usageFrom(stats, Date.now());
}

interface EngineStats {
  readonly cpu_stats: { readonly cpu_usage: { readonly total_usage: number } };
  readonly memory_stats: { readonly stats?: Readonly<Record<string, number>> };
}

/** Reads the engine's answer. Control groups v1 say total_rss, v2 anon. */
export function usageFrom(stats: EngineStats, at: number): ContainerUsage {
  const memory = stats.memory_stats.stats ?? {};
  const anonymous = memory['total_rss'] ?? memory['anon'] ?? 0;
  return {
    at,
    cpuNs: stats.cpu_stats.cpu_usage.total_usage,
    anonymous,
    shared: memory['shmem'] ?? sharedOfVersion1(memory, anonymous),
    mappedFiles: memory['total_mapped_file'] ?? memory['file_mapped'] ?? 0,
  };
}

/** The engine leaves shared memory out for v1, but its pages are on the lists of anonymous ones. */
function sharedOfVersion1(memory: Readonly<Record<string, number>>, anonymous: number): number {
  const listed = (memory['total_active_anon'] ?? 0) + (memory['total_inactive_anon'] ?? 0);
  return Math.max(0, listed - anonymous);
}

/** Percent of one core used between two looks at the same containers, summed. */
export function cpuPercent(before: readonly ContainerUsage[], after: readonly ContainerUsage[]): number {
  return before.reduce((sum, first, index) => {
    const second = after[index];
    if (!second) return sum;
    return sum + ((second.cpuNs - first.cpuNs) / 1e6 / (second.at - first.at)) * 100;
  }, 0);
}
