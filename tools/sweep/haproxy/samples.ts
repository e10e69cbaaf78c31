/** A right value of each type a signature may name, and the words a signature asks for, filled in. */
import type { Part } from '../../../src/languages/haproxy/check/signature';

const SAMPLES: Readonly<Record<string, string>> = {
  text: 'x',
  store: 'gpc0',
  int: '5',
  uint: '5',
  posint: '5',
  percent: '50',
  status: '503',
  atol: '5',
  time: '5s',
  seconds: '5',
  size: '1m',
  name: 'n1',
  regex: '^/a',
  fmt: 'x',
  logfmt: '%ci',
  var: 'proc.x',
  bind: '127.0.0.1:8090',
  server: '10.0.0.2:80',
  peer: '10.0.0.3:1024',
  source: '10.0.0.4',
  plain: '10.0.0.5:514',
  usesrc: 'client',
  ip: '10.0.0.6',
  facility: 'local0',
  level: 'notice',
  'on|off': 'on',
  algorithm: 'roundrobin',
  filter: 'trace',
  service: 'prometheus-exporter',
  mode: 'http',
  'balance-factor': '150',
  'hash-function': 'sdbm',
  'settable-timeout': 'server',
  'time-or-infinite': '5s',
  maxconn: '100',
  persist: 'rdp-cookie',
  'stats-action': 'allow',
  'use-backend': 'b',
  'use-server': 's1',
  percent50: '5',
  'hold-event': 'nx',
  'cache-size': '4',
  'log-format-name': 'rfc5424',
  'size-or-atol': '16384',
  'tune-size': '16384',
  'status-atol': '403',
  'error-status': '503',
  retry: 'conn-failure',
  'redirect-code': '302',
  'log-level-or-silent': 'notice',
  'cli-level': 'admin',
  'severity-output': 'none',
  'tls-version': 'TLSv1.2',
  'verify-bind': 'none',
  'verify-server': 'none',
  'posint-atol': '5',
  weight: '5',
  observe: 'layer4',
  'on-error': 'mark-down',
  'on-marked-down': 'shutdown-sessions',
  'on-marked-up': 'shutdown-backup-sessions',
  'ip-family': 'ipv4',
  'log-proto': 'legacy',
  ws: 'auto',
  backend: 'b',
  table: 't',
  resolvers: 'r',
  peers: 'p',
  mailers: 'm',
  cache: 'c',
  'http-errors': 'e',
  'fcgi-app': 'a',
  'log-profile': 'lp',
  'log-step': 'close',
  expr: 'src',
  'expr-or-number': '5',
  'expr-or-time': '5s',
  'expr-or-size': '1m',
  'expr-or-mark': '5',
  'check-addr': '10.0.0.7',
  'agent-ip': '10.0.0.7',
  'check-port': '8080',
  'check-expr': 'int(1)',
  octal: '660',
  mux: 'h1',
  shards: '2',
  mss: '1400',
  interval: '2s',
  'init-addr': 'none',
  nice: '5',
  'tcp-ss': '1',
  natural: '5',
  'percent-atol': '5',
  'comp-level': '5',
  'h2-table': '4096',
  'h2-frame': '16384',
  maxhdr: '101',
  'dh-size': '2048',
  events: '5',
  'answer-status': '403',
  digits: '5',
  renice: '5',
  'node-name': 'lb1',
  'positive-size': '1m',
  nonzero: '5',
  listeners: 'listeners',
  'on-off': 'on',
  'hash-key': 'id',
  'init-state': 'up',
  'quic-cc-algo': 'cubic',
  'quic-socket': 'listener',
  'resolve-opts': 'allow-dup-ip',
  'proxy-v2-options': 'ssl',
  networks: '10.0.0.0/8',
  network: '10.0.0.0/8',
  threads: '1',
  'status-list': '200-399',
  hex: '50',
  'min-recv': '5',
  'thread-set': '1',
  'cpu-set': '0',
  'vars-size': '1m',
  sni: 'str(x)',
  'acme-challenge': 'http-01',
  'acme-profile': 'x',
  'acme-ready': 'cli',
};

/** A right value of a type. */
export function sampleOf(type: string): string {
  return SAMPLES[type] ?? 'x';
}

/** The shortest arguments a signature takes, then one form for each option and each word it names. */
export function formsOf(parts: readonly Part[]): string[] {
  const shortest = parts.map((part) => shortestOf(part));
  const join = (words: readonly string[]): string => words.filter((word) => word !== '').join(' ');
  const forms = new Set([join(shortest)]);
  parts.forEach((part, at) => {
    for (const longer of longerFormsOf(part)) forms.add(join(shortest.with(at, longer)));
  });
  return [...forms];
}

function shortestOf(part: Part): string {
  switch (part.kind) {
    case 'value':
      return sampleOf(part.type);
    case 'words':
      return part.words[0] ?? '';
    case 'condition':
      return part.required ? 'if TRUE' : '';
    case 'optional':
    case 'options':
    case 'rest':
      return '';
  }
}

function longerFormsOf(part: Part): string[] {
  switch (part.kind) {
    case 'words':
      return part.words.slice(1);
    case 'optional':
      return formsOf(part.parts);
    case 'options':
      return part.alternatives.flatMap((alternative) => formsOf(alternative));
    case 'condition':
      return ['if TRUE'];
    case 'value':
    case 'rest':
      return [];
  }
}

/** The types of the values a signature asks for, each with the words before it. */
export function valuesOf(parts: readonly Part[]): { readonly before: string; readonly type: string }[] {
  const found: { before: string; type: string }[] = [];
  const words: string[] = [];
  for (const part of parts) {
    const before = words.join(' ');
    if (part.kind === 'value') found.push({ before, type: part.type });
    const inner = part.kind === 'options' ? part.alternatives : part.kind === 'optional' ? [part.parts] : [];
    for (const one of inner) {
      for (const value of valuesOf(one)) {
        found.push({ before: `${before} ${value.before}`.trim(), type: value.type });
      }
    }
    const shortest = shortestOf(part);
    if (shortest !== '') words.push(shortest);
  }
  return found;
}
