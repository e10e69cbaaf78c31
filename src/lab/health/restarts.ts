import type { ClusterState, ServiceState } from '../../observe/state';
import { service as serviceOf } from '../../services/registry';
import type { ServiceId } from '../../services/registry';

/** A service whose process ends again and again, and that never served. */
export interface Restarting {
  readonly node: string;
  readonly service: ServiceId;
  /** How often its process ended. */
  readonly times: number;
  /** Milliseconds between the first and the last time. */
  readonly withinMs: number;
}

/** A loaded machine has seen two, of a program that asked others too early. */
const ENDS = 8;
/** runit starts a program anew a second after it ended. Milliseconds. */
const LASTING_MS = 20_000;

interface Ends {
  /** The process seen last; undefined while there is none. */
  readonly pid: number | undefined;
  readonly times: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/**
 * Remembers how often the processes of services ended since each of them was well: what ends again and again will do so
 * until somebody changes its files, and nobody need wait any longer.
 */
export class Restarts {
  private readonly ends = new Map<string, Ends>();

  /** @returns the services that do nothing but end and start */
  note(state: ClusterState): readonly Restarting[] {
    return state.nodes.flatMap(({ name: node, services }) =>
      services.flatMap((one): Restarting[] => {
        const ends = this.noteService(state, node, one);
        if (ends === undefined) return [];
        const { times, firstAt, lastAt } = ends;
        const withinMs = lastAt - firstAt;
        if (times < ENDS || withinMs < LASTING_MS) return [];
        return [{ node, service: one.service, times, withinMs }];
      }),
    );
  }

  private noteService(state: ClusterState, node: string, one: ServiceState): Ends | undefined {
    const key = `${node} ${one.service}`;
    const before = this.ends.get(key);
    const pid = one.process === 'up' ? one.pid : undefined;
    if (one.process === 'unknown') return before;
    const fresh: Ends = { pid, times: 0, firstAt: state.at, lastAt: state.at };
    // What waits for others may end until they are there.
    if (one.health === 'ok' || before === undefined || !hasWhatItNeeds(state, one.service)) {
      this.ends.set(key, fresh);
      return undefined;
    }
    const ended = before.pid !== undefined && before.pid !== pid;
    const times = before.times + (ended ? 1 : 0);
    const firstAt = before.times === 0 ? state.at : before.firstAt;
    const next = { pid, times, firstAt, lastAt: ended ? state.at : before.lastAt };
    this.ends.set(key, next);
    return next;
  }
}

function hasWhatItNeeds(state: ClusterState, id: ServiceId): boolean {
  const { layer, needs = [] } = serviceOf(id);
  const wanted = needs.filter((needed) => needed !== layer);
  return state.nodes.every(({ services }) =>
    services.every(({ service, health }) => health === 'ok' || !wanted.includes(serviceOf(service).layer)),
  );
}
