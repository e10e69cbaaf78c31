/**
 * Times the linting of a HAProxy configuration of 500 lines, warm.
 *
 *   npx tsx scripts/haproxy-speed.ts
 *
 * Prints median and spread of 200 runs; exit code 1 when the median is above the bound.
 */
import { lintHaproxy } from '../src/config/haproxy/lint';

const BOUND_MS = 5;
const RUNS = 200;

const backends = Array.from(
  { length: 37 },
  (_, number) => `
backend app${number}
    balance leastconn
    option httpchk GET /-/readiness
    http-check expect status 200
    acl trusted${number} src 10.0.0.0/24 10.0.1.0/24
    http-request set-header X-Client %[src,ipmask(24)] if trusted${number}
    server node1 10.0.0.11:80 check inter 3s fall 3
    server node2 10.0.0.12:80 check inter 3s fall 3
    server node3 10.0.0.13:80 check inter 3s fall 3
    use-server node1 if { path_beg /one${number} }
    timeout queue 10s
`,
);
const rules = Array.from(
  { length: 37 },
  (_, number) => `    use_backend app${number} if { path_beg /${number} }`,
);
const text = `global
    maxconn 10000

defaults
    mode http
    timeout connect 5s
    timeout client 1m
    timeout server 1m

frontend web
    bind 10.0.0.100:80
${rules.join('\n')}
${backends.join('')}`;

const times = Array.from({ length: RUNS + 50 }, () => {
  const start = performance.now();
  lintHaproxy(text, { version: '3.0', path: 'haproxy.cfg' });
  return performance.now() - start;
})
  .slice(50)
  .sort((a, b) => a - b);
const at = (share: number): string => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(2);
console.log(
  `${text.split('\n').length} lines: median ${at(0.5)} ms, 5 % ${at(0.05)} ms, 95 % ${at(0.95)} ms`,
);
process.exitCode = Number(at(0.5)) > BOUND_MS ? 1 : 0;
