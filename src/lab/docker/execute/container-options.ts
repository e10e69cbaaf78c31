import type { ContainerCreateOptions } from 'dockerode';
import type { PlannedContainer } from '../../plan/plan';

const MIB = 1024 * 1024;
/** PostgreSQL's shared buffers live here. */
const SHM_BYTES = 256 * MIB;
/** A node has some 70 processes; a fork bomb in the lab must not take the machine with it. */
const MAX_PROCESSES = 2048;
/** Seconds a node gets to stop PostgreSQL cleanly. */
const STOP_TIMEOUT_S = 8;

/** The Docker API's form of a planned container. Pure. */
export function containerOptions(container: PlannedContainer, network: string): ContainerCreateOptions {
  const memory = container.memoryMb * MIB;
  return {
    name: container.name,
    Hostname: container.node,
    Image: container.image,
    ...(container.command.length > 0 ? { Cmd: [...container.command] } : {}),
    Env: Object.entries(container.environment).map(([name, value]) => `${name}=${value}`),
    Labels: { ...container.labels },
    StopTimeout: STOP_TIMEOUT_S,
    ExposedPorts: Object.fromEntries(container.publish.map((port) => [`${port.containerPort}/tcp`, {}])),
    HostConfig: {
      NetworkMode: network,
      Mounts: container.mounts.map(({ volume, path }) => ({
        Type: 'volume',
        Source: volume,
        Target: path,
      })),
      CapAdd: [...container.capabilities],
      Privileged: false,
      SecurityOpt: ['no-new-privileges'],
      Sysctls: { ...container.sysctls },
      Memory: memory,
      // No swap on top: a lab that swaps measures the disk.
      MemorySwap: memory,
      ...(container.cpus > 0 ? { NanoCpus: Math.round(container.cpus * 1e9) } : {}),
      PidsLimit: MAX_PROCESSES,
      ShmSize: SHM_BYTES,
      LogConfig: { Type: 'json-file', Config: { 'max-size': '2m', 'max-file': '2' } },
      RestartPolicy: { Name: 'no' },
      ExtraHosts: Object.entries(container.hosts).map(([name, address]) => `${name}:${address}`),
      PortBindings: Object.fromEntries(
        container.publish.map((port) => [
          `${port.containerPort}/tcp`,
          [{ HostIp: port.hostAddress, HostPort: port.hostPort === 0 ? '' : String(port.hostPort) }],
        ]),
      ),
    },
    NetworkingConfig: {
      EndpointsConfig: {
        [network]: {
          IPAMConfig: { IPv4Address: container.address },
          Aliases: [container.node],
        },
      },
    },
  };
}
