/** How the package calls what holds an address: `master_ip`, `listen_addr`, `trusted_proxies`, `monitoring_whitelist`. */
const NAMES =
  /(?:^|_)(?:ip|ips|addr|addrs|address|addresses|host|hosts|bind|whitelist|allowlist|proxies|join|join_wan|url|uri|endpoint|nodes|servers|listen|allow|deny)$/;
/** Such a name that holds something else: how often an address may ask. */
const OTHERS = /(?:^|_)(?:rate_limit_(?:tls_)?source_ip)$/;

/**
 * True for a key whose value is an address of a machine, or a list of them.
 * @param path keys after the root; `[]` stands for any item of a list
 */
export function takesAddress(path: readonly string[]): boolean {
  const name = path.findLast((part) => part !== '[]' && part !== '*') ?? '';
  return NAMES.test(name) && !OTHERS.test(name);
}
