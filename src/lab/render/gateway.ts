import { entrancesOf, NO_ENTRANCES, type Entrances } from '../plan/entrances';
import type { PlannedFile } from '../plan/plan';
import type { RenderContext } from './context';
import { renderGatewayEnvironment } from './environment';
import { PATHS } from './paths';
import { CLIENT_WAYS } from '../../services/client-ways';
import type { SettingsOf } from '../../services/core/client-way';
import { ROOT } from '../../services/core/file';
import { secretOf } from '../../services/secrets';
import { sectionOf } from '../../services/settings';

/** Where the gateway's programs look when nothing else is said. */
const USUAL_HTTP_PORT = 80;

/** The part of the context that the gateway's files depend on. */
export type GatewayContext = Pick<
  RenderContext,
  'cluster' | 'settings' | 'allSettings' | 'secrets' | 'haproxyCfg'
>;

/**
 * The gateway passes its port 80 on to the virtual address and is where probes run, so it knows how a client comes in
 * and nothing else.
 */
export function renderGateway(context: GatewayContext): readonly PlannedFile[] {
  const served = context.cluster.layers.access.enabled;
  const entrances = served ? entrancesOf(context) : NO_ENTRANCES;
  const httpPort = entrances.http === USUAL_HTTP_PORT ? undefined : entrances.http;
  return [
    renderGatewayEnvironment(context, httpPort),
    renderProbe(context, { ...entrances, http: httpPort }),
  ];
}

function renderProbe(
  { cluster, settings, secrets }: GatewayContext,
  { http, ...ports }: Entrances,
): PlannedFile {
  const settingsIn: SettingsOf = (section) => sectionOf(settings, section);
  const clients = CLIENT_WAYS.map((way) => {
    // Without an entrance somebody who looks at a node by hand still has the right account.
    const port = ports[way.id] ?? way.port(settingsIn);
    return [way.id, { port, ...way.login(settingsIn, (token) => secretOf(secrets, token)) }] as const;
  });
  const offered = CLIENT_WAYS.filter(
    ({ id, layer }) => ports[id] !== undefined && cluster.layers[layer].enabled,
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
