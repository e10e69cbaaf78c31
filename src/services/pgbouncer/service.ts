import { defineService, tcp } from '../core/service';

export const pgbouncer = defineService({
  id: 'pgbouncer',
  layer: 'database',
  title: 'PgBouncer',
  deployed: true,
  gitlabRbRoots: ['pgbouncer'],
  roles: ['pgbouncer_role'],
  ports: [tcp('pool', 6432)],
});
