import { boolean, parameter } from '../core/conversion';
import { keysOf } from '../core/key-rule';
import { settingsSection } from '../core/settings';

export interface SshdSettings {
  /** Address with port. */
  readonly listen: string;
  readonly proxyProtocol: boolean;
  readonly metrics: string;
}

const key = keysOf<SshdSettings>();

export const SSHD_SETTINGS = settingsSection({
  name: 'sshd',
  // The package's own `localhost:2222` would be out of HAProxy's reach.
  defaults: ({ node }): SshdSettings => ({
    listen: `${node.address}:2222`,
    proxyProtocol: false,
    metrics: 'localhost:9122',
  }),
  keys: [
    key('gitlab_sshd.listen_address', parameter, 'listen'),
    key('gitlab_sshd.proxy_protocol', boolean, 'proxyProtocol'),
    key('gitlab_sshd.metrics_address', parameter, 'metrics'),
  ],
  ports: ({ listen, metrics }): Readonly<Record<string, number>> => ({
    ...portIn(listen, 'ssh'),
    ...portIn(metrics, 'health'),
  }),
  listens: ({ listen }) => listen.replace(/:\d+$/, ''),
});

function portIn(address: string, name: string): Readonly<Record<string, number>> {
  const [, digits] = /:(\d{1,5})$/.exec(address) ?? [];
  return digits === undefined ? {} : { [name]: Number(digits) };
}
