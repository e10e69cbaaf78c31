import { HEARS_PLAIN } from '../core/hearing';
import { keysOf } from '../core/key-rule';
import { nodesOf } from '../core/placement';
import { plainTable, portIn, tablesIn, textAt } from '../core/notation/plain-table';
import type { PlainTable } from '../core/notation/plain-table';
import { settingsSection } from '../core/settings';
import type { SectionInput } from '../core/settings';

export interface GitalySettings {
  /** Name of the storage it has where gitlab.rb names none. */
  readonly usualStorage: string;
  /** What its own file is to say besides, as gitlab.rb has it. */
  readonly configuration: PlainTable;
}

const key = keysOf<GitalySettings>();

const USUAL_PORT = 8075;
const USUAL_METRICS_PORT = 9236;

/** The storage of a node in a cluster whose files name none: `gitaly-1` and so on, in the cluster's order. */
export function usualStorageOf({ cluster, node }: Pick<SectionInput, 'cluster' | 'node'>): string {
  const at = nodesOf({ cluster }, 'git').findIndex(({ name }) => name === node.name);
  return `gitaly-${at + 1}`;
}

export const GITALY_SETTINGS = settingsSection({
  name: 'gitaly',
  defaults: (input: SectionInput): GitalySettings => ({
    usualStorage: usualStorageOf(input),
    configuration: {},
  }),
  keys: [key('gitaly.configuration', plainTable, 'configuration')],
  ports: ({ configuration }) => ({
    gitaly: portIn(textAt(configuration, 'listen_addr'), USUAL_PORT),
    metrics: portIn(textAt(configuration, 'prometheus_listen_addr'), USUAL_METRICS_PORT),
  }),
  hears: () => ({ gitaly: HEARS_PLAIN }),
  portKeys: {
    gitaly: ['gitaly', 'configuration', 'listen_addr'],
    metrics: ['gitaly', 'configuration', 'prometheus_listen_addr'],
  },
});

/** Names of the storages a Gitaly has. */
export function storagesOf({ configuration, usualStorage }: GitalySettings): readonly string[] {
  const named = tablesIn(configuration['storage']).flatMap((storage) => textAt(storage, 'name') ?? []);
  return named.length > 0 ? named : [usualStorage];
}
