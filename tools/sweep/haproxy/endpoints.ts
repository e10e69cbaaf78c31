/** Addresses of servers and their checks, and TLS on both sides. */
import { caseOf, type Case } from './base';

const ADDRESSES = [
  '10.0.0.9',
  '10.0.0.9:80',
  '10.0.0.9:+80',
  '10.0.0.9:-80',
  '10.0.0.9:0',
  ':80',
  '0.0.0.0',
  '[::1]',
  '[::1]:80',
  'unix@/x',
  '/x',
  'fd@3',
  'abns@x',
  'http://10.0.0.9:80',
  '10.0.0.9:80-90',
  '10.0.0.9:99999',
  '10.0.0.999:80',
  'ipv4@10.0.0.9:80',
  'udp@10.0.0.9:80',
  'quic4@10.0.0.9:80',
  'rhttp@',
];

const PARAMETERS = [
  '',
  'check',
  'check port 80',
  'check addr 10.0.0.8',
  'check addr 10.0.0.8:80',
  'check port 0',
  'agent-check',
  'agent-check agent-port 5',
  'check agent-check agent-port 5',
  'no-check',
  'check inter 0',
  'ssl verify none check',
  'ssl check',
  'check-ssl check',
  'check-ssl verify none check',
  'disabled check',
  'init-addr none check',
  'track b/s1',
];

/** Addresses and ports of servers and their checks. */
export function serverPortCases(): Case[] {
  return ADDRESSES.flatMap((address) =>
    PARAMETERS.flatMap((parameter) => [
      caseOf('server port', 'backend', `server s9 ${address} ${parameter}`),
      caseOf('server port', 'listen', `server s9 ${address} ${parameter}`, { mode: 'tcp' }),
    ]),
  );
}

const WORDS = [
  'ssl',
  'crt c.pem',
  'verify required',
  'verify optional',
  'verify none',
  'ca-file c.pem',
  'alpn h2',
  'alpn h3',
  'no-sslv3',
  'no-tlsv10',
  'no-tlsv11',
  'no-tlsv12',
  'no-tlsv13',
  'force-tlsv12',
  'ssl-min-ver TLSv1.2',
  'ssl-max-ver TLSv1.1',
  'strict-sni',
  'generate-certificates',
  'allow-0rtt',
  'prefer-client-ciphers',
  'crt-ignore-err all',
  'crl-file c.pem',
  'curves P-256',
  'default-crt c.pem',
  'no-alpn',
];

const LISTENERS = ['127.0.0.1:8099', 'quic4@127.0.0.1:8099', '/tmp/x.sock'];

/** TLS on bind lines: what needs what. */
export function tlsCases(): Case[] {
  const binds = LISTENERS.flatMap((address) =>
    WORDS.flatMap((one) => [
      caseOf('bind tls', 'frontend', `bind ${address} ${one}`),
      ...WORDS.flatMap((other) => [
        caseOf('bind tls', 'frontend', `bind ${address} ${one} ${other}`),
        caseOf('bind tls', 'frontend', `bind ${address} ssl crt c.pem ${one} ${other}`),
      ]),
    ]),
  );
  const servers = WORDS.flatMap((one) =>
    WORDS.map((other) => caseOf('server tls', 'backend', `server s9 10.0.0.9:443 ssl ${one} ${other}`)),
  );
  return [...binds, ...servers];
}
