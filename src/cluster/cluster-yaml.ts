import { parseAllDocuments, type Document } from 'yaml';
import { DCS_IDS } from './cluster';
import type { Cluster, LabOptions, LayerPlacement, ProfileId, DcsId } from './cluster';
import { checkDraft } from './cluster-checks';
import type { ClusterRuleId } from './cluster-rules';
import { readDraft, type ClusterDraft, type PortKey } from './cluster-sections';
import { LARGEST_CLUSTER_FILE } from './cluster-versions';
import type { Finding, Range } from '../finding/finding';
import { LAYERS, type LayerId } from './layer';
import { rangeBetween, textLines, type TextLines } from '../finding/text-lines';
import { isTooDeepYaml } from '../finding/yaml-depth';
import { YamlReader } from './yaml-reader';

export interface ClusterReading {
  /**
   * The cluster, also when a value in it is wrong (two nodes with one address): whoever creates something
   * must ask `blocksDeployment(findings)` first. Undefined when it cannot be known what is meant.
   */
  readonly cluster?: Cluster;
  /** What the file says with its places; undefined where it is no YAML. */
  readonly draft?: ClusterDraft;
  readonly findings: readonly Finding[];
}

/** Unless it is said which nodes they are, as many servers as make a majority worth having. */
const QUORUM_LAYER: LayerId = 'coordination';
/** One slip can make every following line wrong. */
const MOST_SYNTAX_FINDINGS = 20;
const START: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/**
 * Reads cluster.yaml. Never throws: every problem is a finding with its place and a remedy.
 * @param text the file's text
 * @param file its path relative to the workspace, for the findings
 */
export function readClusterYaml(text: string, file = 'cluster.yaml'): ClusterReading {
  if (text.length > LARGEST_CLUSTER_FILE) {
    const message = `${file} is larger than ${LARGEST_CLUSTER_FILE / 1024} KiB.`;
    return refuse(file, 'CLU002', message, 'Keep only the description of the cluster in it.');
  }
  if (isTooDeepYaml(text)) {
    const message = `${file} is nested too deeply.`;
    return refuse(file, 'CLU002', message, 'Write it as a plain, flat YAML mapping.');
  }
  try {
    return read(text, file);
  } catch (error) {
    // Whatever the YAML library does not survive ends here.
    const reason = error instanceof Error ? error.message : String(error);
    return refuse(
      file,
      'CLU002',
      `${file} cannot be read: ${reason}.`,
      'Write it as a plain, flat YAML mapping.',
    );
  }
}

function read(text: string, file: string): ClusterReading {
  const lines = textLines(text);
  const reader = new YamlReader(lines, file);
  const parsed = parseAllDocuments(text, { strict: true, uniqueKeys: true, prettyErrors: false });
  const documents: Document.Parsed[] = Array.isArray(parsed) ? parsed : [];
  for (const document of documents) reportSyntax(reader, lines, document);
  const second = documents[1];
  if (second !== undefined) {
    const [start] = second.range;
    const remedy = 'Keep one document: remove the "---" line and what follows, or one of the two parts.';
    reader.report(
      'CLU003',
      rangeBetween(lines, start, start + 3),
      `${file} holds more than one YAML document.`,
      remedy,
    );
  }
  if (reader.findings.length > 0) return { findings: reader.findings };
  const root = documents[0]?.contents ?? undefined;
  const firstLine = { start: START.start, end: { line: 0, character: lineLength(lines, 0) } };
  const draft = readDraft(reader, root, firstLine);
  checkDraft(reader, draft);
  const cluster = build(draft);
  const { findings } = reader;
  return cluster === undefined ? { draft, findings } : { cluster, draft, findings };
}

function reportSyntax(reader: YamlReader, lines: TextLines, document: Document.Parsed): void {
  for (const problem of [...document.errors, ...document.warnings].slice(0, MOST_SYNTAX_FINDINGS)) {
    const [start, end] = problem.pos;
    if (problem.code === 'DUPLICATE_KEY') {
      // The library points at the key's first character only.
      const key = /^[^:\s]*/.exec(lines.text.slice(start, start + 200))?.[0] ?? '';
      const range = rangeBetween(lines, start, Math.max(end, start + key.length));
      reader.report('CLU026', range, `The key "${key}" is there twice.`, syntaxRemedy(problem.code));
      continue;
    }
    const message = `YAML: ${problem.message.replace(/\.$/, '')}.`;
    reader.report('CLU001', rangeBetween(lines, start, end), message, syntaxRemedy(problem.code));
  }
}

function syntaxRemedy(code: string): string {
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'Indent with spaces; YAML allows no tabs there.';
    case 'BAD_INDENT':
      return 'Indent the keys of one mapping by the same number of spaces, and close every bracket.';
    case 'DUPLICATE_KEY':
      return 'Remove one of the two.';
    case 'MISSING_CHAR':
      return 'Close the quote or bracket, and put a space after each colon.';
    default:
      return 'Correct the YAML here or in the line above.';
  }
}

/** The cluster of a draft with all that cannot be defaulted. */
function build(draft: ClusterDraft): Cluster | undefined {
  const nodes = (draft.nodes?.value ?? []).flatMap(({ name, address, host }) =>
    name && address
      ? [{ name: name.value, address: address.value, ...(host ? { host: host.value } : {}) }]
      : [],
  );
  if (draft.name === undefined || draft.subnet === undefined || draft.vip === undefined) return undefined;
  if (nodes.length === 0 || nodes.length !== draft.nodes?.value.length) return undefined;
  const names = nodes.map((node) => node.name);
  return {
    name: draft.name.value,
    domain: draft.domain?.value ?? 'gitlab.example.com',
    gitlabVersion: draft.gitlabVersion?.value ?? '19.3',
    haproxyVersion: draft.haproxyVersion?.value ?? '3.0',
    dcs: (draft.dcs?.value ?? DCS_IDS[0]) as DcsId,
    subnet: draft.subnet.value,
    vip: draft.vip.value,
    nodes,
    layers: placements(draft, names),
    lab: labOptions(draft),
  };
}

function placements(draft: ClusterDraft, names: readonly string[]): Record<LayerId, LayerPlacement> {
  const entries = LAYERS.map(({ id }): [LayerId, LayerPlacement] => {
    const layer = draft.layers.get(id);
    const placed = layer?.nodes?.value.map((node) => node.value);
    const voters = layer?.voters?.value.map((node) => node.value) ?? [];
    const nodes = placed ?? (id === QUORUM_LAYER ? oddPart(names) : names);
    const poolers = layer?.poolers?.value.map((node) => node.value) ?? [];
    const apart = { ...(voters.length > 0 ? { voters } : {}), ...(poolers.length > 0 ? { poolers } : {}) };
    return [id, { enabled: layer?.enabled?.value ?? true, nodes, ...apart }];
  });
  return Object.fromEntries(entries) as Record<LayerId, LayerPlacement>;
}

/** A quorum of n servers bears (n - 1) / 2 failures: an even number pays for a server that buys nothing. */
function oddPart(names: readonly string[]): readonly string[] {
  return names.length % 2 === 0 ? names.slice(0, -1) : names;
}

function labOptions(draft: ClusterDraft): LabOptions {
  const { profile, timings, memoryMb, cpus, ports, layers } = draft.lab;
  const port = (key: PortKey): number | undefined => ports.get(key)?.value;
  const [httpsPort, sshPort] = [port('https_port'), port('ssh_port')];
  return {
    profile: (profile?.value ?? 'core') as ProfileId,
    timings: timings?.value ?? 'fast',
    memoryMb: memoryMb?.value ?? 1024,
    cpus: cpus?.value ?? 0,
    httpPort: port('http_port') ?? 0,
    ...(httpsPort === undefined ? {} : { httpsPort }),
    ...(sshPort === undefined ? {} : { sshPort }),
    ...(layers === undefined ? {} : { layers: layers.value }),
  };
}

function lineLength(lines: TextLines, line: number): number {
  const end = lines.starts[line + 1] ?? lines.text.length;
  return lines.text.slice(lines.starts[line] ?? 0, end).replace(/[\r\n]+$/, '').length;
}

function refuse(file: string, code: ClusterRuleId, message: string, remedy: string): ClusterReading {
  return { findings: [{ code, severity: 'error', file, range: START, message, remedy }] };
}
