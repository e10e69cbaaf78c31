import type { TimingProfileId } from '../../cluster/timing';

/** Values of the user's settings that win over cluster.yaml's `lab` section. */
export interface LabOverrides {
  readonly timings?: TimingProfileId;
  readonly memoryMb?: number;
  readonly cpus?: number;
}

const KEYS: readonly (readonly [keyof LabOverrides, string])[] = [
  ['timings', 'timings'],
  ['memoryMb', 'memory_mb'],
  ['cpus', 'cpus'],
];

/**
 * cluster.yaml with the overrides put in. Lines keep their numbers wherever possible, so findings of the deploy fit
 * the user's file: a present value is replaced in place, a missing one is put at the end. A file that is not a
 * readable mapping is returned as it is: its findings are what the user must see.
 */
export async function overrideCluster(text: string, overrides: LabOverrides): Promise<string> {
  const { isMap, isScalar, parseDocument } = await import('yaml');
  let result = text;
  for (const [name, key] of KEYS) {
    const value = overrides[name];
    if (value === undefined) continue;
    const document = parseDocument(result);
    if (document.errors.length > 0 || !isMap(document.contents)) return text;
    const present: unknown = document.getIn(['lab', key], true);
    if (isScalar(present) && present.range) {
      result = result.slice(0, present.range[0]) + String(value) + result.slice(present.range[1]);
      continue;
    }
    const lab: unknown = document.get('lab', true);
    if (lab !== undefined && !isMap(lab)) return text;
    document.setIn(['lab', key], value);
    result = document.toString({ lineWidth: 0 });
  }
  return result;
}
