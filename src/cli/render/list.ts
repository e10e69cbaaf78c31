import type { LabInfo } from '../../lab/lab-service';
import type { Style } from './style';
import { fittingTable } from './fit';
import { age } from './time';

/** Columns that go when there is no room: timings, network, age. */
const DROPPED = [4, 3, 5];

/** One row per lab. @param width columns of a line */
export function renderList(labs: readonly LabInfo[], now: number, style: Style, width = Infinity): string {
  if (labs.length === 0) return 'No lab on this Docker engine. `gitlab-ha up` deploys one.';
  const heading = ['NAME', 'STATE', 'NODES', 'NETWORK', 'TIMINGS', 'AGE', 'HTTP'].map((cell) =>
    style.bold(cell),
  );
  const rows = labs.map((lab) => {
    const nodes = lab.containers.filter((container) => container.role === 'node');
    const running = nodes.filter((container) => container.state === 'running').length;
    return [
      lab.name,
      lab.phase,
      `${running}/${lab.cluster.nodes.length} running`,
      lab.cluster.subnet,
      lab.cluster.lab.timings,
      age(now - (lab.updatedAt ?? lab.createdAt)),
      lab.httpUrl ?? '-',
    ];
  });
  return fittingTable([heading, ...rows], width, DROPPED).join('\n');
}
