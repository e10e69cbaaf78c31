import { defineService, tcp } from '../core/service';
import { OBJECT_STORE_KEY, OBJECT_STORE_SECRET } from './secrets';

export const objectStorage = defineService({
  id: 'object-storage',
  layer: 'objects',
  outside: true,
  title: 'S3 object storage',
  shortTitle: 'Object storage',
  program: 'Swift',
  deployed: true,
  gitlabRbRoots: [],
  railsSecrets: ['aws_access_key_id', 'aws_secret_access_key'],
  secrets: [OBJECT_STORE_KEY, OBJECT_STORE_SECRET],
  ports: [tcp('s3', 9000)],
  versionName: 'swift',
});
