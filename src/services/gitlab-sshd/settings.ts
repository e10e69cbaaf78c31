import { boolean, oneOf, parameter } from '../core/conversion';
import { HEARS_PLAIN, type Hearing } from '../core/hearing';
import { keysOf } from '../core/key-rule';
import { NOWHERE, placeOf } from '../core/ports';
import { settingsSection } from '../core/settings';

type ProxyPolicy = 'use' | 'require' | 'reject' | 'ignore';

export interface SshdSettings {
  /** Address with port. */
  readonly listen: string;
  readonly proxyProtocol: boolean;
  /** What it does with a connection that has a PROXY header, or has none, where `proxyProtocol` is on. */
  readonly proxyPolicy: ProxyPolicy;
  readonly metrics: string;
}

const key = keysOf<SshdSettings>();

export const SSHD_SETTINGS = settingsSection({
  name: 'sshd',
  // The package's own `localhost:2222` would be out of HAProxy's reach.
  defaults: ({ node }): SshdSettings => ({
    listen: `${node.address}:2222`,
    proxyProtocol: false,
    proxyPolicy: 'use',
    metrics: 'localhost:9122',
  }),
  keys: [
    key('gitlab_sshd.listen_address', parameter, 'listen'),
    key('gitlab_sshd.proxy_protocol', boolean, 'proxyProtocol'),
    key('gitlab_sshd.proxy_policy', oneOf('use', 'require', 'reject', 'ignore'), 'proxyPolicy'),
    key('gitlab_sshd.metrics_address', parameter, 'metrics'),
  ],
  ports: ({ listen, metrics }): Readonly<Record<string, number>> => ({
    ...portIn(listen, 'ssh'),
    ...portIn(metrics, 'health'),
  }),
  hears: (settings) => ({ ssh: sshHearing(settings) }),
  listens: ({ listen }) => listen.replace(/:\d+$/, ''),
  places: ({ listen, metrics }) => ({
    ssh: placeOf(listen),
    health: metrics === '' ? NOWHERE : placeOf(metrics),
  }),
});

function portIn(address: string, name: string): Readonly<Record<string, number>> {
  const [, digits] = /:(\d{1,5})$/.exec(address) ?? [];
  return digits === undefined ? {} : { [name]: Number(digits) };
}

function sshHearing({ proxyProtocol, proxyPolicy }: SshdSettings): Hearing {
  const [on, policy] = ["gitlab_sshd['proxy_protocol']", "gitlab_sshd['proxy_policy']"];
  if (!proxyProtocol) return { ...HEARS_PLAIN, decidedBy: { proxyProtocol: on } };
  const decidedBy = { proxyProtocol: policy };
  switch (proxyPolicy) {
    case 'require':
      return { ...HEARS_PLAIN, proxyProtocol: 'must', decidedBy };
    case 'reject':
      return { ...HEARS_PLAIN, decidedBy };
    case 'use':
      return { ...HEARS_PLAIN, proxyProtocol: 'may', decidedBy };
    case 'ignore':
      return { ...HEARS_PLAIN, proxyProtocol: 'passed over', decidedBy };
  }
}
