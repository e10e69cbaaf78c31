import { ROOT } from '../../services/core/file';
import type { PlannedFile } from '../plan/plan';
import { PATHS } from './paths';

/**
 * The names a node resolves besides its own. A file and no option of the container: a running one gets other names
 * when a node is added to the lab or renamed, and keeps its data.
 * @param hosts host name to address
 */
export function renderHosts(hosts: Readonly<Record<string, string>>): PlannedFile {
  const lines = Object.entries(hosts).map(([name, address]) => `${address}\t${name}\n`);
  return { path: PATHS.hosts, content: lines.join(''), mode: 0o644, ...ROOT };
}
