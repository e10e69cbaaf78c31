import { PATHS } from '../render/paths';
import type { PlannedChange } from './changes';
import type { NodeEffects } from './effects/node-effects';

/**
 * Nodes that are made at an address the running ones do not know before this change. Such a node hears nothing of them:
 * it would take the virtual address beside the one that has it, and its database would be refused. One that only gets
 * another name is none. Pure.
 * @returns names of containers
 */
export function strangers(
  changes: readonly PlannedChange[],
  effects: readonly Pick<NodeEffects, 'files'>[],
): ReadonlySet<string> {
  const lines = effects.flatMap(({ files }) =>
    files.flatMap((file) => (file.path === PATHS.hosts ? file.lines : [])),
  );
  const addresses = (known: boolean): ReadonlySet<string> =>
    new Set(lines.filter(({ sign }) => (sign !== '+') === known).map(({ text }) => addressOf(text)));
  const [known, added] = [addresses(true), addresses(false)];
  const found = changes.filter(
    ({ container: { role, address }, change }) =>
      role === 'node' &&
      (change.kind === 'create' || change.kind === 'recreate') &&
      added.has(address) &&
      !known.has(address),
  );
  return new Set(found.map(({ container }) => container.name));
}

/** A line of the file is an address, a tabulator and a name. */
function addressOf(line: string): string {
  return line.split('\t')[0] ?? '';
}
