import type { Cluster, ClusterNode } from '../../cluster/cluster';
import { parseIpv4 } from '../../cluster/ipv4';
import { machinesOf } from '../../cluster/machines';
import type { ClusterPorts, NodePorts } from '../../services/core/ports';
import { changedPorts } from '../../services/changed-ports';
import { placesOn } from '../../services/places';
import type { StatedPorts } from '../../services/changed-ports';
import { labCluster } from '../../services/lab-layers';
import { SERVICES } from '../../services/registry';
import { declaredBy } from '../../services/settings';
import type { NodeSettings } from '../../services/settings';
import type { LabSecrets } from '../../services/secrets';
import { profileOf } from '../profiles/profiles';
import type { RenderContext } from '../render/context';
import { renderHosts } from '../render/hosts';
import { siteNames } from '../render/site-names';
import type { AddressMap } from './address-map';
import { clusterInLab, mapAddresses, substituteAddresses, substituteDeep } from './address-map';
import { GATEWAY_PORTS } from '../published';
import type { PublishedWay } from '../published';
import { declaredIdleBackends, serversInUse } from './proxy/backend-servers';
import { entrancesOf, NO_ENTRANCES } from './entrances';
import { holdersOf } from './holders';
import { useLabInterface } from './lab-interface';
import { outsideShape, withMachines } from './outside';
import { haproxyFacts, keepalivedFacts, type ProxyFacts } from '../../workspace/proxies/addresses';
import { GATEWAY, containerName, descriptionName, networkName } from './names';
import { declaredSocket } from './proxy/statistics-socket';
import type { Plan, PlannedContainer, PlannedFile, PublishedPort } from './plan';
import type { ContainerShape } from './plan-hash';
import { combinedHash, filesHash, labelsHash, shapeHash } from './plan-hash';

/** The part of a workspace a plan needs; addresses are the workspace's. */
export interface PlannedWorkspace {
  readonly cluster: Cluster;
  readonly nodes: readonly {
    readonly node: ClusterNode;
    readonly settings: NodeSettings;
    readonly haproxyCfg: { readonly text: string };
    readonly keepalivedConf: { readonly text: string };
    readonly gitlabRb?: { readonly text: string };
  }[];
}

/** Turns settings into files; src/lab/render provides them. */
export interface Renderers {
  renderNode(context: RenderContext): readonly PlannedFile[];
  /** @param context any node's context; the gateway needs the cluster, the secrets and how clients come in */
  renderGateway(context: RenderContext): readonly PlannedFile[];
  /** @param context its node is the machine */
  renderOutside(context: RenderContext): readonly PlannedFile[];
}

export interface PlanInput {
  readonly workspace: PlannedWorkspace;
  /** A free /24. */
  readonly subnet: string;
  readonly secrets: LabSecrets;
  /** Reference of the node image. */
  readonly image: string;
  /** References of the images of services that run outside the nodes. */
  readonly serviceImages?: Readonly<Record<string, string>>;
  /** Labels of what is made now; the engine leaves existing ones as they are. Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly renderers: Renderers;
  /** Names of the labels; given, because labels belong to the engine. */
  readonly labels: PlanLabels;
}

export interface PlanLabels {
  readonly lab: string;
  readonly node: string;
  readonly role: string;
  readonly hash: string;
  readonly cluster: string;
  readonly addresses: string;
  readonly created: string;
  readonly sources: string;
}

const GATEWAY_MEMORY_MB = 256;
/** VRRP and the virtual address need it; nothing else is added. */
const NODE_CAPABILITIES = ['NET_ADMIN'];
const NODE_SYSCTLS = {
  // HAProxy binds the virtual address on nodes that do not hold it.
  'net.ipv4.ip_nonlocal_bind': '1',
  // What was sent to a machine that vanished is given up after three seconds instead of a quarter of an hour: Praefect, for
  // one, would use connections to a lost database until each has made it wait.
  'net.ipv4.tcp_retries2': '3',
};

/**
 * The desired lab. Pure: the same input gives the same plan.
 * @throws RangeError when a subnet is none (the workspace reader refuses such a workspace earlier)
 */
export function makePlan(input: PlanInput): Plan {
  const { workspace } = input;
  const texts = workspace.nodes.flatMap((node) => [
    named(haproxyFacts(node.haproxyCfg.text)),
    named(keepalivedFacts(node.keepalivedConf.text)),
    node.gitlabRb?.text ?? '',
    JSON.stringify(node.settings),
  ]);
  const map = mapAddresses(workspace.cluster, input.subnet, texts);
  const settings = workspace.nodes.map((spec) => substituteDeep(spec.settings, map));
  const cluster = withMachines(labCluster(clusterInLab(workspace.cluster, map)), map, settings[0]);
  const contexts = renderContexts(input, cluster, map, settings);
  const ports = portsOfAll(contexts);
  const common = commonLabels(input, cluster, map, contexts, ports);
  const containers = contexts.map((context) => nodeContainer(input, context, map, common));
  const first = contexts[0];
  const outside = first ? outsideContainers(input, first, common) : [];
  containers.push(...outside);
  if (first) containers.push(gatewayContainer(input, first, map, common));
  return {
    lab: cluster.name,
    images: [input.image, ...outside.map(({ image }) => image)].map((reference) => ({
      reference,
      from: 'recipe',
    })),
    network: {
      name: networkName(cluster.name),
      subnet: cluster.subnet,
      gateway: map.bridge,
      labels: { [input.labels.lab]: cluster.name, [input.labels.created]: String(input.createdAt) },
    },
    // Docker copies what the image has at a place into a new volume: 60 MB a node, twice the time of a creation. So
    // the nodes' data stays in their containers, and only other containers have volumes.
    volumes: outside
      .flatMap(({ mounts }) => mounts)
      .map(({ volume }) => ({
        name: volume,
        labels: { [input.labels.lab]: cluster.name, [input.labels.created]: String(input.createdAt) },
      })),
    description: {
      name: descriptionName(cluster.name, labelsHash({ ...common, [input.labels.created]: '' })),
      labels: common,
    },
    containers,
    holders: holdersOf(cluster),
    serversInUse: serversInUseOf(contexts, cluster, ports),
    hash: combinedHash(containers.flatMap(({ shapeHash: shape, filesHash: files }) => [shape, files])),
  };
}

/** What a proxy's file names outside its comments. */
function named({ addresses }: ProxyFacts): string {
  return addresses.map(({ text }) => text).join(' ');
}

/** @param settings of the nodes in their order, with the lab's addresses */
function renderContexts(
  input: PlanInput,
  cluster: Cluster,
  map: AddressMap,
  settings: readonly NodeSettings[],
): readonly RenderContext[] {
  const allSettings = Object.fromEntries(
    input.workspace.nodes.map((spec, index) => [spec.node.name, settings[index] as NodeSettings]),
  );
  return input.workspace.nodes.map((spec) => ({
    cluster,
    node: { ...spec.node, address: map.addresses[spec.node.address] ?? spec.node.address },
    settings: allSettings[spec.node.name] as NodeSettings,
    allSettings,
    secrets: input.secrets,
    at: input.createdAt,
    haproxyCfg: substituteAddresses(spec.haproxyCfg.text, map),
    keepalivedConf: useLabInterface(substituteAddresses(spec.keepalivedConf.text, map)),
    ...(spec.gitlabRb ? { gitlabRb: substituteAddresses(spec.gitlabRb.text, map) } : {}),
  }));
}

function commonLabels(
  input: PlanInput,
  cluster: Cluster,
  map: AddressMap,
  contexts: readonly RenderContext[],
  ports: ClusterPorts,
): Readonly<Record<string, string>> {
  const [first] = contexts;
  return {
    [input.labels.lab]: cluster.name,
    [input.labels.cluster]: JSON.stringify(cluster),
    [input.labels.addresses]: JSON.stringify(map.addresses),
    [input.labels.created]: String(input.createdAt),
    [input.labels.sources]: JSON.stringify({
      ...(first ? declaredBy(first.settings) : {}),
      ...(first ? declaredSocket(first.haproxyCfg, cluster.haproxyVersion) : {}),
      ...(first ? declaredIdleBackends({ haproxyCfg: first.haproxyCfg, cluster, ports }) : {}),
      ports,
      places: Object.fromEntries(contexts.map((context) => [context.node.name, placesOn(context)])),
    }),
  };
}

/** Of every node's haproxy.cfg; it is mostly one text, and then read once. */
function serversInUseOf(
  contexts: readonly RenderContext[],
  cluster: Cluster,
  ports: ClusterPorts,
): readonly string[] {
  const texts = new Set(contexts.map(({ haproxyCfg }) => haproxyCfg));
  return [...new Set([...texts].flatMap((haproxyCfg) => serversInUse({ haproxyCfg, cluster, ports })))];
}

/** Of every machine. */
function portsOfAll(contexts: readonly RenderContext[]): ClusterPorts {
  const [first] = contexts;
  return Object.fromEntries([
    ...contexts.map((context) => [context.node.name, portsOn(context)] as const),
    ...(first ? portsOutside(first) : []),
  ]);
}

/** What gitlab.rb and haproxy.cfg change against the usual ports. */
function portsOn(context: RenderContext): NodePorts {
  const ports: Readonly<Record<string, number | undefined>> = entrancesOf(context);
  const stated = SERVICES.map(({ id, entrances = [] }) => [
    id,
    Object.fromEntries(entrances.map((name) => [name, ports[name]])),
  ]);
  return changedPorts(context.settings, Object.fromEntries(stated) as StatedPorts);
}

/** The same of the machines outside the nodes, each of which has the one service of its name. */
function portsOutside({ cluster, settings }: RenderContext): readonly (readonly [string, NodePorts])[] {
  const changed = changedPorts(settings);
  return (cluster.outside ?? []).flatMap(({ name }) => {
    const own = changed[name];
    return own === undefined ? [] : [[name, { [name]: own }] as const];
  });
}

function nodeContainer(
  input: PlanInput,
  context: RenderContext,
  map: AddressMap,
  common: Readonly<Record<string, string>>,
): PlannedContainer {
  const { cluster, node } = context;
  const files = [...input.renderers.renderNode(context), renderHosts(hostsOf(context, map))];
  return finish(input, common, files, {
    name: containerName(cluster.name, node.name),
    role: 'node',
    node: node.name,
    address: node.address,
    capabilities: NODE_CAPABILITIES,
    sysctls: NODE_SYSCTLS,
    memoryMb: cluster.lab.memoryMb,
    cpus: cluster.lab.cpus,
    publish: [],
    command: profileOf(cluster).init.node,
    ...sameForAll(input),
    hosts: {},
  });
}

/** Beside the nodes, as in real life: what fails with a node must not take them along. */
function outsideContainers(
  input: PlanInput,
  context: RenderContext,
  common: Readonly<Record<string, string>>,
): readonly PlannedContainer[] {
  const { cluster } = context;
  return (cluster.outside ?? []).map((machine) => {
    const shape = outsideShape(cluster, machine, input.serviceImages?.[machine.name] ?? '');
    return finish(input, common, input.renderers.renderOutside({ ...context, node: machine }), shape);
  });
}

function gatewayContainer(
  input: PlanInput,
  context: RenderContext,
  map: AddressMap,
  common: Readonly<Record<string, string>>,
): PlannedContainer {
  const { cluster } = context;
  const files = [...input.renderers.renderGateway(context), renderHosts(hostsOf(context, map))];
  return finish(input, common, files, {
    name: containerName(cluster.name, GATEWAY),
    role: 'gateway',
    node: GATEWAY,
    address: map.gateway,
    capabilities: [],
    sysctls: {},
    memoryMb: GATEWAY_MEMORY_MB,
    cpus: 0,
    publish: publishedBy(context),
    command: profileOf(cluster).init.gateway,
    ...sameForAll(input),
    // The nodes need seconds until they are well, and the gateway has nowhere to lead to before.
    startsAfter: cluster.nodes.map((node) => containerName(cluster.name, node.name)),
    hosts: {},
  });
}

/** HTTP always, for a browser is told there what is wrong; the others where the cluster has them. */
function publishedBy(context: RenderContext): readonly PublishedPort[] {
  const { lab, layers } = context.cluster;
  const { https, ssh } = layers.access.enabled ? entrancesOf(context) : NO_ENTRANCES;
  const publish = (way: PublishedWay, hostPort = 0): PublishedPort => ({
    containerPort: GATEWAY_PORTS[way],
    hostAddress: '127.0.0.1',
    hostPort,
  });
  return [
    publish('http', lab.httpPort),
    ...(https === undefined ? [] : [publish('https', lab.httpsPort)]),
    ...(ssh === undefined ? [] : [publish('ssh', lab.sshPort)]),
  ];
}

/** Nodes and gateway are of one image, hold their data themselves; nodes start at once. */
function sameForAll({
  image,
}: PlanInput): Pick<ContainerShape, 'image' | 'environment' | 'mounts' | 'startsAfter'> {
  return { image, environment: {}, mounts: [], startsAfter: [] };
}

/** Every machine of the lab by name, and the site, so that names work without Docker's resolver. */
function hostsOf(context: RenderContext, map: AddressMap): Readonly<Record<string, string>> {
  const { cluster } = context;
  const site = siteNames(context).filter((name) => parseIpv4(name) === undefined && name !== 'localhost');
  const nodes = machinesOf(cluster).flatMap(({ name, address, host }) =>
    [name, ...(host === undefined || parseIpv4(host) !== undefined ? [] : [host])].map(
      (each) => [each, address] as const,
    ),
  );
  const names = Object.entries(map.addresses).filter(([name]) => parseIpv4(name) === undefined);
  return Object.fromEntries([
    ...site.map((name) => [name, cluster.vip] as const),
    ...names,
    ...nodes,
    [GATEWAY, map.gateway],
  ]);
}

function finish(
  input: PlanInput,
  common: Readonly<Record<string, string>>,
  files: readonly PlannedFile[],
  shape: ContainerShape,
): PlannedContainer {
  const hash = shapeHash(shape);
  return {
    ...shape,
    files,
    filesHash: filesHash(files, input.secrets),
    shapeHash: hash,
    labels: {
      ...common,
      [input.labels.node]: shape.node,
      [input.labels.role]: shape.role,
      [input.labels.hash]: hash,
    },
  };
}
