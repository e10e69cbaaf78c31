/** Where a node's package keeps its things. Absolute folders. */
export interface Layout {
  /** runit's running services, each with its `supervise`. */
  readonly services: string;
  /** The definitions they link to. */
  readonly definitions: string;
  /** One folder per service with its configuration and data. */
  readonly data: string;
  /** One folder per service with its log `current`. */
  readonly logs: string;
}

/** The Omnibus package's; the lab's image has the same. */
export const OMNIBUS_LAYOUT: Layout = {
  services: '/opt/gitlab/service',
  definitions: '/opt/gitlab/sv',
  data: '/var/opt/gitlab',
  logs: '/var/log/gitlab',
};

/** The log svlogd writes for a service. */
export function logFile({ logs }: Layout, service: string): string {
  return `${logs}/${service}/current`;
}
