import type { Versions } from '../../services/core/service';
import { service as serviceOf } from '../../services/registry';
import type { ServiceState } from '../../observe/state';

/** The only Consul Debian ever shipped in a stable release; what is newer comes from the official image. */
const DEBIAN_CONSUL = /^1\.8\./;

/** The version of a service: as observed, else as found in the image, else `-`. */
export function serviceVersion(state: ServiceState, versions: Versions): string {
  return state.facts['version'] ?? versions[serviceOf(state.service).versionName ?? state.service] ?? '-';
}

/** Which Consul runs and where it comes from. */
export function consulVersion(versions: Versions): string {
  const version = versions['consul'];
  if (version === undefined) return 'version unknown';
  const source = DEBIAN_CONSUL.test(version) ? "Debian's package" : 'the official image';
  return `version ${version} from ${source}`;
}

/** PostgreSQL with Patroni's version beside it. */
export function databaseVersion(versions: Versions): string {
  const { postgresql, patroni } = versions;
  return `PostgreSQL ${postgresql ?? 'of unknown version'} under Patroni ${patroni ?? 'of unknown version'}`;
}
