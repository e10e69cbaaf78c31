import type { ParseResult } from '@ruby/prism/src/deserialize.js';
import type { Location } from '@ruby/prism/src/nodes.js';
import type { Range } from '../../finding/finding';
import { offsetAt } from '../../finding/text-lines';
import type { Span } from '../core/rules/rule';
import { ByteRange } from '../core/text/byte-range';
import { utf8Index, type Utf8Index } from '../core/text/utf8-index';
import { withDoubt } from './evaluate/doubt';
import { parseGitlabRb } from './evaluate/evaluate';
import type { EvaluatedConfig } from './evaluate/evaluated-config';
import type { IncludedFiles } from './evaluate/included-files';
import { flatSettings, type Setting } from './evaluate/flat-settings';
import { lazy } from '../core/data/lazy';
import { rolesOf } from './schema/roles';
import type { RubyParser } from './ruby/ruby-parser';
import { scanRuby, type RubyScan } from './ruby/ruby-scan';
import { valueAt, type RubyValue } from './evaluate/value';
import {
  DEFAULT_GITLAB_VERSION,
  gitlabVersion,
  OLDEST_GITLAB_VERSION,
  rubyOf,
  type GitlabVersion,
} from './schema/version';

/** What the rules and the editor's questions about gitlab.rb look at: a parsed and evaluated file. */
export interface GitlabRbSubject {
  readonly text: string;
  readonly version: GitlabVersion;
  /** False when nobody names the version, and the newest one is taken: the file may well be an older one's. */
  readonly versionNamed: boolean;
  /** The oldest version that must understand what a fix writes: the file's own, or the oldest met when nobody names one. */
  readonly fixVersion: GitlabVersion;
  readonly index: Utf8Index;
  /** Undefined when the parser gave up; `config.findings` then says so. */
  readonly parsed: ParseResult | undefined;
  readonly config: EvaluatedConfig;
  /** The same without the doubts that rules have: what the file says where it is taken at its word. */
  readonly evaluated: EvaluatedConfig;
  /** Every key as it stands in the end, hashes before what stands in them. */
  readonly settings: readonly Setting[];
  /** The nodes of the Ruby tree that rules ask for. */
  readonly scan: RubyScan;
  /** The roles of the machine; undefined when they cannot be known. */
  readonly roles: ReadonlySet<string> | undefined;
  /** True when the whole file was read: what is not set here is set nowhere. */
  readonly complete: boolean;
  /** What a key holds in the end; undefined when the file does not set it. */
  value(root: string, ...path: readonly string[]): RubyValue | undefined;
  /** The offsets of a range. */
  span(range: Range): Span;
  /** The source text of a range. */
  source(range: Range): string;
  /** The offsets of a place the parser names. */
  spanOf(location: Location): Span;
}

/** Reads gitlab.rb for a version of GitLab (`19.3`), with the files that `from_file` finds. Never throws. */
export function readGitlabRb(
  parser: RubyParser,
  text: string,
  path: string,
  version?: string,
  files?: IncludedFiles,
): GitlabRbSubject {
  const index = utf8Index(text);
  const named = gitlabVersion(version ?? '');
  const judged = named ?? DEFAULT_GITLAB_VERSION;
  const { parsed, config } = parseGitlabRb(parser, index, path, rubyOf(judged), files);
  const sure = withDoubt(config);
  const span = (range: Range): Span =>
    range instanceof ByteRange
      ? range.span
      : { start: offsetAt(index.lines, range.start), end: offsetAt(index.lines, range.end) };
  const settings = lazy(() => flatSettings(config));
  const roles = lazy(() => rolesOf(config));
  const scan = lazy(() => scanRuby(parsed));
  return {
    text,
    version: judged,
    versionNamed: named !== undefined,
    fixVersion: named ?? OLDEST_GITLAB_VERSION,
    index,
    parsed,
    config: sure,
    evaluated: config,
    get settings() {
      return settings();
    },
    get scan() {
      return scan();
    },
    get roles() {
      return roles();
    },
    complete: config.findings.length === 0 && config.inclusions.every(({ read }) => read === true),
    value: (root, ...keys) => valueAt(sure.tree.get(root), keys),
    span,
    source: (range) => {
      const { start, end } = span(range);
      return text.slice(start, end);
    },
    spanOf: ({ startOffset, length }) => ({
      start: index.utf16Offset(startOffset),
      end: index.utf16Offset(startOffset + length),
    }),
  };
}
