/** Name of the container of one node, or of the gateway. */
export function containerName(lab: string, node: string): string {
  return `${lab}-${node}`;
}

/** Name of a lab's network. */
export function networkName(lab: string): string {
  return `gitlab-ha-lab-${lab}`;
}

/**
 * Name of the empty volume whose labels say what the lab is, which no container has to be made anew for. Labels cannot
 * change, so it goes by what they say: @param hash of the labels, 16 hexadecimal digits
 */
export function descriptionName(lab: string, hash: string): string {
  return `${networkName(lab)}.about.${hash}`;
}

/** True of the names that `descriptionName` gives. */
export function isDescription(volume: string): boolean {
  return volume.startsWith(networkName('')) && /\.about\.[0-9a-f]{16}$/.test(volume);
}

/** The gateway's name where nodes have theirs. */
export const GATEWAY = 'gateway';
