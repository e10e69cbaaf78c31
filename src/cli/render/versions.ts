import type { Versions } from '../../services/core/service';
import { service as serviceOf } from '../../services/registry';
import type { ServiceState } from '../../observe/state';

/** The version of a service: as observed, else as found in the image, else `-`. */
export function serviceVersion(state: ServiceState, versions: Versions): string {
  const version = state.facts['version'];
  return (
    (version === undefined ? undefined : String(version)) ??
    versions[serviceOf(state.service).versionName ?? state.service] ??
    '-'
  );
}
