import { describe, expect, it } from 'vitest';
import { cpuPercent, usageFrom } from '../../bench/container-usage';

const cpu = { cpu_usage: { total_usage: 5_000_000 } };

describe('what a control group says', () => {
  it('reads version 1', () => {
    const stats = {
      total_rss: 100,
      rss: 1,
      total_active_anon: 15,
      total_inactive_anon: 105,
      total_mapped_file: 30,
      total_cache: 500,
    };
    expect(usageFrom({ cpu_stats: cpu, memory_stats: { stats } }, 7)).toEqual({
      at: 7,
      cpuNs: 5_000_000,
      anonymous: 100,
      shared: 20,
      mappedFiles: 30,
    });
  });

  it('reads version 2', () => {
    const stats = { anon: 100, shmem: 20, active_anon: 1, inactive_anon: 119, file_mapped: 30, file: 500 };
    expect(usageFrom({ cpu_stats: cpu, memory_stats: { stats } }, 7)).toEqual({
      at: 7,
      cpuNs: 5_000_000,
      anonymous: 100,
      shared: 20,
      mappedFiles: 30,
    });
  });

  it('sums percent of one core over the containers', () => {
    const at = (time: number, cpuMs: number): ReturnType<typeof usageFrom> =>
      usageFrom({ cpu_stats: { cpu_usage: { total_usage: cpuMs * 1e6 } }, memory_stats: {} }, time);
    expect(cpuPercent([at(0, 100), at(10, 0)], [at(1000, 200), at(2010, 1000)])).toBeCloseTo(10 + 50);
  });
});
