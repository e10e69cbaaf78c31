import type { BetweenNodes } from '../core/between-nodes';
import { clusterWideContradictions } from './cluster-wide';
import { POSTGRESQL_SETTINGS } from './postgresql/postgresql-settings';
import { PATRONI_SETTINGS } from './settings';

export const patroniBetween: BetweenNodes<'LAB020' | 'LAB029' | 'LAB034'> = {
  agreed: [
    {
      code: 'LAB020',
      path: ['patroni', 'scope'],
      of: (node) => node.settings(PATRONI_SETTINGS).scope,
      why: 'Patroni members find each other by it',
    },
    {
      code: 'LAB029',
      path: ['gitlab_rails', 'db_database'],
      of: (node) => node.settings(POSTGRESQL_SETTINGS).databaseName,
      why: 'there is one database',
    },
    {
      code: 'LAB029',
      path: ['gitlab_rails', 'db_username'],
      of: (node) => node.settings(POSTGRESQL_SETTINGS).databaseUser,
      why: 'there is one database user',
    },
  ],
  contradictions: clusterWideContradictions,
};
