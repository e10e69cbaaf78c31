import { defineService, tcp } from '../core/service';
import { GOSSIP_KEY } from './secrets';

export const consul = defineService({
  id: 'consul',
  layer: 'coordination',
  // Patroni and the watcher of PgBouncer ask the agent of their own node.
  clientsIn: 'database',
  title: 'Consul server',
  program: 'Consul',
  deployed: true,
  gitlabRbRoots: ['consul'],
  roles: ['consul_role', 'patroni_role', 'pgbouncer_role'],
  decided: [
    'consul.enable',
    'consul.node_name',
    'consul.configuration.bind_addr',
    'consul.configuration.advertise_addr',
    'consul.configuration.client_addr',
    'consul.configuration.node_name',
  ],
  secrets: [GOSSIP_KEY],
  ports: [
    tcp('rpc', 8300),
    { name: 'serf', port: 8301, protocol: 'tcp+udp' },
    tcp('http', 8500),
    { name: 'dns', port: 8600, protocol: 'tcp+udp' },
  ],
  askedPort: 'http',
  web: { port: 'http', path: '/v1/status/leader' },
  programImage: { argument: 'CONSUL_IMAGE', reference: 'hashicorp/consul:1.21' },
});
