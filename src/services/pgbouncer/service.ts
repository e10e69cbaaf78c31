import { defineService, tcp } from '../core/service';
import { PGBOUNCER_SETTINGS } from './settings';
import { PGBOUNCER_PASSWORD } from './secrets';

export const pgbouncer = defineService({
  id: 'pgbouncer',
  layer: 'database',
  title: 'PgBouncer',
  deployed: true,
  gitlabRbRoots: ['pgbouncer'],
  roles: ['pgbouncer_role'],
  sections: [PGBOUNCER_SETTINGS],
  decided: ['pgbouncer.enable'],
  secrets: [PGBOUNCER_PASSWORD],
  ports: [tcp('pool', 6432)],
});
