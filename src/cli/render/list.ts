import type { LabInfo } from '../../lab/lab-service';
import type { Style } from './style';
import { table } from './table';
import { age } from './time';

/** One row per lab. */
export function renderList(labs: readonly LabInfo[], now: number, style: Style): string {
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
      age(now - lab.createdAt),
      lab.httpUrl ?? '-',
    ];
  });
  return table([heading, ...rows]);
}
