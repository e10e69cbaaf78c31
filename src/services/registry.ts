import { alertmanager } from './alertmanager/service';
import { backup } from './backup/service';
import { consul } from './consul/service';
import { etcd } from './etcd/service';
import { gitaly } from './gitaly/service';
import { gitlabSshd } from './gitlab-sshd/service';
import { gitlabWorkhorse } from './gitlab-workhorse/service';
import { grafana } from './grafana/service';
import { haproxy } from './haproxy/service';
import { keepalived } from './keepalived/service';
import { nginx } from './nginx/service';
import { nodeExporter } from './node-exporter/service';
import { objectStorage } from './object-storage/service';
import { patroni } from './patroni/service';
import { pgbouncer } from './pgbouncer/service';
import { praefect } from './praefect/service';
import { prometheus } from './prometheus/service';
import { puma } from './puma/service';
import { redis } from './redis/service';
import { redisExporter } from './redis-exporter/service';
import { sentinel } from './sentinel/service';
import { sidekiq } from './sidekiq/service';
import type { LayerId } from '../cluster/layer';
import type { Secret } from './core/secrets';
import type { ServiceDefinition } from './core/service';

/** Every service of the model, in start order. A new one is a folder beside this file and a line here. */
const DEFINITIONS = [
  consul,
  etcd,
  patroni,
  pgbouncer,
  redis,
  sentinel,
  gitaly,
  praefect,
  puma,
  sidekiq,
  gitlabWorkhorse,
  nginx,
  gitlabSshd,
  haproxy,
  keepalived,
  objectStorage,
  prometheus,
  alertmanager,
  grafana,
  nodeExporter,
  redisExporter,
  backup,
] as const satisfies readonly ServiceDefinition[];

type Definition = (typeof DEFINITIONS)[number];

/** A component that runs on a node, under its runit name. */
export type ServiceId = Definition['id'];

type SecretOf<D> = D extends { readonly secrets: readonly (infer S extends Secret)[] } ? S : never;

/** Name of a secret that a service has. */
export type SecretName = SecretOf<Definition>['name'];

/** Those the core lab runs. */
export type DeployedServiceId = Extract<Definition, { readonly deployed: true }>['id'];

/** A definition as those see it who know no service by name. */
export interface Service extends ServiceDefinition {
  readonly id: ServiceId;
}

export interface DeployedService extends Service {
  readonly id: DeployedServiceId;
}

export const SERVICES: readonly Service[] = DEFINITIONS;

/** The service with this id. */
export function service(id: ServiceId): Service {
  const found = SERVICES.find((candidate) => candidate.id === id);
  if (!found) throw new RangeError(`no such service: ${id}`);
  return found;
}

/** The services the core lab runs, in start order. */
export function deployedServices(): readonly DeployedService[] {
  return SERVICES.filter((candidate): candidate is DeployedService => candidate.deployed);
}

/** True for a layer in which people sign in to something. */
export function signsIn(layer: LayerId): boolean {
  return SERVICES.some((candidate) => candidate.layer === layer && candidate.signIn !== undefined);
}
