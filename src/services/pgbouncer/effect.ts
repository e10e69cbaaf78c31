import { say } from '../../words/message';
import type { Message } from '../../words/message';
import { changedSettings, changedVariables, changeOf, inWords, settingLines } from '../core/effect';
import type { CalledVariables, ProgramNeed, ServiceEffects, SettingChange } from '../core/effect';

const HOME = '/var/opt/gitlab/pgbouncer/';

/** What PgBouncer itself calls not changeable while it runs (SHOW CONFIG). */
const AT_START = new Set(['listen_addr', 'unix_socket_dir']);
/** HAProxy of each node speaks to PgBouncer of all nodes. */
const COMMON = new Set(['listen_port']);
/** What the script reads that points PgBouncer at the leader. */
const WATCHED: CalledVariables = {
  LAB_PATRONI_SCOPE: say("Patroni's scope"),
  LAB_PATRONI_PORT: say("Patroni's port"),
  LAB_DATABASE_NODES: say('the list of database nodes'),
  LAB_PGBOUNCER_PORT: say("PgBouncer's port"),
  LAB_DATABASE: say('the name of the database'),
  LAB_ETCD: say('where etcd answers'),
};

export const pgbouncerEffects: ServiceEffects = {
  owns: [HOME],
  needs(changes) {
    const ini = changeOf(changes, `${HOME}pgbouncer.ini`);
    const settings = (text: string | undefined): ReadonlyMap<string, string> => settingLines(text, /\s*=\s*/);
    return [
      ...(ini ? changedSettings(settings(ini.before), settings(ini.after)).map(ownNeed) : []),
      ...(changeOf(changes, `${HOME}pg_auth`)
        ? [{ ...pgbouncer(say('its own password changes')), ...RELOAD }]
        : []),
      ...(changeOf(changes, `${HOME}databases.first.ini`)
        ? [watch(say('the database it leads to changes'))]
        : []),
      ...changedVariables(changes, WATCHED).map(watch),
    ];
  },
};

const RELOAD = { need: 'reload', seconds: 0 } as const;

function ownNeed(setting: SettingChange): ProgramNeed {
  const own = pgbouncer(inWords(setting));
  if (COMMON.has(setting.name)) return { ...own, need: 'together', seconds: 20 };
  return AT_START.has(setting.name) ? { ...own, need: 'restart', seconds: 2 } : { ...own, ...RELOAD };
}

function pgbouncer(because: Message): Pick<ProgramNeed, 'program' | 'title' | 'because'> {
  return { program: 'pgbouncer', title: 'PgBouncer', because };
}

/** No client goes through it. */
function watch(because: Message): ProgramNeed {
  const title = say('what points PgBouncer at the leader');
  return { program: 'pgbouncer-watch', title, need: 'restart', because, seconds: 0 };
}
