import { OMNIBUS_LAYOUT } from '../../../services/core/live/layout';
import type { Profile } from '../profile';

/** The lab's own node image (lab/image): Debian's packages under runit in the Omnibus package's folders. */
export const CORE_PROFILE: Profile = {
  id: 'core',
  init: { node: ['/usr/local/bin/lab-init'], gateway: ['/usr/local/bin/lab-gateway'] },
  versionsFile: '/opt/gitlab/lab-versions.json',
  layout: OMNIBUS_LAYOUT,
  readSecret: (name) => ['/opt/gitlab/lab/secret', name],
  controlService: (action, service) => ['gitlab-ctl', action, service],
  settingsInForce: ['/opt/gitlab/lab/settings-in-force'],
  heldRoles: ['/opt/gitlab/lab/apply', 'roles'],
  stopWait: (program) => ['/opt/gitlab/lab/apply', 'stop-wait', program],
  apply: ({ verb, target }) => ['/opt/gitlab/lab/apply', verb, target],
  probe: '/opt/gitlab/lab/probe',
};
