import { describe, expect, it } from 'vitest';
import { lintHaproxy } from '../../../../../src/languages/haproxy/lint';
import { readHaproxy } from '../../../../../src/languages/haproxy/subject';

const TIMES = 'timeout connect 5s\n timeout client 30m\n timeout server 30m\n timeout tunnel 1h';
const TCP = `defaults\n mode tcp\n ${TIMES}\n`;
const HTTP = `defaults\n mode http\n ${TIMES}\n`;

/** Findings as `CODE the text that is marked`. */
function found(text: string, version = '3.0'): string[] {
  const lines = text.split('\n');
  return lintHaproxy(readHaproxy(text, version), 'haproxy.cfg').map(
    ({ code, range: { start, end } }) =>
      `${code} ${lines[start.line]?.slice(start.character, end.character) ?? ''}`,
  );
}

const nodes = (port: number, parameters = 'check'): string =>
  [1, 2].map((node) => ` server n${node} 10.0.0.${node}:${port} ${parameters}\n`).join('');

describe('a fault is the same however it is written', () => {
  it.each([
    [
      'PgBouncer behind a check for the leader',
      'HAP206 n1',
      `${TCP}listen db\n bind :6432\n option httpchk GET /primary\n http-check expect status 200\n${nodes(6432, 'check port 8008')}`,
    ],
    [
      'a page of Patroni that every node answers',
      'HAP207 /readiness',
      `${TCP}listen db\n bind :5432\n option httpchk GET /readiness\n http-check expect status 200\n${nodes(5432, 'check port 8008 on-marked-down shutdown-sessions')}`,
    ],
    [
      'asynchronous replicas',
      'HAP209 /async',
      `${TCP}listen db\n bind :5433\n option httpchk GET /async\n http-check expect status 200\n${nodes(5432, 'check port 8008 on-marked-down shutdown-sessions')}`,
    ],
    [
      'a check with the path in http-check send',
      'HAP210 n1',
      `${TCP}listen db\n bind :5432\n option httpchk\n http-check send meth GET uri /leader\n http-check expect status 200\n${nodes(5432, 'check on-marked-down shutdown-sessions')}`,
    ],
    [
      'a tcp-check that only connects',
      'HAP220 gitlab',
      `${HTTP}listen gitlab\n bind :80\n option forwardfor\n option tcp-check\n${nodes(80)}`,
    ],
    [
      'a redirect that counts, of GitLab behind TCP mode',
      'HAP221 /-/readiness',
      `${TCP}listen web\n bind :443\n option httpchk GET /-/readiness\n${nodes(443, 'check port 80')}`,
    ],
    [
      'all dependencies, of GitLab behind TCP mode',
      'HAP222 /-/readiness?all=1',
      `${TCP}listen web\n bind :443\n option httpchk GET /-/readiness?all=1\n http-check expect status 200\n${nodes(443, 'check port 80')}`,
    ],
    [
      'liveness, of GitLab behind TCP mode',
      'HAP223 /-/liveness',
      `${TCP}listen web\n bind :443\n option httpchk GET /-/liveness\n http-check expect status 200\n${nodes(443, 'check port 80')}`,
    ],
    [
      'the PROXY protocol with what TLS told',
      'HAP229 n1',
      `${TCP}listen ssh\n bind :2222\n server n1 10.0.0.1:22 check send-proxy-v2-ssl-cn\n`,
    ],
    [
      'a buffer for every request in defaults',
      'HAP233 http-buffer-request',
      `${HTTP} option http-buffer-request\n option forwardfor\nlisten gitlab\n bind :80\n option httpchk GET /-/readiness\n http-check expect status 200\n${nodes(80)}`,
    ],
    [
      'a cookie that HAProxy sets',
      'HAP235 SRV',
      `${HTTP}listen gitlab\n bind :80\n option forwardfor\n option httpchk GET /-/readiness\n http-check expect status 200\n cookie SRV insert indirect\n server n1 10.0.0.1:80 check cookie a\n`,
    ],
    [
      'a stick rule',
      'HAP235 on',
      `${HTTP}listen gitlab\n bind :80\n option forwardfor\n option httpchk GET /-/readiness\n http-check expect status 200\n stick-table type ip size 1k\n stick on src\n${nodes(80)}`,
    ],
    [
      'a check every few milliseconds',
      'HAP301 5',
      `${TCP}listen a\n bind :1\n server n 10.0.0.1:1 check inter 5\n`,
    ],
    ['retries in defaults', 'HAP308 0', `${TCP} retries 0\nlisten a\n bind :1\n server n 10.0.0.1:1 check\n`],
    [
      'a condition that is never false',
      'HAP310 admin',
      `${HTTP}listen s\n bind :1\n stats enable\n stats admin unless FALSE\n`,
    ],
    [
      'an upper bound that is broken',
      'HAP311 TLSv1.1',
      'global\n ssl-default-bind-options ssl-max-ver TLSv1.1\n',
    ],
    [
      'verify none in default-server',
      'HAP312 none',
      `${TCP}listen a\n bind :1\n default-server check verify none\n server n 10.0.0.1:1 ssl\n`,
    ],
    ['verify none for all servers', 'HAP312 none', 'global\n ssl-server-verify none\n'],
    [
      'TLS for the check only',
      'HAP313 n',
      `${TCP}listen a\n bind :1\n server n 10.0.0.1:1 check check-ssl verify required\n`,
    ],
    [
      'TLS in default-server',
      'HAP313 n',
      `${TCP} default-server ssl\nlisten a\n bind :1\n server n 10.0.0.1:1 check\n`,
    ],
    [
      'a cookie in TCP mode',
      'HAP320 cookie',
      `${TCP}listen a\n bind :1\n cookie A insert\n server n 10.0.0.1:1 check\n`,
    ],
    [
      'an option in TCP mode',
      'HAP320 forwardfor',
      `${TCP}listen a\n bind :1\n option forwardfor\n server n 10.0.0.1:1 check\n`,
    ],
    [
      'a frontend with nothing but a condition',
      'HAP323 f',
      `${HTTP}frontend f\n bind :1\n timeout client 5s\n`,
    ],
  ])('%s: %s', (_, expected, text) => {
    expect(found(text)).toEqual([expected]);
  });
});

describe('nothing is found where', () => {
  const backend = `backend web\n option httpchk GET /-/readiness\n http-check expect status 200\n${nodes(80)}`;
  it.each([
    [
      'the frontend adds the address',
      `${HTTP}frontend gitlab\n bind :80\n option forwardfor\n default_backend web\n${backend}`,
    ],
    [
      'the frontend sets the header itself',
      `${HTTP}frontend gitlab\n bind :80\n http-request set-header X-Forwarded-For %[src]\n default_backend web\n${backend}`,
    ],
    [
      'one of the frontends computes the name of its backend',
      `${HTTP}frontend gitlab\n bind :80\n option forwardfor\n use_backend %[req.hdr(host),lower]\n${backend}`,
    ],
    [
      'the check opens a connection of its own',
      `${TCP}listen db\n bind :5432\n option httpchk\n http-check connect port 8008\n http-check send meth GET uri /primary\n http-check expect status 200\n${nodes(5432, 'check on-marked-down shutdown-sessions')}`,
    ],
    [
      'a server has authorities from default-server',
      `${TCP} default-server ssl ca-file /etc/ca.pem\nlisten a\n bind :1\n server n 10.0.0.1:1 check\n`,
    ],
    ['a word called ssl is a value', `${HTTP}listen a\n bind :1\n server n 10.0.0.1:1 check cookie ssl\n`],
    [
      'the file of authorities comes from the environment',
      `${TCP}listen a\n bind :1\n server n 10.0.0.1:1 check ssl "\${CA}"\n`,
    ],
    ['servers are checked every 200 ms', `${TCP}listen a\n bind :1\n server n 10.0.0.1:1 check inter 200\n`],
    ['a frontend answers itself', `${HTTP}frontend f\n bind :1\n http-request redirect scheme https\n`],
    [
      'defaults name the backend',
      `${HTTP} default_backend b\nfrontend f\n bind :1\nbackend b\n server n 10.0.0.1:1 check\n`,
    ],
    [
      'a frontend answers the question whether it is alive',
      `${HTTP}frontend f\n bind :1\n monitor-uri /up\n`,
    ],
  ])('%s', (_, text) => {
    expect(found(text).filter((line) => !line.startsWith('HAP026'))).toEqual([]);
  });
});

it.each(['2.6', '3.0', '3.2', '3.4'])('HAP313 holds for HAProxy %s', (version) => {
  const text = `${TCP}listen a\n bind :1\n server n 10.0.0.1:1 check ssl\n`;
  expect(found(text, version)).toEqual(['HAP313 n']);
});
