import type { DeployPreview, Foreseen, OperationControl, WorkspaceFiles } from '../lab-service';
import { checkWorkspace } from './check-workspace';
import { foresee } from './intention';
import type { Intention, Situation, SituationParts } from './intention';
import { Operation } from './operation';

export type PreviewParts = SituationParts;

/**
 * What deploying a workspace would do now. Only looks: takes no lock, so somebody who works there meanwhile makes it
 * untrue.
 * @throws LabError `bad-workspace`, `subnet-clash`, `other-dcs`, or what Docker says
 */
export async function previewWorkspace(
  parts: PreviewParts,
  files: WorkspaceFiles,
  control: OperationControl,
): Promise<DeployPreview> {
  const { connection, loadRubyParser } = parts;
  const operation = new Operation(connection.docker, control, { check: [0, 1] });
  const { spec, findings } = await checkWorkspace(operation, files, loadRubyParser);
  operation.throwIfCancelled();
  const { situation, intention } = await foresee(parts, spec);
  return { ...foreseen(situation, intention), findings };
}

/** What an intention says to people. */
export function foreseen(
  { spec, snapshot, running }: Situation,
  { operations, losses, effects }: Intention,
): Foreseen {
  const runs = snapshot.containers.some(({ role, state }) => role === 'node' && state === 'running');
  return { lab: spec.cluster.name, runs, operations, losses, effects, leading: running.leading };
}
