import { isMap, type Node as YamlNode } from 'yaml';
import type { Range } from '../finding/finding';
import { DCS_IDS } from './cluster';
import { keyNames } from './cluster-keys';
import { exampleAddress } from './examples';
import { isLayerId, LAYERS, type LayerId } from './layer';
import { TIMING_PROFILES, type TimingProfileId } from './timing';
import type { Field, Located, YamlReader } from './yaml-reader';

/** What cluster.yaml says, still with its places; undefined where it says nothing usable. */
export interface ClusterDraft {
  readonly range: Range;
  readonly name: Located<string> | undefined;
  readonly domain: Located<string> | undefined;
  readonly gitlabVersion: Located<string> | undefined;
  readonly haproxyVersion: Located<string> | undefined;
  readonly dcs: Located<string> | undefined;
  readonly subnet: Located<string> | undefined;
  readonly vip: Located<string> | undefined;
  readonly nodes: Located<readonly NodeDraft[]> | undefined;
  readonly layers: ReadonlyMap<LayerId, LayerDraft>;
  readonly lab: LabDraft;
}

export interface NodeDraft {
  readonly range: Range;
  readonly name: Located<string> | undefined;
  readonly address: Located<string> | undefined;
  readonly host: Located<string> | undefined;
}

export interface LayerDraft {
  readonly key: Located<string>;
  readonly enabled: Located<boolean> | undefined;
  readonly nodes: Located<readonly Located<string>[]> | undefined;
  readonly voters: Located<readonly Located<string>[]> | undefined;
  readonly poolers: Located<readonly Located<string>[]> | undefined;
}

/** Keys of section `lab` that say a port of this machine. */
const PORT_KEYS = ['http_port', 'https_port', 'ssh_port'] as const;
export type PortKey = (typeof PORT_KEYS)[number];

export interface LabDraft {
  readonly profile: Located<string> | undefined;
  readonly timings: Located<TimingProfileId> | undefined;
  readonly memoryMb: Located<number> | undefined;
  readonly cpus: Located<number> | undefined;
  /** Of this machine, by their keys. */
  readonly ports: ReadonlyMap<PortKey, Located<number>>;
  readonly layers: Located<readonly LayerId[]> | undefined;
}

const LAYER_IDS = LAYERS.map((layer) => layer.id);

/** Reads the root mapping of cluster.yaml into a draft; what is missing or mistyped becomes a finding. */
export function readDraft(reader: YamlReader, root: YamlNode | undefined, at: Range): ClusterDraft {
  const top = reader.fields(root, at, 'cluster.yaml', keyNames());
  if (isMap(root)) {
    reader.require(top, at, 'cluster.yaml', {
      name: 'name: sample',
      network: 'network: { subnet: 172.30.0.0/24, vip: 172.30.0.100 }',
      nodes: 'nodes: [{ name: node1, address: 172.30.0.11 }, …]',
    });
  }
  const network = readNetwork(reader, top.get('network'));
  return {
    range: at,
    name: reader.string(top.get('name'), 'the name'),
    domain: reader.string(top.get('domain'), 'the domain'),
    gitlabVersion: reader.string(top.get('gitlab_version'), 'gitlab_version'),
    haproxyVersion: reader.string(top.get('haproxy_version'), 'haproxy_version'),
    dcs: word(reader, top.get('dcs'), 'dcs', DCS_IDS),
    ...network,
    nodes: readNodes(reader, top.get('nodes'), network.subnet?.value),
    layers: readLayers(reader, top.get('layers')),
    lab: readLab(reader, top.get('lab')),
  };
}

function readNetwork(reader: YamlReader, field: Field | undefined): Pick<ClusterDraft, 'subnet' | 'vip'> {
  if (field === undefined) return { subnet: undefined, vip: undefined };
  const fields = reader.fields(field.value, field.key.range, 'network', keyNames('network'));
  const subnet = reader.string(fields.get('subnet'), 'the subnet');
  if (isMap(field.value)) {
    reader.require(fields, field.key.range, 'network', {
      subnet: 'subnet: 172.30.0.0/24',
      vip: `vip: ${exampleAddress(subnet?.value, 100)}`,
    });
  }
  return {
    subnet,
    vip: reader.string(fields.get('vip'), 'the VIP'),
  };
}

function readNodes(
  reader: YamlReader,
  field: Field | undefined,
  subnet: string | undefined,
): Located<readonly NodeDraft[]> | undefined {
  const list = reader.list(field, 'nodes');
  if (list === undefined) return undefined;
  const nodes = list.value.map((item, index) => {
    const range = reader.rangeOf(item);
    const what = `node ${index + 1}`;
    const fields = reader.fields(item, range, what, keyNames('nodes'));
    if (isMap(item)) {
      reader.require(fields, range, what, {
        name: `name: node${index + 1}`,
        address: `address: ${exampleAddress(subnet, 11 + index)}`,
      });
    }
    return {
      range,
      name: reader.string(fields.get('name'), `the name of ${what}`),
      address: reader.string(fields.get('address'), `the address of ${what}`),
      host: reader.string(fields.get('host'), `the host name of ${what}`),
    };
  });
  return { value: nodes, range: list.range };
}

function readLayers(reader: YamlReader, field: Field | undefined): Map<LayerId, LayerDraft> {
  const layers = new Map<LayerId, LayerDraft>();
  if (field === undefined) return layers;
  const fields = reader.fields(field.value, field.key.range, 'layers', keyNames('layers'));
  for (const id of LAYER_IDS) {
    const entry = fields.get(id);
    if (entry === undefined) continue;
    const what = `layer ${id}`;
    const inner = reader.fields(entry.value, entry.key.range, what, keyNames('layers', id));
    layers.set(id, {
      key: entry.key,
      enabled: reader.boolean(inner.get('enabled'), `"enabled" of ${what}`),
      nodes: readNames(reader, inner.get('nodes'), `the nodes of ${what}`, `a node of ${what}`),
      voters: readNames(reader, inner.get('voters'), `the voters of ${what}`, `a voter of ${what}`),
      poolers: readNames(reader, inner.get('poolers'), `the poolers of ${what}`, `a pooler of ${what}`),
    });
  }
  return layers;
}

function readNames(
  reader: YamlReader,
  field: Field | undefined,
  what: string,
  one: string,
): LayerDraft['nodes'] {
  const list = reader.list(field, what);
  if (list === undefined) return undefined;
  const texts = list.value.map((node) => reader.text(node, list.range, one));
  return { value: texts.filter((text) => text !== undefined), range: list.range };
}

function readLab(reader: YamlReader, field: Field | undefined): LabDraft {
  const fields =
    field === undefined
      ? new Map<string, Field>()
      : reader.fields(field.value, field.key.range, 'lab', keyNames('lab'));
  const timings = Object.keys(TIMING_PROFILES) as TimingProfileId[];
  return {
    profile: word(reader, fields.get('profile'), 'the profile', ['core', 'omnibus']),
    timings: word(reader, fields.get('timings'), 'timings', timings),
    memoryMb: reader.number(fields.get('memory_mb'), 'memory_mb'),
    cpus: reader.number(fields.get('cpus'), 'cpus'),
    ports: readPorts(reader, fields),
    layers: readLabLayers(reader, fields.get('layers')),
  };
}

function readPorts(reader: YamlReader, fields: ReadonlyMap<string, Field>): LabDraft['ports'] {
  const found = PORT_KEYS.flatMap((key) => {
    const port = reader.number(fields.get(key), key);
    return port === undefined ? [] : [[key, port] as const];
  });
  return new Map(found);
}

/** Layers by name, in the model's order; what is none is a finding. */
function readLabLayers(reader: YamlReader, field: Field | undefined): LabDraft['layers'] {
  const named = readNames(reader, field, 'the layers of the lab', 'a layer of the lab');
  if (named === undefined) return undefined;
  for (const name of named.value) {
    if (!isLayerId(name.value))
      reader.reportWord('CLU017', name, `There is no layer "${name.value}".`, LAYER_IDS);
  }
  const wanted = new Set(named.value.map(({ value }) => value));
  return { value: LAYER_IDS.filter((id) => wanted.has(id)), range: named.range };
}

/** One of a few known words. */
function word<T extends string>(
  reader: YamlReader,
  field: Field | undefined,
  what: string,
  known: readonly T[],
): Located<T> | undefined {
  const text = reader.string(field, what);
  if (text === undefined) return undefined;
  const found = known.find((candidate) => candidate === text.value);
  if (found !== undefined) return { value: found, range: text.range };
  reader.reportWord('CLU019', text, `"${text.value}" is no value of ${what}.`, known);
  return undefined;
}
