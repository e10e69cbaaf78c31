import { isOneEdit } from '../../../../finding/did-you-mean';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { replaceText } from '../support/effective';
import { written } from '../support/read';
import { writtenKeys } from '../support/statements';
import { LOADER_TOPIC } from '../support/topics';

/** Of shorter words each is one slip away from many others. */
const LEAST_LENGTH = 4;
/** Keys whose values a rule of their own knows better. */
const HAS_OWN_RULE = new Set(['pool_mode']);

export const NEARLY_KNOWN: GitlabRbRule = {
  id: 'GLR238',
  severity: 'warning',
  topic: LOADER_TOPIC,
  title: 'A value that is one slip away from a known one',
  check(subject, report) {
    for (const { root, path, info, value } of writtenKeys(subject)) {
      const known = (info?.values ?? info?.suggestions ?? []).flatMap((source) => textOf(source) ?? []);
      if (value.kind !== 'string' || known.length < 2 || HAS_OWN_RULE.has(path.at(-1) ?? '')) continue;
      const text = value.value;
      if (text.length < LEAST_LENGTH || known.some((word) => word.toLowerCase() === text.toLowerCase()))
        continue;
      const [meant, ...others] = known.filter((word) => isOneEdit(text, word));
      if (meant === undefined || others.length > 0) continue;
      const span = subject.span(value.range);
      const edit = replaceText(subject, { value: text, span }, meant);
      report({
        span,
        message: `${written(root, path)} is '${text}', which is one slip away from '${meant}'.`,
        remedy: `Write '${meant}'. Known values: ${known.join(', ')}.`,
        ...(edit === undefined ? {} : { fix: { title: `Write '${meant}'`, edits: [edit] } }),
      });
    }
  },
};

/** The text that a value in Ruby source is; undefined for other values. */
function textOf(source: string): string | undefined {
  return /^'([^']*)'$/.exec(source)?.[1];
}
