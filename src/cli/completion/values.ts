import { LAYERS } from '../../cluster/layer';
import { machinesOf } from '../../cluster/machines';
import { deployedServices } from '../../services/registry';
import type { Service } from '../../services/registry';
import { servicesOn } from '../../services/placement';
import type { LabInfo, LabService } from '../../lab/lab-service';
import type { Candidate, Given } from './wanted';

/** What values are looked up in. */
export interface ValueSource {
  /** The labs of the engine; may reject or take long. */
  labs(): Promise<Pick<LabService, 'list'>>;
  /** Resolves with undefined when the work takes longer than people wait for a completion, or fails. */
  inTime<T>(work: Promise<T>): Promise<T | undefined>;
}

/** The values themselves, or what the shell knows better. */
export type Values = readonly Candidate[] | 'files' | 'folders';

/**
 * The values an argument or an option may have. Never rejects: who completes a word must not see errors.
 * @param of what the grammar calls the value, e.g. `lab`, `node`, `service`
 * @param given what was said before it
 */
export async function valuesOf(of: string, given: Given, source: ValueSource): Promise<Values> {
  switch (of) {
    case 'path':
      return 'files';
    case 'workspace':
    case 'folder':
    case 'dir':
      return 'folders';
    case 'rule':
      return rules();
    case 'fault':
      return faults();
    case 'layers':
      return LAYERS.map(({ id, title }) => ({ value: id, about: title }));
    case 'lab':
      return (await labsOf(source)).map((lab) => ({ value: lab.name, about: lab.phase }));
    case 'node':
      return nodes(await labsOf(source), given);
    case 'service':
      return services(await labsOf(source), given);
    default:
      return [];
  }
}

async function labsOf(source: ValueSource): Promise<readonly LabInfo[]> {
  const work = source.labs().then((labs) => labs.list());
  return (await source.inTime(work)) ?? [];
}

/** Those that the line may mean: the named lab, else all. */
function meantLabs(labs: readonly LabInfo[], { lab }: Given): readonly LabInfo[] {
  return lab === undefined ? labs : labs.filter(({ name }) => name === lab);
}

function nodes(labs: readonly LabInfo[], given: Given): readonly Candidate[] {
  const seen = new Map<string, string>();
  for (const { cluster } of meantLabs(labs, given)) {
    for (const { name, address } of machinesOf(cluster)) if (!seen.has(name)) seen.set(name, address);
    seen.set('gateway', '');
  }
  return [...seen].map(([value, about]) => ({ value, about }));
}

function services(labs: readonly LabInfo[], given: Given): readonly Candidate[] {
  const { node } = given;
  const placed = meantLabs(labs, given).flatMap(({ cluster }) =>
    machinesOf(cluster)
      .filter(({ name }) => name === node)
      .flatMap(({ name }) => servicesOn(cluster, name)),
  );
  const known: readonly Service[] = placed.length === 0 ? deployedServices() : placed;
  return [...new Map(known.map(({ id, title }) => [id, title]))].map(([value, about]) => ({ value, about }));
}

async function rules(): Promise<readonly Candidate[]> {
  const { CATALOGUE } = await import('../../workspace/catalogue');
  return CATALOGUE.map(({ id, title }) => ({ value: id, about: title }));
}

async function faults(): Promise<readonly Candidate[]> {
  const { FAULTS } = await import('../../drills/faults/fault');
  return FAULTS.map(({ id, deed }) => ({ value: id, about: deed }));
}
