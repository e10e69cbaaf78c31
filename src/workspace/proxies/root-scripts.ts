import type { Finding } from '../../finding/finding';
import { lintKeepalived } from '../../languages/keepalived/lint';
import { readKeepalived } from '../../languages/keepalived/subject';

/** The rule that tells of scripts that may run as root. */
const MAY_RUN_AS_ROOT = 'KAD083';

/**
 * What of these files would run commands as root in a node: with a deployment it is no matter of style any more, so it is
 * told there as well as by the linter. Pure; what a comment silences stays silent.
 * @param files keepalived.conf by its path; several nodes may share one
 */
export function rootScripts(files: ReadonlyMap<string, string>): readonly Finding[] {
  return [...files].flatMap(([path, text]) =>
    lintKeepalived(readKeepalived(text), path)
      .filter(({ code }) => code === MAY_RUN_AS_ROOT)
      .map((finding) => ({ ...finding, severity: 'warning' as const })),
  );
}
