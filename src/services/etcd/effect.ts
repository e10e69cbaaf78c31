import { changedSettings, changeOf, inWords, leaves } from '../core/effect';
import type { Need, ProgramNeed, ServiceEffects } from '../core/effect';
import { parseJson } from '../core/live/json';
import { ETCD_FILE } from './render';

/** Only a member without data looks at these. */
const AT_THE_BEGINNING = new Set([
  'name',
  'initial-cluster-token',
  'initial-advertise-peer-urls',
  'data-dir',
]);
/** Who is a member is kept by the cluster: whoever has gone is taken out of it, whoever comes adds itself. */
const MEMBERS = 'initial-cluster';

/** etcd reads its file at its start; one member after the other, the rest goes on and so does the database. */
export const etcdEffects: ServiceEffects = {
  owns: ['/var/opt/gitlab/etcd/'],
  needs(changes) {
    const change = changeOf(changes, ETCD_FILE);
    if (!change) return [];
    const settings = (text = '{}'): ReadonlyMap<string, string> => leaves(parseJson(text));
    return changedSettings(settings(change.before), settings(change.after)).map((setting): ProgramNeed => ({
      program: 'etcd',
      title: 'etcd',
      need: needOf(setting.name),
      because: inWords(setting),
      seconds: 0,
    }));
  },
};

function needOf(name: string): Need {
  if (AT_THE_BEGINNING.has(name)) return 'nothing';
  return name === MEMBERS ? 'reload' : 'restart';
}
