import { isHostName } from '../../cluster/host-name';
import { parseIpv4 } from '../../cluster/ipv4';
import { siteUrls } from '../../services/settings';
import type { RenderContext } from './context';

/** Where the gateway's ports are published. */
const HERE = ['localhost', '127.0.0.1'];

/** What a certificate for people must name: the domain, what gitlab.rb calls the site, the virtual address, this machine. */
export function siteNames({
  cluster,
  allSettings,
}: Pick<RenderContext, 'cluster' | 'allSettings'>): readonly string[] {
  const hosts = Object.values(allSettings).flatMap(siteUrls).map(hostOf);
  const names = [cluster.domain, ...hosts, cluster.vip, ...HERE];
  return [...new Set(names)].filter((name) => isHostName(name) || parseIpv4(name) !== undefined);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : '';
}
