import type { ConfigValue } from '../core/config-value';
import type { Conversion, Converted } from '../core/conversion';
import { HEARS_PLAIN } from '../core/hearing';
import { keysOf } from '../core/key-rule';
import { plainTable, portIn, textAt } from '../core/plain-table';
import type { PlainTable } from '../core/plain-table';
import { settingsSection } from '../core/settings';
import { databaseName, databaseUser } from '../patroni/names';

export interface PraefectSettings {
  /** What its own file is to say besides, as gitlab.rb has it. */
  readonly configuration: PlainTable;
  /** Where the application finds its repositories, by virtual storage. */
  readonly repositoryStorages: PlainTable;
}

const key = keysOf<PraefectSettings>();

const USUAL_DATABASE = 'praefect_production';
const USUAL_USER = 'praefect';
/** Of the application: its account would get Praefect's password, and its database Praefect's tables. */
const APPLICATIONS = { user: 'gitlab', dbname: 'gitlabhq_production' };
const USUAL_PORT = 2305;
const USUAL_METRICS_PORT = 9652;

/** Plain data in which Praefect's account and database are its own. */
const configuration: Conversion<PlainTable> = (value) => {
  const converted = plainTable(value);
  if (!('value' in converted) || value.kind !== 'hash') return converted;
  const database = value.entries.get('database')?.value;
  if (database?.kind !== 'hash') return converted;
  const fault =
    faultIn(database.entries.get('user')?.value, databaseUser, APPLICATIONS.user, USUAL_USER) ??
    faultIn(database.entries.get('dbname')?.value, databaseName, APPLICATIONS.dbname, USUAL_DATABASE);
  return fault ?? converted;
};

function faultIn(
  value: ConfigValue | undefined,
  convert: Conversion<string>,
  applications: string,
  usual: string,
): Converted<never> | undefined {
  if (value === undefined || value.kind === 'nil') return undefined;
  const converted = convert(value);
  if (!('value' in converted)) return converted;
  if (converted.value !== applications) return undefined;
  return {
    problem: `names '${applications}' for Praefect's database, which is the application's own`,
    remedy: `Choose another name, for example '${usual}'.`,
  };
}

/** Praefect's database and the account that owns it. */
export function databaseOf({ configuration }: PraefectSettings): {
  readonly database: string;
  readonly user: string;
} {
  return {
    database: textAt(configuration, 'database', 'dbname') ?? USUAL_DATABASE,
    user: textAt(configuration, 'database', 'user') ?? USUAL_USER,
  };
}

export const PRAEFECT_SETTINGS = settingsSection({
  name: 'praefect',
  defaults: (): PraefectSettings => ({ configuration: {}, repositoryStorages: {} }),
  keys: [
    key('praefect.configuration', configuration, 'configuration'),
    key('gitlab_rails.repositories_storages', plainTable, 'repositoryStorages'),
  ],
  ports: ({ configuration }) => ({
    praefect: portIn(textAt(configuration, 'listen_addr'), USUAL_PORT),
    metrics: portIn(textAt(configuration, 'prometheus_listen_addr'), USUAL_METRICS_PORT),
  }),
  hears: () => ({ praefect: HEARS_PLAIN }),
  portKeys: {
    praefect: ['praefect', 'configuration', 'listen_addr'],
    metrics: ['praefect', 'configuration', 'prometheus_listen_addr'],
  },
});
