import type { Cluster, ClusterNode } from '../cluster/cluster';
import { TIMING_PROFILES } from '../cluster/timing';
import type { Timings } from '../cluster/timing';
import type { Draft } from './core/key-rule';
import type { Declared } from './core/live/declared';
import type { SettingsSection } from './core/settings';
import { CONSUL_SETTINGS } from './consul/settings';
import { GITALY_SETTINGS } from './gitaly/settings';
import { SSHD_SETTINGS } from './gitlab-sshd/settings';
import { WORKHORSE_SETTINGS } from './gitlab-workhorse/settings';
import { NGINX_SETTINGS } from './nginx/settings';
import { POSTGRESQL_SETTINGS } from './patroni/postgresql/postgresql-settings';
import { PATRONI_SETTINGS } from './patroni/settings';
import { PGBOUNCER_SETTINGS } from './pgbouncer/settings';
import { PRAEFECT_SETTINGS } from './praefect/settings';
import { RAILS_SETTINGS } from './puma/rails-settings';
import { PUMA_SETTINGS } from './puma/settings';
import { REDIS_SETTINGS } from './redis/settings';
import { REDIS_EXPORTER_SETTINGS } from './redis-exporter/settings';
import { OBJECT_STORAGE_SETTINGS } from './object-storage/settings';
import type { ServiceId } from './registry';
import { SENTINEL_SETTINGS } from './sentinel/settings';
import { SIDEKIQ_SETTINGS } from './sidekiq/settings';

/**
 * The sections of each service that has some, in the order in which their keys are applied. Apart from the registry,
 * because a starting extension needs no conversions of values.
 */
const DECLARED = {
  consul: [CONSUL_SETTINGS],
  patroni: [PATRONI_SETTINGS, POSTGRESQL_SETTINGS],
  pgbouncer: [PGBOUNCER_SETTINGS],
  redis: [REDIS_SETTINGS],
  sentinel: [SENTINEL_SETTINGS],
  'object-storage': [OBJECT_STORAGE_SETTINGS],
  gitaly: [GITALY_SETTINGS],
  praefect: [PRAEFECT_SETTINGS],
  puma: [PUMA_SETTINGS, RAILS_SETTINGS],
  sidekiq: [SIDEKIQ_SETTINGS],
  'gitlab-workhorse': [WORKHORSE_SETTINGS],
  nginx: [NGINX_SETTINGS],
  'gitlab-sshd': [SSHD_SETTINGS],
  'redis-exporter': [REDIS_EXPORTER_SETTINGS],
} as const satisfies Readonly<Partial<Record<ServiceId, readonly SettingsSection[]>>>;

/** Every section of settings that a service has. */
type Section = (typeof DECLARED)[keyof typeof DECLARED][number];

type SectionSettings = { readonly [S in Section as S['name']]: ReturnType<S['defaults']> };

/**
 * Everything a node's renderers need to know, already decided: defaults < cluster.yaml < gitlab.rb. Renderers read
 * nothing else, so every source of configuration ends here.
 */
export interface NodeSettings extends SectionSettings {
  readonly timings: Timings;
}

/** Settings while the layers are being laid over each other. */
export type SettingsDraft = { -readonly [S in keyof NodeSettings]: Draft<NodeSettings[S]> };

/** One node's settings and what its own gitlab.rb decided of them: `section.setting`. */
export interface DecidedNode {
  readonly settings: NodeSettings;
  readonly decided: ReadonlySet<string>;
}

const BY_SERVICE: Readonly<Partial<Record<ServiceId, readonly SettingsSection[]>>> = DECLARED;

/** The sections of all services, in the order in which their keys are applied. */
export const SECTIONS: readonly SettingsSection[] = Object.values(DECLARED).flat();

/** The sections of one service. */
export function sectionsOf(id: ServiceId): readonly SettingsSection[] {
  return BY_SERVICE[id] ?? [];
}

/**
 * The settings of one node as they follow from the cluster alone: who joins whom, quorums for this number of
 * nodes, and the timings of the chosen profile.
 *
 * @param cluster the cluster; addresses may be the workspace's or the lab's, they are taken as they are
 * @param node one of the cluster's nodes
 */
export function defaultSettings(cluster: Cluster, node: ClusterNode): NodeSettings {
  const { timings } = TIMING_PROFILES[cluster.lab.timings];
  const sections = SECTIONS.map((section) => [section.name, section.defaults({ cluster, node, timings })]);
  return { timings, ...(Object.fromEntries(sections) as SectionSettings) };
}

/** The same settings, to be changed. */
export function draftOf(settings: NodeSettings): SettingsDraft {
  const parts = Object.entries(settings).map(([name, part]: [string, object]) => [name, { ...part }]);
  return Object.fromEntries(parts) as SettingsDraft;
}

/** A section's part of a node's settings. */
export function sectionOf<T extends object>(settings: NodeSettings, section: SettingsSection<string, T>): T {
  // A section's name is its place: the type above is made of the same list.
  return settings[section.name as Section['name']] as unknown as T;
}

/** What live sources are found by besides ports, of all services, by name. */
export function declaredBy(settings: NodeSettings): Declared {
  const parts = SECTIONS.map((section) => section.declares?.(sectionOf(settings, section)));
  return Object.assign({}, ...parts) as Declared;
}

/** The host by which clients reach a service that runs outside the nodes; undefined where no file says it. */
export function reachedAt(id: ServiceId, settings: NodeSettings): string | undefined {
  return sectionsOf(id)
    .map((section) => section.reachedAt?.(sectionOf(settings, section)))
    .find((host) => host !== undefined);
}

/** Addresses by which people reach what the services of a node serve, as URLs. */
export function siteUrls(settings: NodeSettings): readonly string[] {
  return SECTIONS.flatMap((section) => section.urls?.(sectionOf(settings, section)) ?? []);
}

/** Decides what no node's file decides alone. @param nodes in the order of the cluster */
export function settleSettings(nodes: readonly DecidedNode[]): readonly NodeSettings[] {
  const drafts = nodes.map(({ settings }): NodeSettings => ({ ...settings }));
  for (const section of SECTIONS) {
    const settled = section.settle?.(nodes.map((node) => decidedIn(section, node)));
    settled?.forEach((part, index) => Object.assign(drafts[index] ?? {}, { [section.name]: part }));
  }
  return drafts;
}

function decidedIn(
  section: SettingsSection,
  { settings, decided }: DecidedNode,
): { readonly settings: object; readonly decided: ReadonlySet<string> } {
  const prefix = `${section.name}.`;
  const names = [...decided]
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length));
  return { settings: sectionOf(settings, section), decided: new Set(names) };
}
