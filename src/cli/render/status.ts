import { webUrl } from '../../presentation/lab-url';
import { translate } from '../../words/message';
import type { Message } from '../../words/message';
import { whereIs } from '../../services/where-is';
import type { Cluster } from '../../cluster/cluster';
import { nodesRunning } from '../../services/placement';
import { SERVICES, deployedServices } from '../../services/registry';
import type { ServiceId } from '../../services/registry';
import { isLeading } from '../../services/core/live/health';
import { SUMMARIES } from '../../services/summaries';
import { TIMING_PROFILES } from '../../cluster/timing';
import type { LabInfo } from '../../lab/lab-service';
import type { ClusterState, NodeState, ServiceState } from '../../observe/state';
import { workspaceAddress } from '../../presentation/workspace-address';
import { healthPaint } from './style';
import type { Style } from './style';
import { labJson } from './lab-json';
import { fittingTable, labelled, wrapped } from './fit';
import { table, visibleWidth } from './table';
import { ageText } from '../../presentation/words/time-text';
import { serviceVersion } from './versions';
import type { Localizer } from '../../presentation/words/localizer';
import { declared } from '../../presentation/words/localizer';

/** What a status view shows. */
export interface StatusView {
  readonly lab: LabInfo;
  readonly state: ClusterState;
  /** Why the cluster is not whole; empty when it is. */
  readonly notWhole: readonly Message[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Services of the lab in whose place something of ours runs, by their titles. */
function standIns({ cluster }: LabInfo): readonly string[] {
  const running = deployedServices().filter((service) => nodesRunning(cluster, service).length > 0);
  return running.filter(({ standIn }) => standIn === true).map(({ title }) => title);
}

/** What is behind the VIP is to be explained: a stand-in, or nothing of GitLab's at all. */
function httpLine(lab: LabInfo, l10n: Localizer): string {
  const url = webUrl(lab);
  if (url === undefined) return l10n.t('not reachable: the gateway is down');
  if (standIns(lab).length > 0) return l10n.t('{0} (a stand-in for the GitLab application)', url);
  return l10n.t("{0} (HAProxy's own health page; this lab runs no GitLab application)", url);
}

function vipLine(lab: LabInfo, state: ClusterState, style: Style): string {
  const { holders } = state.vip;
  const address = workspaceAddress(lab, state.vip.address);
  if (holders.length === 0) return `${address} ${style.yellow(style.l10n.t('holder unknown or none'))}`;
  const held = style.l10n.t('{0} on {1}', address, [...holders].sort().join(', '));
  return holders.length > 1 ? `${held} ${style.yellow(style.l10n.t('(more than one holder)'))}` : held;
}

/** The lab's own network, where what is shown are the addresses of the files. */
function networkLines(
  { cluster, addresses }: LabInfo,
  l10n: Localizer,
): readonly (readonly [string, string])[] {
  if (Object.entries(addresses).every(([own, mapped]) => own === mapped)) return [];
  return [[l10n.t('Network'), l10n.t('{0}; addresses shown are those of your files', cluster.subnet)]];
}

/** More reasons than this are not read: the table below says the same in detail. */
const REASONS_SHOWN = 3;

/** Whether the cluster could lose a node now without an outage of its own making. */
function wholeLine(reasons: readonly Message[], style: Style): string {
  if (reasons.length === 0) return style.green(style.l10n.t('yes'));
  const shown = reasons.slice(0, REASONS_SHOWN).map((reason) => translate(reason, style.l10n));
  const left = reasons.length - REASONS_SHOWN;
  const more = left > 0 ? `; ${style.l10n.t('and {0} more', left)}` : '';
  return `${style.yellow(style.l10n.t('no'))}: ${shown.join('; ')}${more}`;
}

/** What the lab does not run, by the names people know. */
export function notDeployed(cluster: Cluster): string {
  return SERVICES.filter((candidate) => !candidate.deployed || nodesRunning(cluster, candidate).length === 0)
    .map((candidate) => candidate.title)
    .join(', ');
}

/** The lines above the table, as label and text. */
export function summaryLines(view: StatusView, style: Style): readonly (readonly [string, string])[] {
  const { lab, state, notWhole } = view;
  const profile = TIMING_PROFILES[lab.cluster.lab.timings];
  return [
    ['VIP', vipLine(lab, state, style)],
    [webUrl(lab)?.startsWith('https:') === true ? 'HTTPS' : 'HTTP', httpLine(lab, style.l10n)],
    ...networkLines(lab, style.l10n),
    ...SUMMARIES.flatMap((of) => {
      const line = of.line(state, lab.versions);
      return line === undefined
        ? []
        : [[declared(of.title, style.l10n), translate(line, style.l10n)] as const];
    }),
    [
      style.l10n.t('Timings'),
      style.l10n.t(
        '{0} (--timings {1}); compare with `gitlab-ha timings`',
        declared(profile.title, style.l10n),
        profile.id,
      ),
    ],
    [style.l10n.t('Whole'), wholeLine(notWhole, style)],
  ];
}

function roleText(role: ServiceState['role'], style: Style): string {
  if (role === undefined) return '-';
  return isLeading(role) ? style.bold(role) : role;
}

function address(node: NodeState, id: ServiceId, lab: LabInfo): string {
  return whereIs(id, node, lab.sources ?? {}, (address) => workspaceAddress(lab, address)) ?? '-';
}

function containerRow(node: NodeState, lab: LabInfo, style: Style): readonly string[] {
  const notes = [
    node.connected === false ? style.l10n.t('cut from the network') : '',
    node.holdsVip === true ? 'VIP' : '',
  ];
  return [
    style.bold(node.name),
    'container',
    healthPaint(style, node.health)(node.health),
    notes.filter((note) => note !== '').join(', ') || '-',
    '-',
    workspaceAddress(lab, node.address),
    node.container,
  ];
}

function serviceRow(node: NodeState, state: ServiceState, lab: LabInfo, style: Style): readonly string[] {
  return [
    '',
    state.service,
    healthPaint(style, state.health)(state.health),
    roleText(state.role, style),
    serviceVersion(state, lab.versions),
    address(node, state.service, lab),
    state.process === 'down'
      ? style.l10n.t('down: {0}', translate(state.detail, style.l10n))
      : translate(state.detail, style.l10n),
  ];
}

const headings = (l10n: Localizer): readonly string[] => [
  l10n.t('NODE'),
  l10n.t('SERVICE'),
  l10n.t('HEALTH'),
  l10n.t('ROLE'),
  l10n.t('VERSION'),
  l10n.t('ADDRESS'),
  l10n.t('DETAIL'),
];

/**
 * One row per node and one per service.
 * @param width columns of the terminal; what has no room beside a service that is not ok stands below it
 */
export function statusTable(lab: LabInfo, state: ClusterState, style: Style, width = Infinity): string {
  const heading = headings(style.l10n).map(style.bold);
  const rows = state.nodes.flatMap((node): readonly StatusRow[] => [
    { cells: containerRow(node, lab, style), told: node.health === 'ok' },
    ...node.services.map((entry) => ({
      cells: serviceRow(node, entry, lab, style),
      // Why nothing is known of the services of a node that does not run stands at the node.
      told: entry.health === 'ok' || node.container !== 'running',
    })),
  ]);
  const all = [heading, ...rows.map(({ cells }) => cells)];
  const full = table(all);
  if (full.split('\n').every((line) => visibleWidth(line) <= width)) return full;
  const [first = '', ...lines] = fittingTable(
    all.map((cells) => cells.slice(0, DETAIL)),
    width,
    [VERSION, ADDRESS],
  );
  return [first, ...lines.flatMap((line, at) => [line, ...detailBelow(rows[at], width, style)])].join('\n');
}

/** Columns of the table that can be left out. */
const [VERSION, ADDRESS, DETAIL] = [4, 5, 6];
const DETAIL_INDENT = 9;

interface StatusRow {
  readonly cells: readonly string[];
  /** True when its detail says nothing new. */
  readonly told: boolean;
}

/** Why something is not ok, below its row. */
function detailBelow(row: StatusRow | undefined, width: number, style: Style): readonly string[] {
  const detail = row?.cells[DETAIL] ?? '';
  if (row === undefined || row.told || detail === '') return [];
  return wrapped(detail, width - DETAIL_INDENT).map((line) => ' '.repeat(DETAIL_INDENT) + style.dim(line));
}

function matrixCell(node: NodeState, id: ServiceId, style: Style): string {
  const entry = node.services.find((candidate) => candidate.service === id);
  if (entry === undefined) return '-';
  const health = healthPaint(style, entry.health)(entry.health);
  return entry.role === undefined ? health : `${health} ${roleText(entry.role, style)}`;
}

/** The same in little space: a row per service, a column per node. */
export function statusMatrix(state: ClusterState, style: Style): string {
  const ids = [...new Set(state.nodes.flatMap((node) => node.services.map((entry) => entry.service)))];
  const heading = [
    style.l10n.t('SERVICE'),
    ...state.nodes.map((node) => node.name + (node.holdsVip === true ? ' (VIP)' : '')),
  ];
  const containers = state.nodes.map((node) =>
    node.connected === false ? `${node.container}, ${style.l10n.t('cut')}` : node.container,
  );
  return table([
    heading.map((cell) => style.bold(cell)),
    ['container', ...containers],
    ...ids.map((id) => [id, ...state.nodes.map((node) => matrixCell(node, id, style))]),
  ]);
}

/** First line: name, health and age. */
export function titleLine(view: StatusView, style: Style): string {
  const health = healthPaint(style, view.state.health)(view.state.health);
  return style.l10n.t(
    '{0}: {1}, deployed {2} ago',
    style.bold(style.l10n.t('Lab {0}', view.lab.name)),
    health,
    ageText(view.now - (view.lab.updatedAt ?? view.lab.createdAt)),
  );
}

/**
 * The whole picture: title, summary, table, and what this version does not run.
 * @param width columns of a line; Infinity for whole lines
 */
export function renderStatus(view: StatusView, style: Style, width = Infinity): string {
  const ours = standIns(view.lab).join(', ');
  const missing = notDeployed(view.lab.cluster);
  const real =
    ours === ''
      ? style.l10n.t('Real programs only, nothing here is a stand-in. Not in this lab: {0}.', missing)
      : style.l10n.t('Real programs but for {0}. Not in this lab: {1}.', ours, missing);
  return [
    titleLine(view, style),
    ...labelled(
      summaryLines(view, style).map(([label, text]) => [`  ${style.dim(label)}`, text]),
      width,
    ),
    '',
    statusTable(view.lab, view.state, style, width),
    '',
    ...wrapped(real, width).map(style.dim),
  ].join('\n');
}

/** The same for programs; the field names are part of the documented interface. */
export function statusJson(view: StatusView): string {
  const { lab, state, notWhole } = view;
  return JSON.stringify({ lab: labJson(lab), whole: notWhole.length === 0, notWhole, state }, undefined, 2);
}

/** Whom to sign in as, where there is a GitLab to sign in to. */
function clientSteps(lab: LabInfo, command: string, l10n: Localizer): readonly (readonly [string, string])[] {
  const offered = deployedServices().some(
    (service) => service.signIn !== undefined && nodesRunning(lab.cluster, service).length > 0,
  );
  if (!offered) return [];
  return [
    [l10n.t('Sign in to its GitLab'), `${command} login ${lab.name}`],
    [l10n.t('Clone from it'), `${command} clone PROJECT --name ${lab.name}`],
  ];
}

/** How to see, use and end what was deployed. */
export function renderNextSteps(lab: LabInfo, command: string, l10n: Localizer, width = Infinity): string {
  const steps = [
    [l10n.t('Watch it live'), `${command} watch ${lab.name}`],
    [
      l10n.t('Terminal on a node'),
      `${command} shell ${lab.cluster.nodes[0]?.name ?? 'node1'} --name ${lab.name}`,
    ],
    ...clientSteps(lab, command, l10n),
    [
      l10n.t('In VS Code'),
      l10n.t('open the "HA Lab" view in the activity bar: a running lab is found by itself'),
    ],
    [l10n.t('Destroy it'), `${command} down ${lab.name}`],
  ] as const;
  return labelled(
    steps.map(([label, text]) => [`  ${label}`, text]),
    width,
  ).join('\n');
}
