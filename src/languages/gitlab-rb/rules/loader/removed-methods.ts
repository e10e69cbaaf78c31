import * as ruby from '@ruby/prism/src/nodes.js';
import { isSince } from '../../schema/version';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { LOADER_TOPIC } from '../support/topics';

/** The first version whose Ruby (3.2) does not have them. */
const GONE_SINCE = '17.5';

export const REMOVED_METHOD: GitlabRbRule = {
  id: 'GLR242',
  severity: 'error',
  topic: LOADER_TOPIC,
  title: 'A method that Ruby has no more',
  check(subject, report) {
    if (!isSince(subject.version, GONE_SINCE)) return;
    for (const { node } of subject.scan.calls) {
      if (node.name !== 'exists?' || node.messageLoc === null) continue;
      const name = constantOf(node.receiver);
      if (name === undefined) continue;
      const span = subject.spanOf(node.messageLoc);
      const right = `${name}.exist?`;
      report({
        span,
        message: `Ruby has no "${name}.exists?" since 3.2, which GitLab brings since ${GONE_SINCE}: gitlab-ctl reconfigure stops here.`,
        remedy: `Write ${right}.`,
        fix: { title: `Write ${right}`, edits: [{ ...span, newText: 'exist?' }] },
      });
    }
  },
};

/** `File` or `Dir`, also as `::File`. */
function constantOf(node: ruby.Node | null): 'File' | 'Dir' | undefined {
  const rooted = node instanceof ruby.ConstantPathNode && node.parent === null;
  if (!rooted && !(node instanceof ruby.ConstantReadNode)) return undefined;
  return node.name === 'File' || node.name === 'Dir' ? node.name : undefined;
}
