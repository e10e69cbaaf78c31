import { say } from '../../words/message';
import { changedSettings, changeOf, inWords, leaves } from '../core/effect';
import type { Need, ProgramNeed, ServiceEffects } from '../core/effect';
import { parseJson } from '../core/live/json';

const CONFIG = '/var/opt/gitlab/consul/config.json';

/** Only a cluster that begins looks at it, and autopilot's settings are kept in Raft since then. */
const AT_THE_BEGINNING = /^(bootstrap_expect|autopilot\.)/;
/** What an agent takes over when it is told to read its file again. */
const RELOADED = new Set(['log_level']);
/** Agents that differ in these do not talk to each other. */
const COMMON = new Set(['datacenter', 'encrypt', 'server']);

/** Consul's agents: Patroni of the same node speaks to the cluster through its agent, so the leader leaves first. */
export const consulEffects: ServiceEffects = {
  owns: ['/var/opt/gitlab/consul/'],
  needs(changes) {
    const change = changeOf(changes, CONFIG);
    if (!change) return [];
    const settings = (text = '{}'): ReadonlyMap<string, string> => leaves(parseJson(text));
    return changedSettings(settings(change.before), settings(change.after)).map((setting): ProgramNeed => ({
      program: 'consul',
      title: 'Consul',
      need: needOf(setting.name),
      because: setting.name === 'encrypt' ? say('its key changes') : inWords(setting),
      handsOver: ['patroni'],
      seconds: COMMON.has(setting.name) ? 20 : 4,
    }));
  },
};

function needOf(name: string): Need {
  if (AT_THE_BEGINNING.test(name)) return 'nothing';
  if (RELOADED.has(name)) return 'reload';
  return COMMON.has(name) ? 'together' : 'restart';
}
