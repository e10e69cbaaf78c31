/**
 * Keys GitLab does not know, but people write, for which a rule of their own says what to write instead: the general
 * rule about unknown keys stays silent about them. Root and keys, divided by slashes.
 */
export const EXPLAINED_KEYS: ReadonlySet<string> = new Set([
  // GLR161
  'sentinel/master_name',
  'sentinel/master_ip',
  'sentinel/master_port',
  'sentinel/master_password',
]);
