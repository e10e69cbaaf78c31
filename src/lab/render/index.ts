import type { PlannedFile } from '../plan/plan';
import { renderAuthority } from './authority-file';
import type { RenderContext } from './context';
import { renderEnvironment } from './environment';
import { renderSecrets } from './gitlab-secrets';
import { PATHS } from './paths';
import { serviceFiles } from '../../services/render';
import { serviceContext } from './service-context';
import { namedSettings } from '../../services/named-settings';
import { ROOT } from '../../services/core/file';

export { renderGateway } from './gateway';
export { parseSecrets } from './gitlab-secrets';
export { PATHS } from './paths';

/**
 * All files of one node. Pure: the same context gives the same files, byte for byte. A node starts the services whose
 * files it finds, so a service that is not placed here gets none.
 */
export function renderNode(context: RenderContext): readonly PlannedFile[] {
  return [
    renderEnvironment(context),
    renderSecrets(context.secrets),
    renderSettings(context),
    renderAuthority(context),
    ...(context.gitlabRb === undefined ? [] : [renderGitlabRb(context.gitlabRb)]),
    ...serviceFiles(serviceContext(context)),
  ];
}

/** The files of a machine outside the nodes. @param context its node is that machine */
export function renderOutside(context: RenderContext): readonly PlannedFile[] {
  return serviceFiles(serviceContext(context));
}

function renderSettings({ settings }: RenderContext): PlannedFile {
  return {
    path: PATHS.settings,
    content: `${JSON.stringify(namedSettings(settings), null, 2)}\n`,
    mode: 0o600,
    ...ROOT,
  };
}

/** As on a real node: may hold the user's passwords, so root only. */
function renderGitlabRb(content: string): PlannedFile {
  return { path: PATHS.gitlabRb, content, mode: 0o600, ...ROOT };
}
