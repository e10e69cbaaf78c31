import { entrancesOf, NO_ENTRANCES, type Entrances } from '../plan/entrances';
import type { PlannedFile } from '../plan/plan';
import { renderAuthority } from './authority-file';
import type { RenderContext } from './context';
import { renderGatewayEnvironment } from './environment';
import { GATEWAY_PORTS } from '../published';
import { PATHS } from './paths';
import { CLIENT_WAYS } from '../../services/client-ways';
import type { SettingsOf } from '../../services/core/client-way';
import { ROOT } from '../../services/core/file';
import { secretOf } from '../../services/secrets';
import { sectionOf } from '../../services/settings';

/** The part of the context that the gateway's files depend on. */
export type GatewayContext = Pick<
  RenderContext,
  'cluster' | 'settings' | 'allSettings' | 'secrets' | 'haproxyCfg'
>;

/**
 * The gateway passes its ports for people on to the virtual address and is where probes run, so it knows how a client
 * comes in and nothing else.
 */
export function renderGateway(context: GatewayContext): readonly PlannedFile[] {
  const served = context.cluster.layers.access.enabled;
  const entrances = served ? entrancesOf(context) : NO_ENTRANCES;
  const http = entrances.http === GATEWAY_PORTS.http ? undefined : entrances.http;
  return [
    renderGatewayEnvironment(context, entrances),
    renderProbe(context, { ...entrances, http }),
    renderAuthority(context),
  ];
}

function renderProbe(
  { cluster, settings, secrets }: GatewayContext,
  { http, ...ports }: Entrances,
): PlannedFile {
  const settingsIn: SettingsOf = (section) => sectionOf(settings, section);
  const clients = CLIENT_WAYS.filter((way) => way.tried === true || cluster.layers[way.layer].enabled).map(
    (way) => {
      const account = way.login(settingsIn, (token) => secretOf(secrets, token), cluster);
      const direct = way.direct?.(cluster, settingsIn);
      if (direct) return [way.id, { ...direct, ...account }] as const;
      if (way.tls && ports.https !== undefined)
        return [way.id, { port: ports.https, tls: true, ...account }] as const;
      // Without an entrance somebody who looks at a node by hand still has the right account.
      return [way.id, { port: ports[way.id] ?? way.port(settingsIn), ...account }] as const;
    },
  );
  const offered = CLIENT_WAYS.filter(
    ({ id, layer, tried }) => tried === true && ports[id] !== undefined && cluster.layers[layer].enabled,
  );
  const content = {
    host: cluster.vip,
    ...(http === undefined ? {} : { http: { port: http } }),
    ...Object.fromEntries(clients),
    // Those on which a client can write through the virtual address, as the workspace's files are meant.
    ...(offered.length === 0 ? {} : { ways: offered.map(({ id }) => id) }),
  };
  return { path: PATHS.probe, content: `${JSON.stringify(content, null, 2)}\n`, mode: 0o600, ...ROOT };
}
