/**
 * The live halves of the services: what the observer knows of them. Apart from the registry, because the language
 * server needs no watchers.
 */
import { consulLive } from './consul/live';
import type { LiveService } from './core/live/live-service';
import { etcdLive } from './etcd/live';
import { gitalyLive } from './gitaly/live';
import { gitlabSshdLive } from './gitlab-sshd/live';
import { gitlabWorkhorseLive } from './gitlab-workhorse/live';
import { haproxyLive } from './haproxy/live';
import { keepalivedLive } from './keepalived/live';
import { nginxLive } from './nginx/live';
import { objectStorageLive } from './object-storage/live';
import { patroniLive } from './patroni/live';
import { pgbouncerLive } from './pgbouncer/live';
import { praefectLive } from './praefect/live';
import { pumaLive } from './puma/live';
import { redisLive } from './redis/live';
import { redisExporterLive } from './redis-exporter/live';
import type { DeployedServiceId } from './registry';
import { sentinelLive } from './sentinel/live';
import { sidekiqLive } from './sidekiq/live';

/** One for every deployed service, in the order in which people are told what is missing: the database first. */
export const LIVE = {
  patroni: patroniLive,
  consul: consulLive,
  etcd: etcdLive,
  redis: redisLive,
  keepalived: keepalivedLive,
  sentinel: sentinelLive,
  pgbouncer: pgbouncerLive,
  praefect: praefectLive,
  gitaly: gitalyLive,
  puma: pumaLive,
  sidekiq: sidekiqLive,
  'gitlab-workhorse': gitlabWorkhorseLive,
  nginx: nginxLive,
  'gitlab-sshd': gitlabSshdLive,
  haproxy: haproxyLive,
  'object-storage': objectStorageLive,
  'redis-exporter': redisExporterLive,
} as const satisfies Readonly<Record<DeployedServiceId, LiveService>>;

type Live = typeof LIVE;
type StateOf<Of> = Of extends LiveService<infer State> ? State : never;
type NodeStateOf<Of> = Of extends LiveService<unknown, infer NodeState> ? NodeState : never;
type KindOf<Of> = Of extends LiveService<unknown, unknown, infer Kind> ? Kind : never;

/** All of them at once. */
type All<Takers> = [Takers] extends [(all: infer Each) => void] ? Each : never;

/** What all services together add to the public state of the cluster. */
export type ServiceStates = All<{ [Id in keyof Live]: (state: StateOf<Live[Id]>) => void }[keyof Live]>;

/** What all services together add to the public state of a node. */
export type ServiceNodeStates = All<
  { [Id in keyof Live]: (state: NodeStateOf<Live[Id]>) => void }[keyof Live]
>;

/** Kinds of events that are a service's own. */
export type ServiceEventKind = { [Id in keyof Live]: KindOf<Live[Id]> }[keyof Live];
