import type { ServiceContext } from '../../services/core/context';
import { CERTIFICATE_AUTHORITY, secretOf } from '../../services/secrets';
import { sectionOf } from '../../services/settings';
import { Authority } from '../certificates/authority';
import { namedCertificates } from '../certificates/named-certificates';
import { siteNames } from './site-names';
import type { RenderContext } from './context';

/** The part of a node's context that its services may look at. */
export function serviceContext(context: RenderContext): ServiceContext {
  const { cluster, node, settings, allSettings, secrets, haproxyCfg, keepalivedConf, at } = context;
  const files: Readonly<Record<string, string>> = {
    'haproxy.cfg': haproxyCfg,
    'keepalived.conf': keepalivedConf,
  };
  return {
    cluster,
    node,
    timings: settings.timings,
    settings: (section, other) =>
      sectionOf(other === undefined ? settings : (allSettings[other] ?? settings), section),
    secret: (token) => secretOf(secrets, token),
    certificate: (id, names) => {
      const signer = new Authority(secretOf(secrets, CERTIFICATE_AUTHORITY), cluster.name);
      return { ...signer.issue({ id, names, at }), authority: signer.certificate };
    },
    ownFile: (name) => files[name] ?? '',
    namedIn: (name) => namedCertificates(files[name] ?? '', cluster.haproxyVersion),
    siteNames: siteNames(context),
  };
}
