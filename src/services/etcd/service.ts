import { defineService, tcp } from '../core/service';

export const etcd = defineService({
  id: 'etcd',
  layer: 'coordination',
  dcs: 'etcd',
  added: 'etcd',
  title: 'etcd',
  deployed: true,
  gitlabRbRoots: [],
  ports: [tcp('client', 2379), tcp('peer', 2380)],
  web: { port: 'client', path: '/health' },
});
