import { heading, rubyWords } from '../core/starter';
import type { Starter, StarterContext } from '../core/starter';

/** nginx in a new workspace: behind HAProxy, which ends TLS. */
export const nginxStarter: Starter = { gitlabRb };

/** Since then the site has a place of its own; what stands elsewhere counts, and is warned of. */
const OWN_PLACE = [19, 2] as const;

function gitlabRb({ cluster, node }: StarterContext): string {
  const at = isSince(cluster.gitlabVersion) ? "gitlab_rails['nginx']" : 'nginx';
  return [
    heading('nginx: passes on to the application', 113),
    '# HAProxy ends TLS and comes with plain HTTP. Without these two lines nginx would take its port and a certificate',
    '# from external_url.',
    `${at}['listen_port'] = 80`,
    `${at}['listen_https'] = false`,
    "# Not '*': HAProxy of the same machine listens on the same port of the virtual address.",
    `${at}['listen_addresses'] = ['${node.address}'] # this node`,
    '# What the application is to know of the client: that it came by HTTPS, and its address, which HAProxy tells.',
    `${at}['proxy_set_headers'] = { 'X-Forwarded-Proto' => 'https', 'X-Forwarded-Ssl' => 'on' }`,
    `${at}['real_ip_trusted_addresses'] = ${rubyWords([cluster.subnet])}`,
    `${at}['real_ip_header'] = 'X-Forwarded-For'`,
    '# A certificate is not asked for from outside: whichever node has the virtual address would get the answer.',
    "letsencrypt['enable'] = false",
  ].join('\n');
}

function isSince(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OWN_PLACE[0] || (major === OWN_PLACE[0] && minor >= OWN_PLACE[1]);
}
