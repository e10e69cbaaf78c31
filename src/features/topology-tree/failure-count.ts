import type { LabSnapshot } from '../labs/lab-snapshot';

/** Nodes that are down plus failed services of nodes that are up: what the view's badge shows. */
export function failureCount(labs: readonly LabSnapshot[]): number {
  const nodes = labs.flatMap((lab) => (lab.activity === undefined ? (lab.state?.nodes ?? []) : []));
  return nodes.reduce((sum, node) => {
    if (node.container !== 'running' && node.container !== 'unknown') return sum + 1;
    return sum + node.services.filter((service) => service.health === 'failed').length;
  }, 0);
}
