import { defineService, tcp } from '../core/service';
import { PGBOUNCER_PASSWORD } from './secrets';

export const pgbouncer = defineService({
  id: 'pgbouncer',
  layer: 'database',
  pools: true,
  title: 'PgBouncer',
  deployed: true,
  gitlabRbRoots: ['pgbouncer'],
  roles: ['pgbouncer_role'],
  decided: ['pgbouncer.enable'],
  secrets: [PGBOUNCER_PASSWORD],
  ports: [tcp('pool', 6432)],
});
