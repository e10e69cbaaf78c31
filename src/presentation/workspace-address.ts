import type { LabInfo } from '../lab/lab-service';

/**
 * An address of the lab as the user's files have it; itself where they have none for it. The lab's own is for tooltips
 * and programs: people know theirs.
 */
export function workspaceAddress({ addresses }: Pick<LabInfo, 'addresses'>, inLab: string): string {
  return Object.entries(addresses).find(([, mapped]) => mapped === inLab)?.[0] ?? inLab;
}
