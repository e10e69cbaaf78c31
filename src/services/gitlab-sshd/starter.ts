import { heading, serverLines } from '../core/starter';
import type { Starter, StarterContext } from '../core/starter';

const PORT = 2222;

/** gitlab-sshd in a new workspace: beside the machine's own SSH, behind port 22 of the virtual address. */
export const gitlabSshdStarter: Starter = {
  gitlabRb,
  proxy: {
    backend: 'gitlab_sshd',
    title: 'gitlab-sshd',
    port: 22,
    about: "SSH of GitLab; the machines' own is at their own addresses",
    text: proxyText,
  },
};

function gitlabRb({ node }: StarterContext): string {
  return [
    heading('gitlab-sshd: git over SSH', 113),
    "gitlab_sshd['enable'] = true",
    `gitlab_sshd['listen_address'] = '${node.address}:${PORT}' # this node`,
    "# HAProxy says who the client is (send-proxy-v2); without it every client would have HAProxy's address.",
    "gitlab_sshd['proxy_protocol'] = true",
    '# The host keys must be equal on all nodes, or clients are warned after a failover. The lab sees to it.',
    "gitlab_sshd['host_keys_dir'] = '/var/opt/gitlab/gitlab-sshd'",
    "gitlab_sshd['host_keys_glob'] = 'ssh_host_*_key'",
  ].join('\n');
}

function proxyText({ cluster, running }: StarterContext): string {
  return [
    heading('SSH', 114),
    '',
    'frontend ssh',
    `    bind ${cluster.vip}:22`,
    '    # A clone of a large repository may be silent for long while the server prepares it.',
    '    timeout client 2h',
    '    default_backend gitlab_sshd',
    '',
    '# Who may log in says the application of the same node, so that is asked first; then the greeting: a paused machine',
    '# only accepts connections.',
    'backend gitlab_sshd',
    '    balance leastconn',
    '    timeout server 2h',
    '    option tcp-check',
    '    tcp-check connect port 80',
    String.raw`    tcp-check send "GET /-/readiness HTTP/1.0\r\n\r\n"`,
    '    tcp-check expect rstring "^HTTP/1.. 200"',
    '    tcp-check connect send-proxy',
    '    tcp-check expect string SSH-2.0',
    '    default-server send-proxy-v2 fastinter 300ms fall 2 on-marked-down shutdown-sessions',
    serverLines(running, PORT),
  ].join('\n');
}
