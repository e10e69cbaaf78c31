import type { DockerFacts, MachineFacts } from '../../../../src/cli/doctor/machine';

export const GIB = 1024 ** 3;

export const docker: DockerFacts = {
  endpoint: '/var/run/docker.sock',
  version: '28.1.0',
  apiVersion: '1.49',
  operatingSystem: 'Debian GNU/Linux 13 (trixie)',
  memoryBytes: 8 * GIB,
  cpus: 4,
  freeDiskBytes: 40 * GIB,
  nodeImage: false,
  base: { name: 'debian:trixie-slim', present: false, registryAnswers: true },
  freeSubnets: 255,
  labs: [{ name: 'sample', state: 'running' }],
  leftovers: [],
};

/** A machine where everything is as a lab wants it. */
export const machine: MachineFacts = {
  nodeVersion: '22.4.1',
  totalMemoryBytes: 8 * GIB,
  availableMemoryBytes: 5 * GIB,
  mmdebstrap: { installed: false, root: true },
  httpPort: undefined,
  docker,
};
