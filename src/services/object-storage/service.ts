import { defineService, tcp } from '../core/service';

export const objectStorage = defineService({
  id: 'object-storage',
  layer: 'objects',
  title: 'S3 object storage',
  deployed: false,
  gitlabRbRoots: [],
  ports: [tcp('s3', 9000)],
});
