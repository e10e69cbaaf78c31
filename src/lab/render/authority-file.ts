import { ROOT } from '../../services/core/file';
import { CERTIFICATE_AUTHORITY, secretOf } from '../../services/secrets';
import { Authority } from '../certificates/authority';
import type { PlannedFile } from '../plan/plan';
import type { RenderContext } from './context';
import { PATHS } from './paths';

/** What clients have to trust, at the place where the package looks for such. */
export function renderAuthority({
  cluster,
  secrets,
}: Pick<RenderContext, 'cluster' | 'secrets'>): PlannedFile {
  const content = new Authority(secretOf(secrets, CERTIFICATE_AUTHORITY), cluster.name).certificate;
  return { path: PATHS.authority, content, mode: 0o644, ...ROOT };
}
