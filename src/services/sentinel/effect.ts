import { say } from '../../words/message';
import type { Message } from '../../words/message';
import { changedSettings, changedVariables, changeOf, inWords, settingLines } from '../core/effect';
import type { CalledVariables, ProgramNeed, ServiceEffects, SettingChange } from '../core/effect';

const BASE = '/var/opt/gitlab/sentinel/sentinel.base.conf';

/** What the other Sentinels and Redis of all nodes go by. */
const COMMON = /^(port|requirepass|sentinel (sentinel-pass|auth-pass|announce-ip|announce-port|master))/;
/** Sentinel is told these while it runs (SENTINEL SET, SENTINEL DEBUG). */
const TOLD = /^sentinel (quorum|down-after-milliseconds|failover-timeout|parallel-syncs)/;
const SECRET = /pass/;
const PERIODS: CalledVariables = {
  LAB_SENTINEL_INFO_PERIOD_MS: 'info-period',
  LAB_SENTINEL_PING_PERIOD_MS: 'ping-period',
};

/** Sentinels go by most settings at once; no client goes through them, so even a start is felt by nobody. */
export const sentinelEffects: ServiceEffects = {
  owns: ['/var/opt/gitlab/sentinel/'],
  needs(changes) {
    const change = changeOf(changes, BASE);
    return [
      ...(change
        ? changedSettings(directives(change.before), directives(change.after)).flatMap(needsOf)
        : []),
      ...changedVariables(changes, PERIODS).map((because) => need('reload', because)),
    ];
  },
};

/** `sentinel down-after-milliseconds NAME 5000` by what it is about; the first master's address counts only once. */
function directives(text: string | undefined): ReadonlyMap<string, string> {
  const lines = (text ?? '').split('\n').map((line) => {
    const [word = '', about = '', name = '', ...rest] = line.split(/\s+/);
    if (word !== 'sentinel') return line;
    if (about === 'monitor')
      return `sentinel-quorum ${rest[2] ?? ''}\nsentinel-master ${name} ${rest[1] ?? ''}`;
    return `sentinel-${about} ${[name, ...rest].join(' ')}`;
  });
  const found = settingLines(lines.join('\n'), /\s+/);
  return new Map([...found].map(([name, value]) => [name.replace(/^sentinel-/, 'sentinel '), value]));
}

function needsOf(setting: SettingChange): readonly ProgramNeed[] {
  const because = SECRET.test(setting.name) ? say('{0} changes', setting.name) : inWords(setting);
  if (COMMON.test(setting.name)) return [{ ...need('together', because), seconds: 20 }];
  return [need(TOLD.test(setting.name) ? 'reload' : 'restart', because)];
}

function need(kind: ProgramNeed['need'], because: Message): ProgramNeed {
  return { program: 'sentinel', title: 'Sentinel', need: kind, because, seconds: 0 };
}
