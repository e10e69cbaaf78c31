import { isMap, isScalar, parseDocument } from 'yaml';
import type { TimingProfileId } from '../cluster/timing';

/** What the command line says over cluster.yaml. */
export interface Overrides {
  readonly name?: string;
  readonly timings?: TimingProfileId;
}

/**
 * cluster.yaml with the values of the command line. A value that is there is replaced in place, so positions of
 * later findings stay true; a missing one is added. A file with syntax errors is returned unchanged: the deploy
 * reports them.
 */
export function overrideCluster(text: string, overrides: Overrides): string {
  const values: readonly (readonly [readonly string[], string | undefined])[] = [
    [['name'], overrides.name],
    [['lab', 'timings'], overrides.timings],
  ];
  let result = text;
  for (const [path, value] of values) {
    if (value === undefined) continue;
    const document = parseDocument(result);
    if (document.errors.length > 0 || !isMap(document.contents)) return text;
    const scalar: unknown = document.getIn(path, true);
    if (isScalar(scalar) && scalar.range) {
      result = result.slice(0, scalar.range[0]) + value + result.slice(scalar.range[1]);
      continue;
    }
    const section = path[0] ?? '';
    if (path.length === 2 && document.has(section) && !isMap(document.get(section, true))) return text;
    document.setIn(path, value);
    result = document.toString({ lineWidth: 0 });
  }
  return result;
}
