import type { ServiceContext } from '../core/context';
import { privateFile } from '../core/file';
import type { NodeFile } from '../core/file';
import { stopSeconds } from '../core/notation/go-duration';
import { nodesOf } from '../core/placement';
import { laidOver, onNode, tablesIn, textAt } from '../core/notation/plain-table';
import type { PlainTable } from '../core/notation/plain-table';
import { toToml } from '../core/notation/toml';
import { RAILS_SETTINGS } from '../puma/rails-settings';
import { GIT_USER } from './account';
import { GITALY_TOKEN, SHELL_SECRET } from './secrets';
import { GITALY_SETTINGS } from './settings';

const HOME = '/var/opt/gitlab/gitaly';
/** Whom a node of the lab trusts. */
const AUTHORITY = '/etc/gitlab/trusted-certs/lab-ca.crt';
/** A minute in the package; see Praefect's. */
const USUAL_STOP_TIME = '10s';
const SECRET_FILE = `${HOME}/shell_secret`;
const USUAL_PATH = '/var/opt/gitlab/git-data/repositories';

/** How long its run script notes that a stop may take. */
export function gitalyEnvironment(context: ServiceContext): Readonly<Record<string, number>> {
  if (nodesOf(context, 'git').length === 0) return {};
  const { configuration } = context.settings(GITALY_SETTINGS);
  return {
    LAB_GITALY_STOP_TIME: stopSeconds(textAt(configuration, 'graceful_restart_timeout'), USUAL_STOP_TIME),
  };
}

/** Gitaly's own file: the package's defaults, then what gitlab.rb says, then what only the lab can know. */
export function renderGitaly(context: ServiceContext): readonly NodeFile[] {
  return [
    privateFile(`${HOME}/config.toml`, toToml(gitalyConfig(context)), GIT_USER),
    privateFile(SECRET_FILE, `${context.secret(SHELL_SECRET)}\n`, GIT_USER),
  ];
}

/** The application at the virtual address, whichever node serves it: hooks ask it whether a push may be. */
function application({ cluster, settings }: ServiceContext): PlainTable {
  const { externalUrl, internalUrl = externalUrl } = settings(RAILS_SETTINGS);
  if (!internalUrl.startsWith('https:')) {
    return { url: internalUrl === externalUrl ? `http://${cluster.vip}` : internalUrl };
  }
  return { url: internalUrl, 'http-settings': { ca_file: AUTHORITY } };
}

function gitalyConfig(context: ServiceContext): PlainTable {
  const { node } = context;
  const { usualStorage, configuration } = context.settings(GITALY_SETTINGS);
  const usual: PlainTable = {
    listen_addr: `${node.address}:8075`,
    prometheus_listen_addr: `${node.address}:9236`,
    graceful_restart_timeout: USUAL_STOP_TIME,
    logging: { level: 'info', format: 'json' },
    gitlab: application(context),
    storage: [{ name: usualStorage }],
  };
  const wanted = laidOver(usual, configuration);
  return laidOver(wanted, {
    listen_addr: onNode(node.address, textAt(wanted, 'listen_addr')),
    prometheus_listen_addr: onNode(node.address, textAt(wanted, 'prometheus_listen_addr')),
    // Hooks and the helpers of replication are looked for there; where one is missing git skips the hook silently.
    bin_dir: '/opt/gitlab/embedded/bin',
    runtime_dir: `${HOME}/run`,
    git: { bin_path: '/usr/bin/git' },
    auth: { token: context.secret(GITALY_TOKEN) },
    gitlab: { secret_file: SECRET_FILE },
    // One folder in the lab, whatever disks a machine has.
    storage: tablesIn(wanted['storage']).map((storage, at) => ({
      ...storage,
      path: at === 0 ? USUAL_PATH : `${USUAL_PATH}-${at + 1}`,
    })),
  });
}
