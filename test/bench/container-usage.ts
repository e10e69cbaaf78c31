import type Docker from 'dockerode';

/** What a container's control group says, whichever version of control groups the machine has. */
export interface ContainerUsage {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** CPU time since the container started, nanoseconds over all cores. */
  readonly cpuNs: number;
  /** Memory of its own: heaps and stacks. Bytes. */
  readonly anonymous: number;
  /** Shared memory, above all PostgreSQL's shared buffers. Bytes; 0 where the kernel does not say. */
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

/** Control groups v1 call it total_rss, v2 anon. */
export function usageFrom(stats: EngineStats, at: number): ContainerUsage {
  const memory = stats.memory_stats.stats ?? {};
  return {
    at,
    cpuNs: stats.cpu_stats.cpu_usage.total_usage,
    anonymous: memory['total_rss'] ?? memory['anon'] ?? 0,
    shared: memory['total_shmem'] ?? memory['shmem'] ?? 0,
    mappedFiles: memory['total_mapped_file'] ?? memory['file_mapped'] ?? 0,
  };
}

/** Percent of one core used between two looks at the same containers, summed. */
export function cpuPercent(before: readonly ContainerUsage[], after: readonly ContainerUsage[]): number {
  return before.reduce((sum, first, index) => {
    const second = after[index];
    if (!second) return sum;
    return sum + ((second.cpuNs - first.cpuNs) / 1e6 / (second.at - first.at)) * 100;
  }, 0);
}
