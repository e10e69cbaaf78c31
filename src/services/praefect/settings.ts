import { HEARS_PLAIN } from '../core/hearing';
import { keysOf } from '../core/key-rule';
import { plainTable, portIn, textAt } from '../core/plain-table';
import type { PlainTable } from '../core/plain-table';
import { settingsSection } from '../core/settings';

export interface PraefectSettings {
  /** What its own file is to say besides, as gitlab.rb has it. */
  readonly configuration: PlainTable;
  /** Where the application finds its repositories, by virtual storage. */
  readonly repositoryStorages: PlainTable;
}

const key = keysOf<PraefectSettings>();

const USUAL_PORT = 2305;
const USUAL_METRICS_PORT = 9652;

export const PRAEFECT_SETTINGS = settingsSection({
  name: 'praefect',
  defaults: (): PraefectSettings => ({ configuration: {}, repositoryStorages: {} }),
  keys: [
    key('praefect.configuration', plainTable, 'configuration'),
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
