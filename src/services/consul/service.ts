import { defineService, tcp } from '../core/service';

export const consul = defineService({
  id: 'consul',
  layer: 'coordination',
  title: 'Consul server',
  program: 'Consul',
  deployed: true,
  gitlabRbRoots: ['consul'],
  roles: ['consul_role', 'patroni_role', 'pgbouncer_role'],
  ports: [
    tcp('rpc', 8300),
    { name: 'serf', port: 8301, protocol: 'tcp+udp' },
    tcp('http', 8500),
    { name: 'dns', port: 8600, protocol: 'tcp+udp' },
  ],
  askedPort: 'http',
  web: { port: 'http', path: '/v1/status/leader' },
});
