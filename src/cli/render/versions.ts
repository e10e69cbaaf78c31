import type { ServiceId } from '../../cluster/service';
import type { ServiceState } from '../../observe/state';

type Versions = Readonly<Record<string, string>>;

/** Program names the image reports for a service, most telling first. */
const PROGRAMS: Readonly<Partial<Record<ServiceId, readonly string[]>>> = {
  patroni: ['postgresql', 'postgres', 'patroni'],
  sentinel: ['redis', 'redis-sentinel', 'redis-server'],
  redis: ['redis', 'redis-server'],
};

/** The version of a service: as observed, else as found in the image, else `-`. */
export function serviceVersion(state: ServiceState, versions: Versions): string {
  const observed = state.facts['version'];
  if (observed !== undefined) return observed;
  const names = PROGRAMS[state.service] ?? [state.service];
  for (const name of names) {
    const found = versions[name];
    if (found !== undefined) return found;
  }
  return '-';
}

/** Which Consul runs and where it comes from. */
export function consulVersion(versions: Versions): string {
  const version = versions['consul'];
  return version === undefined ? 'version unknown' : `version ${version}`;
}
