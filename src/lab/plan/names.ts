/** Name of the container of one node, or of the gateway. */
export function containerName(lab: string, node: string): string {
  return `${lab}-${node}`;
}

/** Name of a lab's network. */
export function networkName(lab: string): string {
  return `gitlab-ha-lab-${lab}`;
}

/** The gateway's name where nodes have theirs. */
export const GATEWAY = 'gateway';
