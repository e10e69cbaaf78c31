/** What a row's tooltip says, as Markdown; made only when somebody points at the row. */
import { sshUrl, webUrl } from '../lab-url';
import { translate } from '../../words/message';
import { machinesOf } from '../../cluster/machines';
import { LAYERS } from '../../cluster/layer';
import { absentLayers, absentTitle } from './absent-layers';
import { portsOf } from '../../services/ports';
import { service as serviceOf } from '../../services/registry';
import type { ServiceId } from '../../services/registry';
import type { ServicePort } from '../../services/core/service';
import { SUMMARIES } from '../../services/summaries';
import { TIMING_PROFILES } from '../../cluster/timing';
import { atStake } from '../../observe/at-stake';
import type { NodeState } from '../../observe/state';
import { containerText, healthText, roleText } from '../words/health-text';
import type { Localizer } from '../words/localizer';
import { escapeMarkdown, factTable } from '../words/markdown';
import { workspaceAddress } from '../workspace-address';
import type { LabSnapshot } from '../lab-snapshot';
import { labHealth } from './lab-rows';
import type { Target } from './tree-node';
import { declared } from '../words/localizer';

type Rows = (readonly [string, string])[];

/** Markdown for a row; undefined where the row says everything. */
export function tooltip(target: Target, lab: LabSnapshot, l10n: Localizer): string | undefined {
  switch (target.kind) {
    case 'lab':
      return labTooltip(lab, l10n);
    case 'layer': {
      const layer = LAYERS.find((candidate) => candidate.id === target.layer);
      return (
        layer &&
        page(
          l10n.t('Layer {0}: {1}', layer.number, declared(layer.title, l10n)),
          declared(layer.meaning, l10n),
          [],
        )
      );
    }
    case 'absent':
      return page(
        absentTitle(absentLayers(lab.info.cluster), l10n),
        l10n.t('Layers of GitLab that the lab does not run.'),
        [],
      );
    case 'group':
      return groupTooltip(lab, target.service, l10n);
    case 'node':
      return nodeTooltip(lab, target.node, l10n);
    case 'service':
      return serviceTooltip(lab, target, l10n);
    case 'contents':
      return contentsTooltip(lab, target, l10n);
    case 'gateway':
      return page(
        l10n.t('Gateway'),
        l10n.t(
          'The only container with a published port. It forwards to the virtual address {0}.',
          workspaceAddress(lab.info, lab.info.cluster.vip),
        ),
        [webUrl(lab.info), sshUrl(lab.info)].flatMap((url) =>
          url === undefined ? [] : [[l10n.t('On this machine'), url] as const],
        ),
      );
  }
}

function page(title: string, sentence: string, rows: Rows): string {
  const text = sentence === '' ? '' : `${escapeMarkdown(sentence)}\n\n`;
  return `**${escapeMarkdown(title)}**\n\n${text}${factTable(rows)}`.trimEnd();
}

function labTooltip(lab: LabSnapshot, l10n: Localizer): string {
  const { info, state } = lab;
  const profile = TIMING_PROFILES[info.cluster.lab.timings];
  const rows: Rows = [
    [l10n.t('State'), healthText(labHealth(lab), l10n)],
    ...vipRows(lab, l10n),
    [l10n.t('Timings'), `${declared(profile.title, l10n)}. ${declared(profile.description, l10n)}`],
  ];
  for (const { leads } of SUMMARIES) {
    const node = state && leads?.node(state);
    if (leads !== undefined && node !== undefined) rows.push([leads.title(l10n), node]);
  }
  for (const [program, version] of Object.entries(info.versions)) rows.push([program, version]);
  return page(l10n.t('Lab {0}', info.name), '', rows);
}

function nodeTooltip(lab: LabSnapshot, name: string, l10n: Localizer): string {
  const node = findNode(lab, name);
  const address =
    node?.address ?? machinesOf(lab.info.cluster).find((candidate) => candidate.name === name)?.address;
  const container = lab.info.containers.find((candidate) => candidate.node === name)?.state ?? 'missing';
  const rows: Rows = [
    [l10n.t('State'), healthText(node?.health ?? 'unknown', l10n)],
    [l10n.t('Container'), containerText(node?.container ?? container, l10n)],
  ];
  if (node?.connected !== undefined) {
    rows.push([l10n.t('Network'), node.connected ? l10n.t('connected') : l10n.t('cut')]);
  }
  if (node?.holdsVip === true) rows.push([l10n.t('Virtual address'), l10n.t('held by this node')]);
  rows.push(...addressRows(lab, address, l10n));
  const stakes = lab.state ? atStake({ node: name }, lab.state, lab.info.cluster) : [];
  rows.push(...stakes.map((stake) => [l10n.t('If it goes'), translate(stake, l10n)] as const));
  return page(name, '', rows);
}

/** What every node says of the service, which the row has no room for. */
function groupTooltip(lab: LabSnapshot, id: ServiceId, l10n: Localizer): string {
  const { title, ports } = serviceOf(id);
  const rows = (lab.state?.nodes ?? []).flatMap(({ name, services }): Rows => {
    const state = services.find(({ service }) => service === id);
    if (!state) return [];
    const role = state.role === undefined ? [] : [roleText(state.role, l10n)];
    const said = [
      ...role,
      healthText(state.health, l10n),
      state.health === 'ok' ? '' : translate(state.detail, l10n),
    ];
    return [[name, said.filter((part) => part !== '').join(', ')]];
  });
  return page(title, '', [...rows, ...portRows(ports, l10n)]);
}

function serviceTooltip(lab: LabSnapshot, target: Target & { kind: 'service' }, l10n: Localizer): string {
  const service = serviceOf(target.service);
  const node = findNode(lab, target.node);
  const state = node?.services.find((candidate) => candidate.service === target.service);
  const rows: Rows = [[l10n.t('State'), healthText(state?.health ?? 'unknown', l10n)]];
  if (state?.role !== undefined) rows.push([l10n.t('Role'), roleText(state.role, l10n)]);
  for (const [name, value] of Object.entries(state?.facts ?? {}))
    rows.push([declared(name, l10n), translate(value, l10n)]);
  rows.push(
    ...addressRows(lab, node?.address, l10n),
    ...portRows(portsOf(target.service, lab.info.sources?.ports?.[target.node]), l10n),
  );
  rows.push([l10n.t('Timings'), declared(TIMING_PROFILES[lab.info.cluster.lab.timings].title, l10n)]);
  return page(l10n.t('{0} on {1}', service.title, target.node), translate(state?.detail ?? '', l10n), rows);
}

/** What a thing is called in full, and how each of its parts is; undefined for all of them together. */
function contentsTooltip(
  { state, contents: keepers = [] }: LabSnapshot,
  { service, thing }: Target & { kind: 'contents' },
  l10n: Localizer,
): string | undefined {
  const contents = keepers.find((candidate) => candidate.service === service);
  const found = state && contents?.of(state)?.things.find(({ id }) => id === thing);
  if (found === undefined) return undefined;
  const rows = found.parts.map(({ name, health, detail }): readonly [string, string] => {
    const said = [healthText(health, l10n), detail === undefined ? '' : translate(detail, l10n)];
    return [name, said.filter((part) => part !== '').join(', ')];
  });
  return page(found.id, translate(found.detail, l10n), rows);
}

function portRows(ports: readonly ServicePort[], l10n: Localizer): Rows {
  if (ports.length === 0) return [];
  const text = ports
    .map((port) => (port.protocol === 'vrrp' ? 'VRRP' : `${port.port} (${port.name})`))
    .join(', ');
  return [[l10n.t('Ports'), text]];
}

function addressRows(lab: LabSnapshot, address: string | undefined, l10n: Localizer): Rows {
  if (address === undefined) return [];
  return [
    [l10n.t('Address'), workspaceAddress(lab.info, address)],
    [l10n.t('Address (lab)'), address],
  ];
}

function vipRows({ info }: LabSnapshot, l10n: Localizer): Rows {
  return [
    [l10n.t('Virtual address'), workspaceAddress(info, info.cluster.vip)],
    [l10n.t('Virtual address (lab)'), info.cluster.vip],
  ];
}

function findNode(lab: LabSnapshot, name: string): NodeState | undefined {
  return lab.state?.nodes.find((candidate) => candidate.name === name);
}
