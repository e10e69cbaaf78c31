import type { ServiceId } from '../../services/service';

export interface WebPort {
  /** The port's name in src/services/service.ts. */
  readonly port: string;
  /** Where a person wants to land. */
  readonly path: string;
}

const WEB_PORTS: Readonly<Partial<Record<ServiceId, WebPort>>> = {
  consul: { port: 'http', path: '/v1/status/leader' },
  patroni: { port: 'rest', path: '/cluster' },
  haproxy: { port: 'stats', path: '/' },
};

/** The port of a service that a browser can show, or undefined when it has none. */
export function webPort(service: ServiceId): WebPort | undefined {
  return WEB_PORTS[service];
}
