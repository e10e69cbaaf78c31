import { deployedServices } from '../../services/registry';

/** Keys of the lab's own roots that have no effect in it, and why. */

export type UnusedReason = 'secret' | 'decided' | 'unused';

/** What cluster.yaml and the lab's network decide, whatever gitlab.rb says. */
const DECIDED = new Set(deployedServices().flatMap(({ decided = [] }) => decided));

/** Roots with passwords that the lab generates itself. */
const LAB_ROOTS = new Set(deployedServices().flatMap(({ gitlabRbRoots }) => gitlabRbRoots));
const RAILS_SECRETS = new Set(deployedServices().flatMap(({ railsSecrets = [] }) => railsSecrets));

/** Why a key without a rule has no effect. */
export function whyUnused(path: readonly string[]): UnusedReason {
  const [root, ...keys] = path;
  const last = keys.at(-1) ?? '';
  if (DECIDED.has(path.join('.'))) return 'decided';
  if (root === 'gitlab_rails') return RAILS_SECRETS.has(last) ? 'secret' : 'unused';
  if (root !== undefined && LAB_ROOTS.has(root) && isSecretName(last)) return 'secret';
  return 'unused';
}

/** True for names of settings that hold passwords, tokens and keys (not files that hold them). */
function isSecretName(name: string): boolean {
  return /(?:^|_)(?:password|passwd|secret|token)s?$/.test(name) || name === 'encryption_key';
}
