import type { ParseResult } from '@ruby/prism/src/deserialize.js';
import type { Range } from '../../cluster/finding';
import { offsetAt } from '../../cluster/text-lines';
import type { Span } from '../rules/rule';
import { utf8Index, type Utf8Index } from '../text/utf8-index';
import { parseGitlabRb } from './evaluate';
import type { EvaluatedConfig } from './evaluated-config';
import type { RubyParser } from './ruby-parser';
import { valueAt, type RubyValue } from './value';
import { DEFAULT_GITLAB_VERSION, gitlabVersion, type GitlabVersion } from './version';

/** What the rules and the editor's questions about gitlab.rb look at: a parsed and evaluated file. */
export interface GitlabRbSubject {
  readonly text: string;
  readonly version: GitlabVersion;
  readonly index: Utf8Index;
  /** Undefined when the parser gave up; `config.findings` then says so. */
  readonly parsed: ParseResult | undefined;
  readonly config: EvaluatedConfig;
  /** What a key holds in the end; undefined when the file does not set it. */
  value(root: string, ...path: readonly string[]): RubyValue | undefined;
  /** The offsets of a range. */
  span(range: Range): Span;
  /** The source text of a range. */
  source(range: Range): string;
}

/** Reads gitlab.rb for a version of GitLab (`19.3`). Never throws. */
export function readGitlabRb(
  parser: RubyParser,
  text: string,
  path: string,
  version?: string,
): GitlabRbSubject {
  const index = utf8Index(text);
  const { parsed, config } = parseGitlabRb(parser, index, path);
  const span = ({ start, end }: Range): Span => ({
    start: offsetAt(index.lines, start),
    end: offsetAt(index.lines, end),
  });
  return {
    text,
    version: gitlabVersion(version ?? '') ?? DEFAULT_GITLAB_VERSION,
    index,
    parsed,
    config,
    value: (root, ...keys) => valueAt(config.tree.get(root), keys),
    span,
    source: (range) => {
      const { start, end } = span(range);
      return text.slice(start, end);
    },
  };
}
