import { say } from '../../words/message';
import type { Message } from '../../words/message';
import { changedSettings, changedVariables, changeOf, inWords, settingLines } from '../core/effect';
import type { CalledVariables, ProgramNeed, ServiceEffects, SettingChange } from '../core/effect';

const BASE = '/var/opt/gitlab/redis/redis.base.conf';

/** Replicas, Sentinels and HAProxy of all nodes go by these. */
const COMMON = new Set(['port', 'requirepass', 'masterauth', 'replica-announce-ip', 'replica-announce-port']);
const SECRET = new Set(['requirepass', 'masterauth']);
/** Who is master at first counts only until a Sentinel knows better. */
const COMMON_NAMES: CalledVariables = { LAB_REDIS_MASTER_NAME: say("the master's name") };

/** Redis takes all but its port and its password over while it runs (CONFIG SET). */
export const redisEffects: ServiceEffects = {
  owns: ['/var/opt/gitlab/redis/'],
  needs(changes) {
    const change = changeOf(changes, BASE);
    const settings = (text: string | undefined): ReadonlyMap<string, string> => directives(text);
    return [
      ...(change ? changedSettings(settings(change.before), settings(change.after)).map(needOf) : []),
      ...changedVariables(changes, COMMON_NAMES).map(together),
    ];
  },
};

/** `save` may be there several times: each is a setting of its own name. */
function directives(text: string | undefined): ReadonlyMap<string, string> {
  const lines = (text ?? '').split('\n').map((line) => line.replace(/^save (\d+)/, 'save-$1'));
  return settingLines(lines.join('\n'), /\s+/);
}

function needOf(setting: SettingChange): ProgramNeed {
  const because = SECRET.has(setting.name) ? say('{0} changes', setting.name) : inWords(setting);
  if (COMMON.has(setting.name)) return together(because);
  return { program: 'redis', title: 'Redis', need: 'reload', because, seconds: 0 };
}

function together(because: Message): ProgramNeed {
  return { program: 'redis', title: 'Redis', need: 'together', because, seconds: 20 };
}
