import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { isTooDeepYaml } from '../finding/yaml-depth';
import type { LayerId } from '../cluster/layer';
import type { TimingProfileId } from '../cluster/timing';

/** Values of the command line or of settings that win over cluster.yaml. */
export interface ClusterOverrides {
  readonly name?: string;
  readonly timings?: TimingProfileId;
  /** MiB per node. */
  readonly memoryMb?: number;
  /** Cores per node; 0 for no limit. */
  readonly cpus?: number;
  /** Layers the lab is to run. */
  readonly layers?: readonly LayerId[];
}

const PATHS: Readonly<Record<keyof ClusterOverrides, readonly string[]>> = {
  name: ['name'],
  timings: ['lab', 'timings'],
  memoryMb: ['lab', 'memory_mb'],
  cpus: ['lab', 'cpus'],
  layers: ['lab', 'layers'],
};

/**
 * cluster.yaml with the overrides put in. A value that is there is replaced in place, so positions of later findings
 * stay true; a missing one is added to its section. A file that is no readable mapping is returned unchanged: its
 * findings are what the user must see.
 */
export function overrideCluster(text: string, overrides: ClusterOverrides): string {
  let result = text;
  for (const key of Object.keys(PATHS) as (keyof ClusterOverrides)[]) {
    const value = overrides[key];
    if (value === undefined) continue;
    const changed = setValue(result, PATHS[key], typeof value === 'object' ? [...value] : value);
    if (changed === undefined) return text;
    result = changed;
  }
  return result;
}

type Value = string | number | readonly string[];

/** A value as it stands behind its key. */
function inline(value: Value): string {
  return typeof value === 'object' ? `[${value.join(', ')}]` : String(value);
}

/** The text with one value set; undefined when it has no place for it. */
function setValue(text: string, path: readonly string[], value: Value): string | undefined {
  if (isTooDeepYaml(text)) return undefined;
  const document = parseDocument(text);
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined;
  const present: unknown = document.getIn(path, true);
  if ((isScalar(present) || isSeq(present)) && present.range) {
    const [start, end] = present.range;
    // A block's range reaches to the key below it.
    const written = text.slice(start, end).trimEnd().length;
    return text.slice(0, start) + inline(value) + text.slice(start + written);
  }
  const [section = '', ...below] = path;
  if (below.length > 0 && document.has(section) && !isMap(document.get(section, true))) return undefined;
  document.setIn(path, Array.isArray(value) ? document.createNode(value, { flow: true }) : value);
  return document.toString({ lineWidth: 0 });
}
