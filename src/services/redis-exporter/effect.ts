import { changedSettings, changeOf, inWords, settingLines } from '../core/effect';
import type { ServiceEffects } from '../core/effect';

const OPTIONS = '/var/opt/gitlab/redis-exporter/options';

/** Its options are its command line; nobody but monitoring feels its start. */
export const redisExporterEffects: ServiceEffects = {
  owns: ['/var/opt/gitlab/redis-exporter/'],
  needs(changes) {
    const change = changeOf(changes, OPTIONS);
    if (!change) return [];
    const options = (text: string | undefined): ReadonlyMap<string, string> => settingLines(text, /=/);
    return changedSettings(options(change.before), options(change.after)).map((setting) => ({
      program: 'redis-exporter',
      title: 'Redis exporter',
      need: 'restart' as const,
      because: inWords({ ...setting, name: setting.name.replace(/^--/, '') }),
      seconds: 0,
    }));
  },
};
