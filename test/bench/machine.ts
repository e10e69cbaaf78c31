import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';

/** What one must know about the machine to compare figures. */
export interface MachineFacts {
  readonly cores: number;
  readonly cpu: string;
  readonly memoryMb: number;
  readonly kernel: string;
  readonly os: string;
  readonly node: string;
  /** 1, 5 and 15 minutes, before the first measurement. */
  readonly load: readonly number[];
}

export function machineFacts(): MachineFacts {
  return {
    cores: availableParallelism(),
    cpu: cpus()[0]?.model ?? 'unknown',
    memoryMb: Math.round(totalmem() / 1024 / 1024),
    kernel: release(),
    os: osName(),
    node: process.version,
    load: loadavg().map((value) => Number(value.toFixed(2))),
  };
}

function osName(): string {
  try {
    const line = readFileSync('/etc/os-release', 'utf8')
      .split('\n')
      .find((candidate) => candidate.startsWith('PRETTY_NAME='));
    return line?.slice('PRETTY_NAME='.length).replaceAll('"', '') ?? process.platform;
  } catch {
    // Only Linux has the file; the platform's name will do elsewhere.
    return process.platform;
  }
}
