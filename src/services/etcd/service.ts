import { defineService, tcp } from '../core/service';

export const etcd = defineService({
  id: 'etcd',
  layer: 'coordination',
  title: 'etcd (alternative DCS)',
  deployed: false,
  gitlabRbRoots: [],
  ports: [tcp('client', 2379), tcp('peer', 2380)],
});
