import { defineService, tcp } from '../core/service';
import { PGBOUNCER_SETTINGS } from './settings';

export const pgbouncer = defineService({
  id: 'pgbouncer',
  layer: 'database',
  title: 'PgBouncer',
  deployed: true,
  gitlabRbRoots: ['pgbouncer'],
  roles: ['pgbouncer_role'],
  sections: [PGBOUNCER_SETTINGS],
  decided: ['pgbouncer.enable'],
  ports: [tcp('pool', 6432)],
});
