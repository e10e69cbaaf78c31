import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/finding/finding';
import { createWorkspace } from '../../../src/workspace/create/create-workspace';
import { answersFrom, completed } from '../../../src/workspace/create/questions';
import { readWorkspace } from '../../../src/workspace/workspace';
import { loadParser } from '../../../tools/fuzz/parser';

type Change = (text: string) => string;

const HAPROXY = 'haproxy/haproxy.cfg';
const NODES = ['gl1', 'gl2', 'gl3'];

/** What the rules about HAProxy and services say of an own cluster with the whole stack, after changes of its files. */
async function findingsWith(
  haproxy: Change,
  gitlabRb: string,
  nodes: readonly string[] = NODES,
): Promise<readonly string[]> {
  const answers = answersFrom(completed({ nodes: NODES.join(' '), subnet: '10.20.0.0/24' }, 'own'));
  if ('problem' in answers) throw new Error(String(answers.problem));
  const files = new Map(createWorkspace(answers).files);
  files.set(HAPROXY, haproxy(files.get(HAPROXY) ?? ''));
  for (const node of nodes) {
    const path = `nodes/${node}/gitlab.rb`;
    files.set(path, `${files.get(path) ?? ''}${gitlabRb}\n`);
  }
  const { findings } = await readWorkspace(files, loadParser);
  const line = ({ file, range }: Finding): string =>
    (files.get(file) ?? '').split('\n')[range.start.line]?.trim() ?? '';
  return findings
    .filter(({ code }) => /^WSP01[345]$/.test(code))
    .map(
      (finding) =>
        `${finding.severity} ${finding.code} ${finding.file}: ${line(finding)} — ${finding.message} → ${finding.remedy}`,
    );
}

const same: Change = (text) => text;
const replaced =
  (what: string | RegExp, by: string): Change =>
  (text) => {
    if (text.search(what) < 0) throw new Error(`Nothing to replace: ${String(what)}`);
    return text.replace(what, by);
  };
/** The server lines of one port with further words. */
const servers =
  (port: number, words: string): Change =>
  (text) =>
    text.replace(new RegExp(`^( *server \\S+ \\S+:${port} check)`, 'gm'), `$1 ${words}`);

const ALL = 'gl1, gl2, gl3';
const PLAIN_SSH = replaced('send-proxy-v2 fastinter', 'fastinter');
const PASSED_ON = `
frontend passed
    bind 10.20.0.100:443
    mode tcp
    default_backend passed_on
backend passed_on
    mode tcp
    server gl1 10.20.0.11:80 check
`;

describe('HAProxy and the services of the nodes', () => {
  test('agree in a new workspace', async () => {
    expect(await findingsWith(same, '')).toEqual([]);
  });

  test.each<[what: string, haproxy: Change, gitlabRb: string, expected: string]>([
    [
      'send-proxy-v2 and a gitlab-sshd without the PROXY protocol',
      same,
      "gitlab_sshd['proxy_protocol'] = false",
      `error WSP013 ${HAPROXY}: server gl1 10.20.0.11:2222 check — "gitlab_sshd" sends the PROXY protocol (send-proxy-v2) to gitlab-sshd of ${ALL}, which takes it for nonsense: every connection is refused. → Remove send-proxy-v2, or let gitlab-sshd take it: gitlab_sshd['proxy_protocol'].`,
    ],
    [
      'send-proxy-v2 and a gitlab-sshd that rejects it',
      same,
      "gitlab_sshd['proxy_policy'] = 'reject'",
      `error WSP013 ${HAPROXY}: server gl1 10.20.0.11:2222 check — "gitlab_sshd" sends the PROXY protocol (send-proxy-v2) to gitlab-sshd of ${ALL}, which takes it for nonsense: every connection is refused. → Remove send-proxy-v2, or let gitlab-sshd take it: gitlab_sshd['proxy_policy'].`,
    ],
    [
      'no header and a gitlab-sshd that requires it',
      PLAIN_SSH,
      "gitlab_sshd['proxy_policy'] = 'require'",
      `error WSP013 ${HAPROXY}: server gl1 10.20.0.11:2222 check — gitlab-sshd of ${ALL} wants the PROXY protocol, which "gitlab_sshd" does not send: every connection is refused. → Add send-proxy-v2 to the servers, or change gitlab_sshd['proxy_policy'].`,
    ],
    [
      'no header and a gitlab-sshd that would take it',
      PLAIN_SSH,
      '',
      `warning WSP013 ${HAPROXY}: server gl1 10.20.0.11:2222 check — gitlab-sshd of ${ALL} is told by the PROXY protocol who its client is, and "gitlab_sshd" does not send it: every client has HAProxy's address. → Add send-proxy-v2 to the servers.`,
    ],
    [
      'a header for nginx',
      servers(80, 'send-proxy'),
      '',
      `error WSP013 ${HAPROXY}: server gl1 10.20.0.11:80 check send-proxy — "gitlab" sends the PROXY protocol (send-proxy) to nginx of ${ALL}, which takes it for nonsense: every connection is refused. → Remove send-proxy, or let nginx take it: gitlab_rails['nginx']['proxy_protocol'].`,
    ],
    [
      'no header for nginx that wants one',
      same,
      "gitlab_rails['nginx']['proxy_protocol'] = true",
      `error WSP013 ${HAPROXY}: server gl1 10.20.0.11:80 check — nginx of ${ALL} wants the PROXY protocol, which "gitlab" does not send: every connection is refused. → Add send-proxy-v2 to the servers, or change gitlab_rails['nginx']['proxy_protocol'].`,
    ],
    [
      'a header for Redis',
      servers(6379, 'send-proxy'),
      '',
      `error WSP013 ${HAPROXY}: server gl1 10.20.0.11:6379 check send-proxy — "redis_master" sends the PROXY protocol (send-proxy) to Redis of ${ALL}, which takes it for nonsense: every connection is refused. → Remove send-proxy.`,
    ],
    [
      'HTTP for nginx with TLS',
      same,
      "gitlab_rails['nginx']['listen_https'] = true",
      `error WSP014 ${HAPROXY}: server gl1 10.20.0.11:80 check — What "gitlab" sends is not encrypted, and nginx of ${ALL} at port 80 speaks TLS: every request is answered with an error. → Add "ssl" and "verify required" with a ca-file to the servers, or leave TLS to HAProxy: gitlab_rails['nginx']['listen_https'] = false.`,
    ],
    [
      'TLS for nginx without',
      servers(80, 'ssl verify none'),
      '',
      `error WSP014 ${HAPROXY}: server gl1 10.20.0.11:80 check ssl verify none — "gitlab" sends TLS to nginx of ${ALL} at port 80, which does not speak it: every connection fails. → Let HAProxy send it without TLS, or write gitlab_rails['nginx']['listen_https'] = true.`,
    ],
    [
      'TLS of clients that is passed on',
      (text) => text + PASSED_ON,
      '',
      `error WSP014 ${HAPROXY}: server gl1 10.20.0.11:80 check — "passed_on" sends TLS to nginx of gl1 at port 80, which does not speak it: every connection fails. → Let HAProxy send it without TLS, or write gitlab_rails['nginx']['listen_https'] = true.`,
    ],
    [
      'another port of nginx',
      same,
      "gitlab_rails['nginx']['listen_port'] = 8888",
      `warning WSP015 ${HAPROXY}: server gl1 10.20.0.11:80 check — "gitlab" leads to port 80 of ${ALL}, where nginx listens on 8888. → Write the same port in both files: here, or in gitlab.rb of gl1.`,
    ],
    [
      'a port that is nobody’s, asked for the health of GitLab',
      (text) => text.replace(/:80 check/g, ':8081 check'),
      '',
      `warning WSP015 ${HAPROXY}: server gl1 10.20.0.11:8081 check — "gitlab" leads to port 8081 of ${ALL}, where nginx listens on 80. → Write the same port in both files: here, or in gitlab.rb of gl1.`,
    ],
  ])('%s', async (_, haproxy, gitlabRb, expected) => {
    expect(await findingsWith(haproxy, gitlabRb)).toEqual([expected]);
  });

  test('are told of the nodes that differ alone, where the first of them is', async () => {
    const found = await findingsWith(same, "gitlab_sshd['proxy_protocol'] = false", ['gl2', 'gl3']);
    expect(found.map((text) => text.slice(0, text.indexOf(', which')))).toEqual([
      `error WSP013 ${HAPROXY}: server gl2 10.20.0.12:2222 check — "gitlab_sshd" sends the PROXY protocol (send-proxy-v2) to gitlab-sshd of gl2, gl3`,
    ]);
  });

  test.each<[what: string, haproxy: Change, gitlabRb: string]>([
    ['gitlab-sshd passes a header over', PLAIN_SSH, "gitlab_sshd['proxy_policy'] = 'ignore'"],
    [
      'SSH has the port of HTTPS at an address of its own',
      replaced('bind 10.20.0.100:22\n', 'bind 10.20.0.101:443\n'),
      '',
    ],
    [
      'a condition tells apart who comes to the port of HTTPS',
      (text) => text + PASSED_ON.replace('default_backend passed_on', 'use_backend passed_on if HTTP'),
      '',
    ],
    ['both use the PROXY protocol', servers(80, 'send-proxy'), "nginx['proxy_protocol'] = true"],
    ['both use TLS', servers(80, 'ssl verify none'), "gitlab_rails['nginx']['listen_https'] = true"],
    ['a later word takes it back', servers(80, 'send-proxy no-send-proxy'), ''],
    ['the environment decides it', servers(80, '"${WEB_WORDS}"'), ''],
    ['the service is switched off', same, "nginx['enable'] = false\nnginx['proxy_protocol'] = true"],
    ['a value cannot be known', same, "nginx['proxy_protocol'] = File.exist?('/x')"],
    [
      'TLS of clients goes to nginx with TLS',
      (text) => text.replace(/:80 check/g, ':80 check ssl verify none') + PASSED_ON,
      "gitlab_rails['nginx']['listen_https'] = true",
    ],
    [
      'clients of a TCP pool may send either',
      (text) => text + PASSED_ON.replace('bind 10.20.0.100:443', 'bind 10.20.0.100:8443'),
      '',
    ],
    [
      'the port is that of another service',
      (text) => text.replace(/:80 check/g, ':8080 check'),
      "gitlab_rails['nginx']['listen_port'] = 8888",
    ],
    [
      'Prometheus is asked for its health',
      (text) =>
        `${text}\nbackend prometheus\n    mode http\n    option httpchk GET /-/healthy\n    server gl1 10.20.0.11:9090 check\n`,
      '',
    ],
    [
      'the section is disabled',
      (text) => replaced(/^backend gitlab$/m, 'backend gitlab\n    disabled')(text),
      "gitlab_rails['nginx']['listen_https'] = true",
    ],
  ])('are not told where %s', async (_, haproxy, gitlabRb) => {
    expect(await findingsWith(haproxy, gitlabRb)).toEqual([]);
  });
});
