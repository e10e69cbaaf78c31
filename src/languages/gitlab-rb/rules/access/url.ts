import { isIpAddress, isLoopback } from '../support/address';
import { booleanAt, clustered, enabled, keySpan, unset } from '../support/read';
import { ACCESS_TOPIC } from '../support/topics';
import { calledText, ownAddresses, vhost, vhostName, vhostUnset, webAddress } from '../support/web';
import type { GitlabRbRule } from '../gitlab-rb-rule';

/** Characters Ruby's URI refuses, as in a name nobody has filled in: `http://<your-host>`. */
const STRAY = /[<>{}|\\^`"]|[^\x21-\x7e]/u;

export const EXTERNAL_URL: GitlabRbRule = {
  id: 'GLR040',
  severity: 'error',
  topic: ACCESS_TOPIC,
  title: 'external_url is no address GitLab takes',
  check(subject, report) {
    const url = calledText(subject, 'external_url');
    if (url === undefined) return;
    const { scheme, host } = webAddress(url.value);
    const bare = scheme === '' && host === '';
    const stray = STRAY.exec(url.value)?.[0];
    if (stray !== undefined && scheme !== '') {
      report({
        span: url.span,
        message: `"${url.value}" is no address, as "${stray}" stands in it: gitlab-ctl reconfigure stops here.`,
        remedy: 'Write http:// or https:// and the host name.',
      });
      return;
    }
    if (host !== '' && (scheme === 'http' || scheme === 'https')) return;
    const source = subject.text.slice(url.span.start + 1, url.span.end - 1);
    const sure = bare && /^[\w-]+(?:\.[\w-]+)+\/?$/.test(url.value) && source === url.value;
    report({
      span: url.span,
      message:
        host === ''
          ? `"${url.value}" has no ${scheme === '' ? 'scheme' : 'host'}: gitlab-ctl reconfigure stops here.`
          : `GitLab is reached with http or https, not with "${scheme}": gitlab-ctl reconfigure stops here.`,
      remedy: 'Write http:// or https:// and the host name.',
      ...(sure
        ? {
            fix: {
              title: `Write https://${url.value}`,
              edits: [{ start: url.span.start + 1, end: url.span.start + 1, newText: 'https://' }],
            },
          }
        : {}),
    });
  },
};

export const NODE_AS_URL: GitlabRbRule = {
  id: 'GLR041',
  severity: 'information',
  topic: ACCESS_TOPIC,
  title: 'external_url names one machine of the cluster',
  check(subject, report) {
    const url = calledText(subject, 'external_url');
    if (url === undefined || !clustered(subject)) return;
    const host = webAddress(url.value).host.replace(/^\[|\]$/g, '');
    const local = isLoopback(host);
    if (!local && !(isIpAddress(host) && ownAddresses(subject).has(host))) return;
    report({
      span: url.span,
      message: local
        ? `"${host}" is every machine for itself: clone addresses and e-mails lead nowhere.`
        : `"${host}" is this machine: clone addresses, redirects and e-mails point at it, also when it is down.`,
      remedy: 'Write the name that belongs to the virtual address of the load balancer.',
    });
  },
};

export const PLAIN_HTTP_ON_443: GitlabRbRule = {
  id: 'GLR042',
  severity: 'warning',
  topic: ACCESS_TOPIC,
  title: 'nginx speaks plain HTTP on the HTTPS port',
  check(subject, report) {
    const url = calledText(subject, 'external_url');
    const https = booleanAt(subject, ...vhost(subject, 'listen_https'));
    if (url === undefined || https?.value !== false || !vhostUnset(subject, 'listen_port')) return;
    const { scheme, port } = webAddress(url.value);
    if (scheme !== 'https') return;
    report({
      span: https.span,
      message: `nginx takes its port from external_url, so it speaks plain HTTP on port ${port ?? 443}.`,
      remedy: `Set ${vhostName(subject, 'listen_port')} = 80, and let the load balancer speak to that port.`,
    });
  },
};

export const REDIRECT_WITHOUT_HTTPS: GitlabRbRule = {
  id: 'GLR043',
  severity: 'information',
  topic: ACCESS_TOPIC,
  title: 'A redirect to HTTPS that nginx does not do',
  check(subject, report) {
    const https = booleanAt(subject, ...vhost(subject, 'listen_https'));
    const redirect = booleanAt(subject, ...vhost(subject, 'redirect_http_to_https'));
    if (https?.value !== false || redirect?.value !== true) return;
    report({
      span: redirect.span,
      message:
        'nginx does not speak HTTPS here (listen_https is false), so it does not redirect to it either.',
      remedy: 'Delete the line, and redirect at the load balancer, where TLS ends.',
      related: { span: https.span, message: 'listen_https is false' },
    });
  },
};

export const LETS_ENCRYPT: GitlabRbRule = {
  id: 'GLR044',
  severity: 'information',
  topic: ACCESS_TOPIC,
  title: "Let's Encrypt may start by itself on a machine of a cluster",
  check(subject, report) {
    const url = calledText(subject, 'external_url');
    if (url === undefined || webAddress(url.value).scheme !== 'https' || !clustered(subject)) return;
    if (enabled(subject, 'nginx') !== true || !unset(subject, 'letsencrypt', 'enable')) return;
    const secured = ['ssl_certificate', 'ssl_certificate_key'].some((key) => !vhostUnset(subject, key));
    if (secured || !vhostUnset(subject, 'listen_https')) return;
    report({
      span: keySpan(subject, 'letsencrypt', 'enable') ?? url.span,
      message:
        "Without a certificate in /etc/gitlab/ssl GitLab asks Let's Encrypt for one, and the answer reaches whichever machine holds the virtual address.",
      remedy:
        "Set letsencrypt['enable'] = false, and put the certificate on every machine or on the load balancer.",
    });
  },
};
