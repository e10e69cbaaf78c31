const HEAD = `global
    maxconn 10000

defaults
    mode http
    timeout connect 5s
    timeout client 1m
    timeout server 1m
    timeout tunnel 1h

`;

/** A haproxy.cfg of exactly so many lines, valid for \`haproxy -c\`: backends with their servers, ACLs and rules. */
export function haproxyCfgOf(lines: number): string {
  const count = Math.max(1, Math.floor((lines - 14) / 12));
  const backends = Array.from({ length: count }, (_, number) => backend(number));
  const rules = Array.from(
    { length: count },
    (_, number) => `    use_backend app${number} if { path_beg /${number} }`,
  );
  const text = `${HEAD}frontend web\n    bind 127.0.0.1:8080\n${rules.join('\n')}\n\n${backends.join('\n')}`;
  const written = text.trimEnd().split('\n');
  while (written.length < lines) written.push('# the end');
  return `${written.slice(0, lines).join('\n')}\n`;
}

function backend(number: number): string {
  return `backend app${number}
    balance leastconn
    option httpchk GET /-/readiness
    http-check expect status 200
    acl trusted${number} src 10.0.0.0/24 10.0.1.0/24
    http-request set-header X-Client %[src,ipmask(24)] if trusted${number}
    server node1 10.0.0.11:80 check inter 3s fall 3
    server node2 10.0.0.12:80 check inter 3s fall 3
    server node3 10.0.0.13:80 check inter 3s fall 3
    timeout queue 10s
`;
}
