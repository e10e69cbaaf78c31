import type { ServiceId } from '../../cluster/service';

export interface WebPort {
  readonly port: number;
  /** Where a person wants to land. */
  readonly path: string;
}

const WEB_PORTS: Readonly<Partial<Record<ServiceId, WebPort>>> = {
  consul: { port: 8500, path: '/v1/status/leader' },
  patroni: { port: 8008, path: '/cluster' },
  haproxy: { port: 8404, path: '/' },
};

/** The port of a service that a browser can show, or undefined when it has none. Ports: src/cluster/service.ts. */
export function webPort(service: ServiceId): WebPort | undefined {
  return WEB_PORTS[service];
}
