import { say } from '../../words/message';
import type { Message } from '../../words/message';
import { parse } from 'yaml';
import { changedSettings, changeOf, inWords, leaves } from '../core/effect';
import type { FileChange, ProgramNeed, ServiceEffects, SettingChange } from '../core/effect';
import { parseJson } from '../core/live/json';
import { isDecrease, STANDBY_LIMITS, STARTING_PARAMETERS } from './postgresql/parameters';
import { databaseSwitchover } from './switchover';

const HOME = '/var/opt/gitlab/patroni/';
const PARAMETER = /^postgresql\.parameters\.(.+)$/;

/** Members that differ in these are not of one cluster, or do not find each other. */
const COMMON =
  /^(scope|namespace|restapi\.(listen|connect_address)|postgresql\.(listen|connect_address|data_dir))$/;
/** Patroni looks at these when it starts: `reload` passes them over. */
const AT_START = /^(name|consul\.|postgresql\.(bin_dir|bin_name\.))/;
/**
 * The first settings of a cluster, of which later ones come from dcs.json; and the members of etcd, of which Patroni asks
 * one for all others.
 */
const AT_THE_BEGINNING = /^(bootstrap\.|etcd3\.hosts$)/;
const SECRET = /password/;

/** Seconds without a write: PostgreSQL started anew in place; the leader moves; all start together. */
const SECONDS = { inPlace: 3, moves: databaseSwitchover.seconds, together: 20 };

/**
 * Patroni and the PostgreSQL it looks after. Patroni takes most over when it is told to; some parameters of PostgreSQL
 * only hold from its next start. Such a start goes over the replicas first and then over the leader, which hands over
 * before; but limits that a standby must not have lower than its leader are lowered on the leader first.
 */
export const patroniEffects: ServiceEffects = {
  owns: [HOME],
  waiting: {
    postgresql: { title: 'PostgreSQL', handsOver: ['patroni'], remedy: 'gitlab-ctl patroni restart' },
  },
  needs: (changes) => [
    ...changedIn(changes, 'patroni.yaml', ofYaml).flatMap(ownNeeds),
    ...changedIn(changes, 'dcs.json', (text = '{}') => leaves(parseJson(text))).flatMap(clusterNeeds),
    ...(changeOf(changes, `${HOME}roles.sql`) ? [reload(say('the roles or the database change'))] : []),
  ],
};

function ofYaml(text = ''): ReadonlyMap<string, string> {
  return leaves(parse(text, { version: '1.1' }));
}

function changedIn(
  changes: readonly FileChange[],
  name: string,
  read: (text: string | undefined) => ReadonlyMap<string, string>,
): readonly SettingChange[] {
  const change = changeOf(changes, `${HOME}${name}`);
  return change ? changedSettings(read(change.before), read(change.after)) : [];
}

/** What is set on this node alone. */
function ownNeeds(setting: SettingChange): readonly ProgramNeed[] {
  const { name } = setting;
  if (AT_THE_BEGINNING.test(name)) return [];
  if (PARAMETER.test(name)) return parameterNeeds(setting);
  const because = SECRET.test(name) ? say('{0} changes', name) : inWords(setting);
  if (COMMON.test(name)) return [{ ...patroni(because), need: 'together', seconds: SECONDS.together }];
  if (AT_START.test(name))
    return [{ ...patroni(because), need: 'restart', handsOver: ['patroni'], seconds: SECONDS.moves }];
  return [reload(because)];
}

/** What the DCS keeps for all members. */
function clusterNeeds(setting: SettingChange): readonly ProgramNeed[] {
  return PARAMETER.test(setting.name) ? parameterNeeds(setting) : [reload(inWords(setting))];
}

function parameterNeeds(setting: SettingChange): readonly ProgramNeed[] {
  const name = PARAMETER.exec(setting.name)?.[1] ?? setting.name;
  const because = inWords({ ...setting, name });
  if (!STARTING_PARAMETERS.has(name)) return [reload(because)];
  const start: ProgramNeed = {
    program: 'postgresql',
    title: 'PostgreSQL',
    need: 'restart',
    because,
    handsOver: ['patroni'],
    seconds: SECONDS.moves,
  };
  const lowered = STANDBY_LIMITS.has(name) && isDecrease(setting);
  return [reload(because), lowered ? { ...start, leaderFirst: true, seconds: SECONDS.inPlace } : start];
}

function reload(because: Message): ProgramNeed {
  return { ...patroni(because), need: 'reload', seconds: 0 };
}

function patroni(because: Message): Pick<ProgramNeed, 'program' | 'title' | 'because'> {
  return { program: 'patroni', title: 'Patroni', because };
}
