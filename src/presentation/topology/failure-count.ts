import type { LabSnapshot } from '../lab-snapshot';

/** Nodes that are down or cut off plus failed services of the others: what the view's badge shows. */
export function failureCount(labs: readonly LabSnapshot[]): number {
  const nodes = labs.flatMap((lab) => (lab.activity === undefined ? (lab.state?.nodes ?? []) : []));
  return nodes.reduce((sum, node) => {
    const down = node.container !== 'running' && node.container !== 'unknown';
    if (down || node.connected === false) return sum + 1;
    return sum + node.services.filter((service) => service.health === 'failed').length;
  }, 0);
}
