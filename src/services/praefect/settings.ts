import type { ConfigValue } from '../core/config-value';
import type { Conversion, Converted } from '../core/conversion';
import { HEARS_PLAIN } from '../core/hearing';
import { keysOf } from '../core/key-rule';
import { plainTable, portIn, textAt } from '../core/notation/plain-table';
import type { PlainTable } from '../core/notation/plain-table';
import { settingsSection } from '../core/settings';
import { databaseName, databaseUser } from '../patroni/names';

export interface PraefectSettings {
  /** What its own file is to say besides, as gitlab.rb has it. */
  readonly configuration: PlainTable;
  /** Where the application finds its repositories, by virtual storage. */
  readonly repositoryStorages: PlainTable;
}

const key = keysOf<PraefectSettings>();

export const USUAL_DATABASE = 'praefect_production';
export const USUAL_USER = 'praefect';
const USUAL_PORT = 2305;
const USUAL_METRICS_PORT = 9652;

/** Plain data in which the account and the database are such as PostgreSQL takes. */
const configuration: Conversion<PlainTable> = (value) => {
  const converted = plainTable(value);
  if (!('value' in converted) || value.kind !== 'hash') return converted;
  const database = value.entries.get('database')?.value;
  if (database?.kind !== 'hash') return converted;
  const fault =
    faultIn(database.entries.get('user')?.value, databaseUser) ??
    faultIn(database.entries.get('dbname')?.value, databaseName);
  return fault ?? converted;
};

function faultIn(value: ConfigValue | undefined, convert: Conversion<string>): Converted<never> | undefined {
  if (value === undefined || value.kind === 'nil') return undefined;
  const converted = convert(value);
  return 'value' in converted ? undefined : converted;
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
