import type { LabSecrets } from '../../../services/secrets';
import { PATHS } from '../../render/paths';
import type { Plan } from '../plan';
import type { InForce } from './in-force';
import { textsOf } from './in-force';
import { maskFor } from './mask';
import { nodeEffects } from './node-effects';
import type { NodeEffects } from './node-effects';

/** What is known of the running nodes besides what the engine lists. */
export interface RunningNodes {
  /** By container name; a container that is not there, or was filled by an older version, is missing. */
  readonly inForce: ReadonlyMap<string, InForce>;
  /** Nodes that hold a role at this moment (leader, master), by the services that say so. */
  readonly leading: ReadonlyMap<string, readonly string[]>;
}

/**
 * What the plan's files do to each container whose files are known; containers without a change are left out.
 * @param hidden what is secret in the user's files
 */
export function clusterEffects(
  plan: Plan,
  { inForce }: RunningNodes,
  secrets: LabSecrets,
  hidden: readonly string[] = [],
): readonly NodeEffects[] {
  return plan.containers.flatMap((container) => {
    const known = inForce.get(container.name);
    if (!known) return [];
    const of = { container: container.name, node: container.node };
    const after = textsOf(container.files);
    const texts = [...known.versions, after].flatMap((files) => Object.values(files));
    const effects = nodeEffects(of, known, after, maskFor(texts, secrets, hidden));
    if (effects.files.length === 0 && effects.programs.length === 0) return [];
    return [{ ...effects, files: effects.files.map(withoutSecrets) }];
  });
}

/** The file of secrets is told to change, and nothing of it is shown. */
function withoutSecrets(file: NodeEffects['files'][number]): NodeEffects['files'][number] {
  return file.path === PATHS.secrets ? { ...file, lines: [] } : file;
}
