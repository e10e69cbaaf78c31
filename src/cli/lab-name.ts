import { meant } from '../finding/did-you-mean';
import type { LabInfo, LabService } from '../lab/lab-service';
import { LabError } from '../lab/lab-error';
import { CliError } from './cli-error';
import { EXIT } from './exit-code';

/**
 * The lab a command is about: the named one, else the only one there is.
 * @throws LabError `no-lab` when there is none
 * @throws CliError (usage) when several exist and none was named
 */
export async function chooseLab(labs: LabService, name: string | undefined): Promise<LabInfo> {
  if (name !== undefined) return labs.get(name);
  const all = await labs.list();
  const [first, ...others] = all;
  if (first === undefined) {
    throw new LabError('no-lab', 'There is no lab on this Docker engine.', 'Deploy one: gitlab-ha up');
  }
  if (others.length > 0) {
    const known = all.map((lab) => lab.name).join(', ');
    throw new CliError(EXIT.usage, `Several labs exist: ${known}.`, 'Name one with --name.');
  }
  return first;
}

/**
 * The node's name when the lab has it.
 * @throws LabError `no-node` otherwise
 */
export function chooseNode(lab: LabInfo, node: string): string {
  const known = [...lab.cluster.nodes.map((candidate) => candidate.name), 'gateway'];
  if (known.includes(node)) return node;
  const remedy = `${meant(node, known)}It has ${known.join(', ')}.`;
  throw new LabError('no-node', `Lab ${lab.name} has no node ${node}.`, remedy);
}
