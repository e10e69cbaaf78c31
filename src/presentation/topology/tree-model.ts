/** The topology tree as pure data: what Docker and the observer know about a lab, as rows. */
import { translate } from '../../words/message';
import { LAYERS } from '../../cluster/layer';
import type { Cluster } from '../../cluster/cluster';
import type { Layer, LayerId } from '../../cluster/layer';
import { machinesOf } from '../../cluster/machines';
import { isChosen, nodesRunning, servicesOn } from '../../services/placement';
import { deployedServices, service as serviceOf, signsIn } from '../../services/registry';
import type { Service } from '../../services/registry';
import { switchoverOf } from '../../services/switchovers';
import type { ContainerState, Health, NodeState, ServiceState } from '../../observe/state';
import { aggregateHealth, isLeading } from '../../services/core/live/health';
import { healthText, roleText } from '../words/health-text';
import type { Localizer } from '../words/localizer';
import type { LabSnapshot } from '../lab-snapshot';
import { absentLayers, absentTitle, isAvailable } from './absent-layers';
import { contentRows } from './content-rows';
import { healthIcon, healthTone, layerIcon, nodeIcon } from './icons';
import { gatewayRow, labDescription, labHealth, nodeDescription } from './lab-rows';
import { shownNodes, SILENT } from './starting';
import type { GroupBy, TreeNode } from './tree-node';
import { declared } from '../words/localizer';

interface Context {
  readonly lab: LabSnapshot;
  readonly l10n: Localizer;
  readonly nodes: readonly NodeState[];
  /** Which lab belongs to this window is said. */
  readonly marked: boolean;
}

/** Rows of all labs: those of this window first, each kind sorted by name. */
export function buildTree(
  labs: readonly LabSnapshot[],
  groupBy: GroupBy,
  l10n: Localizer,
): readonly TreeNode[] {
  const rank = ({ own }: LabSnapshot): number => (own === true ? 0 : 1);
  const sorted = [...labs].sort((a, b) => rank(a) - rank(b) || a.info.name.localeCompare(b.info.name));
  // With a single lab there is nothing to tell apart.
  const marked = labs.length > 1;
  return sorted.map((lab) => labRow({ lab, l10n, nodes: shownNodes(lab, nodesOf(lab)), marked }, groupBy));
}

/** Nodes in the cluster's order, filled in from Docker's labels where nothing was observed yet. */
function nodesOf(lab: LabSnapshot): readonly NodeState[] {
  return machinesOf(lab.info.cluster).map((node) => {
    const observed = lab.state?.nodes.find((candidate) => candidate.name === node.name);
    if (observed) return observed;
    const container = lab.info.containers.find((candidate) => candidate.node === node.name);
    return {
      name: node.name,
      address: node.address,
      container: container?.state ?? 'missing',
      connected: undefined,
      holdsVip: undefined,
      health: 'unknown',
      services: [],
    };
  });
}

function labRow(context: Context, groupBy: GroupBy): TreeNode {
  const { info, activity } = context.lab;
  const name = info.name;
  const health = labHealth(context.lab);
  const said = activity ?? labDescription(context.lab, context.l10n);
  const own = context.marked && context.lab.own === true;
  const description = own ? `${context.l10n.t('this window')} · ${said}` : said;
  const rows = groupBy === 'layer' ? layerRows(context) : context.nodes.map((node) => nodeRow(context, node));
  const children = [...rows, gatewayRow(context.lab, context.l10n)];
  return {
    id: `lab:${name}`,
    target: { kind: 'lab', lab: name },
    label: name,
    description,
    icon: activity === undefined ? 'server-environment' : 'loading~spin',
    tone: activity === undefined ? healthTone(health) : 'quiet',
    contextValue: `;lab;${info.phase};${activity === undefined ? '' : 'busy;'}${holdsProjects(info.cluster)}`,
    accessibleLabel: context.l10n.t('Lab {0}, {1}', name, description),
    expanded: true,
    children: activity === undefined ? children : children.map(withoutAlarm),
  };
}

/** While a lab is built up or taken down, what is not there is no failure. */
function withoutAlarm(row: TreeNode): TreeNode {
  const children = row.children.map(withoutAlarm);
  if (row.tone !== 'bad') return { ...row, children };
  return { ...row, children, tone: 'quiet', icon: row.icon === 'error' ? 'circle-large-outline' : row.icon };
}

function layerRows(context: Context): readonly TreeNode[] {
  const absent = absentLayers(context.lab.info.cluster);
  const rows = LAYERS.filter((layer) => !absent.includes(layer)).map((layer) => layerRow(context, layer));
  return absent.length === 0 ? rows : [...rows, absentRow(context, absent)];
}

function layerRow(context: Context, layer: Layer): TreeNode {
  const { cluster, name } = context.lab.info;
  const id = `lab:${name}/layer:${layer.id}`;
  const target = { kind: 'layer', lab: name, layer: layer.id } as const;
  const services = deployedServices().filter(
    (candidate) => candidate.layer === layer.id && isChosen(cluster, candidate),
  );
  const placement = cluster.layers[layer.id];
  if (!placement.enabled) {
    const off = context.l10n.t('switched off in cluster.yaml');
    return quietLayer(id, target, declared(layer.title, context.l10n), layerIcon(layer.id), off);
  }
  const placed = services.map((service) => ({ service, nodes: nodesOfService(context, service) }));
  const groups = placed.map(({ service, nodes }) => groupRow(context, service, id, nodes));
  const healths = placed.flatMap(({ service, nodes }) =>
    nodes.map((node) => healthOn(context, node, service).health),
  );
  const health = aggregateHealth(healths);
  return {
    id,
    target,
    label: declared(layer.title, context.l10n),
    description: health === 'ok' ? '' : healthText(health, context.l10n),
    icon: layerIcon(layer.id),
    tone: healthTone(health),
    contextValue: `;layer;${clones(layer.id)}`,
    accessibleLabel: context.l10n.t(
      'Layer {0}, {1}',
      declared(layer.title, context.l10n),
      healthText(health, context.l10n),
    ),
    expanded: true,
    children: [
      ...groups,
      ...contentRows(
        context.lab,
        services.map((service) => service.id),
        id,
        context.l10n,
      ),
    ],
  };
}

/** One row, collapsed, for all that the lab does not run. */
function absentRow({ lab, l10n }: Context, absent: readonly Layer[]): TreeNode {
  const { name } = lab.info;
  const children = absent.map((layer) =>
    quietLayer(
      `lab:${name}/layer:${layer.id}`,
      { kind: 'layer', lab: name, layer: layer.id },
      declared(layer.title, l10n),
      layerIcon(layer.id),
      isAvailable(layer)
        ? l10n.t('not among the layers of this lab')
        : l10n.t('not deployed in this version'),
    ),
  );
  const label = absentTitle(absent, l10n);
  const description = l10n.t('{0} layers', absent.length);
  return {
    id: `lab:${name}/absent`,
    target: { kind: 'absent', lab: name },
    label,
    description,
    icon: 'circle-slash',
    tone: 'quiet',
    contextValue: ';absent;',
    accessibleLabel: `${label}, ${description}`,
    expanded: false,
    children,
  };
}

function nodesOfService(context: Context, service: Service): readonly string[] {
  return nodesRunning(context.lab.info.cluster, service).map(({ name }) => name);
}

function quietLayer(
  id: string,
  target: TreeNode['target'],
  label: string,
  icon: string,
  description: string,
): TreeNode {
  return {
    id,
    target,
    label,
    description,
    icon,
    tone: 'quiet',
    contextValue: ';layer;absent;',
    accessibleLabel: `${label}, ${description}`,
    expanded: false,
    children: [],
  };
}

/** A service over all its nodes; its description sums the nodes up, so it can stay collapsed. */
function groupRow(context: Context, service: Service, parent: string, nodes: readonly string[]): TreeNode {
  const lab = context.lab.info.name;
  const id = `${parent}/service:${service.id}`;
  const rows = nodes.map((node) => serviceRow(context, node, service, id, node));
  const states = nodes.map((node) => ({ node, state: healthOn(context, node, service) }));
  const health = aggregateHealth(states.map(({ state }) => state.health));
  const summary = groupSummary(states, health, context.l10n);
  return {
    id,
    target: { kind: 'group', lab, service: service.id },
    label: service.shortTitle ?? service.title,
    description: summary,
    icon: healthIcon(health),
    tone: healthTone(health),
    contextValue: `;group;${handsOver(service)}${clones(service.layer)}`,
    accessibleLabel: `${service.title}, ${healthText(health, context.l10n)}, ${summary}`,
    expanded: false,
    children: rows,
  };
}

function groupSummary(
  states: readonly { readonly node: string; readonly state: ServiceState }[],
  health: Health,
  l10n: Localizer,
): string {
  const healthy = states.filter(({ state }) => state.health === 'ok').length;
  if ((health === 'unknown' || health === 'starting') && healthy === 0) return healthText(health, l10n);
  const counted = l10n.t('{0} of {1}', healthy, states.length);
  const first = states.find(({ state }) => isLeading(state.role));
  if (!first?.state.role) return counted;
  // Who leads comes first: a narrow side bar cuts the end off.
  return `${l10n.t('{0} {1}', roleText(first.state.role, l10n), first.node)} · ${counted}`;
}

function nodeRow(context: Context, node: NodeState): TreeNode {
  const { info } = context.lab;
  const id = `lab:${info.name}/node:${node.name}`;
  const services = servicesOn(info.cluster, node.name);
  const description = nodeDescription(node, context.lab, context.l10n);
  return {
    id,
    target: { kind: 'node', lab: info.name, node: node.name },
    label: node.name,
    description,
    icon: nodeIcon(node.container, node.connected),
    tone: healthTone(node.health),
    contextValue: nodeContext(node.container, node.connected),
    opens: true,
    accessibleLabel: context.l10n.t(
      'Node {0}, {1}, {2}',
      node.name,
      healthText(node.health, context.l10n),
      description,
    ),
    expanded: true,
    children: services.map((service) =>
      serviceRow(context, node.name, service, id, service.shortTitle ?? service.title),
    ),
  };
}

function nodeContext(container: ContainerState, connected: boolean | undefined): string {
  const network = connected === undefined ? '' : connected ? 'connected;' : 'cut;';
  return `;node;${container};${network}address;`;
}

/** What is known about a service on a node; `unknown` where nothing was observed. */
function healthOn(context: Context, node: string, service: Service): ServiceState {
  const found = context.nodes
    .find((candidate) => candidate.name === node)
    ?.services.find((candidate) => candidate.service === service.id);
  const health = context.lab.deploying === true ? 'starting' : 'unknown';
  return found ?? { service: service.id, health, process: 'unknown', detail: SILENT, facts: {} };
}

/** What a row says besides the role; what a service on its way complains about, its tooltip says. */
function troubleText(state: ServiceState, text: string, l10n: Localizer): string | undefined {
  const { health } = state;
  const detail = translate(state.detail, l10n);
  if (health === 'ok') return undefined;
  return health === 'starting' || detail === '' ? text : detail;
}

/** For services that hand a role over in good order. */
function handsOver({ id }: Service): string {
  return switchoverOf(id) ? 'switchover;' : '';
}

function serviceRow(
  context: Context,
  node: string,
  service: Service,
  parent: string,
  label: string,
): TreeNode {
  const lab = context.lab.info.name;
  const state = healthOn(context, node, service);
  const health = healthText(state.health, context.l10n);
  const role = state.role === undefined ? undefined : roleText(state.role, context.l10n);
  const trouble = troubleText(state, health, context.l10n);
  const description = [role, trouble].filter((part) => part !== undefined).join(' · ');
  const web = service.web === undefined ? '' : 'web;';
  const on = context.nodes.find((candidate) => candidate.name === node);
  const network = on?.connected === undefined ? '' : on.connected ? 'net-connected;' : 'net-cut;';
  const place = `on-${on?.container ?? 'unknown'};${network}`;
  const base = serviceOf(service.id).title;
  return {
    id: `${parent}/on:${node}:${service.id}`,
    target: { kind: 'service', lab, node, service: service.id },
    label,
    description,
    icon: healthIcon(state.health),
    tone: healthTone(state.health),
    contextValue: `;service;${state.process};${place}address;${web}${handsOver(service)}${clones(service.layer)}`,
    opens: true,
    accessibleLabel: [
      context.l10n.t('{0} on {1}', base, node),
      role,
      health,
      translate(state.detail, context.l10n),
    ]
      .filter((part) => part !== undefined && part !== '')
      .join(', '),
    expanded: false,
    children: [],
  };
}

/** Rows from which repositories are cloned. */
function clones(layer: LayerId): string {
  return signsIn(layer) ? 'projects;' : '';
}

function holdsProjects({ layers }: Cluster): string {
  return LAYERS.some(({ id }) => layers[id].enabled && signsIn(id)) ? 'projects;' : '';
}
