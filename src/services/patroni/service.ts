import { defineService, tcp } from '../core/service';
import { SUPERUSER_PASSWORD, REPLICATION_PASSWORD, APPLICATION_PASSWORD, REST_PASSWORD } from './secrets';

export const patroni = defineService({
  id: 'patroni',
  layer: 'database',
  needs: ['coordination'],
  title: 'PostgreSQL (Patroni)',
  shortTitle: 'PostgreSQL',
  program: 'Patroni',
  deployed: true,
  gitlabRbRoots: ['patroni', 'postgresql'],
  roles: ['patroni_role'],
  decided: [
    'patroni.enable',
    'patroni.name',
    'patroni.connect_address',
    'patroni.listen_address',
    'patroni.connect_port',
    'postgresql.enable',
    'postgresql.listen_address',
  ],
  railsSecrets: ['db_password'],
  secrets: [SUPERUSER_PASSWORD, REPLICATION_PASSWORD, APPLICATION_PASSWORD, REST_PASSWORD],
  commands: ['gitlab-psql'],
  ports: [tcp('postgresql', 5432), tcp('rest', 8008)],
  web: { port: 'rest', path: '/cluster' },
  versionName: 'postgresql',
});
