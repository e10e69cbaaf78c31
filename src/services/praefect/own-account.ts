import type { Cluster } from '../../cluster/cluster';
import type { Contradiction, Peer } from '../core/between-nodes';
import { nodesOf } from '../core/placement';
import { textAt } from '../core/notation/plain-table';
import { POSTGRESQL_SETTINGS } from '../patroni/postgresql/postgresql-settings';
import { databaseOf, PRAEFECT_SETTINGS, USUAL_DATABASE, USUAL_USER } from './settings';
import { entry } from './written';

/** A name that is Praefect's own, and the one that the application has in its place. */
interface Pair {
  readonly of: (node: Peer) => { readonly praefects: string; readonly applications: string };
  /** Its key in Praefect's `database`. */
  readonly key: string;
  /** Where a gitlab.rb may say the application's, the winning one first. */
  readonly applications: readonly (readonly string[])[];
  readonly usual: string;
}

const PAIRS: readonly Pair[] = [
  {
    of: (node) => ({
      praefects: databaseOf(node.settings(PRAEFECT_SETTINGS)).user,
      applications: node.settings(POSTGRESQL_SETTINGS).databaseUser,
    }),
    key: 'user',
    applications: [
      ['gitlab_rails', 'db_username'],
      ['postgresql', 'sql_user'],
    ],
    usual: USUAL_USER,
  },
  {
    of: (node) => ({
      praefects: databaseOf(node.settings(PRAEFECT_SETTINGS)).database,
      applications: node.settings(POSTGRESQL_SETTINGS).databaseName,
    }),
    key: 'dbname',
    applications: [['gitlab_rails', 'db_database']],
    usual: USUAL_DATABASE,
  },
];

/**
 * Where Praefect's account or database is the application's, whose account would get Praefect's password, and whose database
 * Praefect's tables.
 * @param lab the cluster as its lab runs it
 */
export function applicationsOwn(lab: Cluster, nodes: readonly Peer[]): readonly Contradiction<'LAB002'>[] {
  const running = new Set(nodesOf({ cluster: lab }, 'git').map(({ name }) => name));
  return nodes.flatMap((node) =>
    PAIRS.flatMap((pair) => {
      const { praefects, applications } = pair.of(node);
      const isWritten =
        textAt(node.settings(PRAEFECT_SETTINGS).configuration, 'database', pair.key) !== undefined;
      if (praefects !== applications || !(isWritten || running.has(node.name))) return [];
      return [isWritten ? atPraefects(node, pair, praefects) : atApplications(node, pair, praefects)];
    }),
  );
}

function atPraefects(node: Peer, { key, usual }: Pair, name: string): Contradiction<'LAB002'> {
  const database = node.written(['praefect', 'configuration', 'database']);
  return {
    code: 'LAB002',
    severity: 'error',
    node,
    range: database && entry(database, key)?.range,
    message: `praefect['configuration'] names '${name}' for Praefect's database, which is the application's own.`,
    remedy: `Choose another name, for example '${name === usual ? `${usual}_own` : usual}'.`,
  };
}

function atApplications(node: Peer, { applications }: Pair, name: string): Contradiction<'LAB002'> {
  const [written] = applications.filter((path) => node.written(path) !== undefined);
  const [root = '', key = ''] = written ?? applications[0] ?? [];
  return {
    code: 'LAB002',
    severity: 'error',
    node,
    range: node.written([root, key])?.range,
    message: `${root}['${key}'] is '${name}', which is Praefect's own for its database.`,
    remedy: "Choose another name, or another one for Praefect in praefect['configuration'][:database].",
  };
}
