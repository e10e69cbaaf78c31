import type { Finding, Range } from '../../../../finding/finding';
import { GITLAB_SCHEMA } from '../../schema';
import { gitlabVersion, isSince } from '../../schema/version';
import type { GitlabRbSubject } from '../../subject';
import { rootSince } from './root-history';

/** A setting as fixes write it: `gitlab_rails['nginx']['listen_port']`. */
const WRITTEN = /\b([a-z_]+)((?:\['[\w.-]+'\])+)/g;

/**
 * The finding, without its fix where that writes a setting the version does not know, or would write over `from_file`
 * because what it repairs stands in the file that is read there.
 */
export function understood(finding: Finding, subject: GitlabRbSubject): Finding {
  const { fix, ...rest } = finding;
  const sure = fix?.edits.every(({ range, newText }) => {
    if (standsElsewhere(subject, range)) return false;
    const young = youngest(newText);
    // What replaces a setting as young asks for no newer version than the file did.
    return (
      young === undefined || isSince(subject.fixVersion, young) || isAsYoung(subject.source(range), young)
    );
  });
  return sure === false ? rest : finding;
}

function standsElsewhere(subject: GitlabRbSubject, range: Range): boolean {
  const { start, end } = subject.span(range);
  return subject.config.inclusions.some((inclusion) => {
    const place = subject.span(inclusion.range);
    return inclusion.read === true && start < place.end && end > place.start;
  });
}

function isAsYoung(replaced: string, young: string): boolean {
  const version = gitlabVersion(youngest(replaced) ?? '');
  return version !== undefined && isSince(version, young);
}

/** The first version that knows all settings of a text; undefined when all do. */
function youngest(text: string): string | undefined {
  let young: string | undefined;
  for (const [, root = '', keys = ''] of text.matchAll(WRITTEN)) {
    const path = [...keys.matchAll(/\['([\w.-]+)'\]/g)].map((one) => one[1] ?? '');
    // A key above may be younger than what is known of those below it.
    for (let depth = 0; depth <= path.length; depth += 1) {
      const since = depth === 0 ? rootSince(root) : GITLAB_SCHEMA.key(root, path.slice(0, depth))?.since;
      const known = gitlabVersion(since ?? '');
      if (known !== undefined && (young === undefined || isSince(known, young))) young = since;
    }
  }
  return young;
}
