import type { Reach } from './conditions';
import type { Line, Word } from './word';

/** Names that begin a section, with the branches that know them (empty: all). */
const SECTION_KINDS: ReadonlyMap<string, { readonly since?: string; readonly until?: string }> = new Map([
  ['global', {}],
  ['defaults', {}],
  ['frontend', {}],
  ['backend', {}],
  ['listen', {}],
  ['peers', {}],
  ['mailers', {}],
  ['resolvers', {}],
  ['userlist', {}],
  ['cache', {}],
  ['ring', {}],
  ['log-forward', {}],
  ['http-errors', {}],
  ['fcgi-app', {}],
  ['namespace_list', {}],
  ['program', { until: '3.2' }],
  ['crt-store', { since: '3.0' }],
  ['log-profile', { since: '3.2' }],
  ['traces', { since: '3.2' }],
  ['acme', { since: '3.2' }],
  ['healthcheck', { since: '3.4' }],
]);

/** Branches a section exists in; undefined for a word that begins none. */
export function sectionSpan(name: string): { readonly since?: string; readonly until?: string } | undefined {
  return SECTION_KINDS.get(name);
}

export const SECTION_NAMES: readonly string[] = [...SECTION_KINDS.keys()];

/** True for a word of a text, from `start` to `end`, that begins a section in some branch. */
export function isSectionName(text: string, start: number, end: number): boolean {
  const length = end - start;
  return SECTION_NAMES.some((name) => name.length === length && text.startsWith(name, start));
}

/** One directive: its keyword and arguments, after a `no` or `default` before it has been taken off. */
export interface Statement {
  readonly line: Line;
  readonly modifier: Word | undefined;
  readonly keyword: Word;
  /** Without what follows an empty argument, which ends the list for HAProxy. */
  readonly args: readonly Word[];
  /** True when it depends on an `.if` nobody can decide here, or on words the environment adds. */
  readonly uncertain: boolean;
}

/** True for a line whose every word is known, in every environment. */
export function isSure({ uncertain, line, args }: Statement): boolean {
  return !uncertain && line.fault === undefined && !args.some(({ dynamic }) => dynamic);
}

export interface Section {
  readonly kind: string;
  readonly header: Statement;
  /** Its name; undefined for sections without one. */
  readonly name: Word | undefined;
  /** The `defaults` section named after `from`. */
  readonly from: Word | undefined;
  readonly statements: readonly Statement[];
}

/** What is read of a section before its end is known. */
export type SectionStart = Pick<Section, 'kind' | 'header'>;

/** The directive of a line; undefined for a line without one, and for one HAProxy skips. */
export function statementOn(line: Line, reach: Reach): Statement | undefined {
  const first = line.words[0]?.value ?? '';
  if (reach === 'skipped' || first === '' || first.startsWith('.') || isScope(line)) return undefined;
  return toStatement(line, reach === 'unknown');
}

/** HAProxy reads at most so many words of a line and refuses longer ones as a whole. */
export const MOST_WORDS = 64;

/** `[name]` begins a scope, which only other programs' files use. */
function isScope(line: Line): boolean {
  const [first] = line.words;
  return first !== undefined && !first.quoted && first.value.startsWith('[');
}

/** True when a line of no fault begins a section. */
export function beginsSection({ line, modifier, keyword }: Statement): boolean {
  // A section of another branch still begins one here, so that its lines are not judged by the section before it.
  return line.fault === undefined && modifier === undefined && SECTION_KINDS.has(keyword.value);
}

function toStatement(line: Line, uncertain: boolean): Statement | undefined {
  const [first, second] = line.words;
  if (first === undefined) return undefined;
  const modified = (first.value === 'no' || first.value === 'default') && second !== undefined;
  const keyword = modified ? second : first;
  const rest = line.words.slice(modified ? 2 : 1);
  const empty = rest.findIndex((word) => word.value === '' && !word.dynamic);
  const unclear = uncertain || line.openEnded || line.words.length > MOST_WORDS;
  const args = empty < 0 ? rest : rest.slice(0, empty);
  return new ReadStatement(line, modified ? first : undefined, keyword, args, unclear);
}

class ReadStatement implements Statement {
  constructor(
    readonly line: Line,
    readonly modifier: Word | undefined,
    readonly keyword: Word,
    readonly args: readonly Word[],
    readonly uncertain: boolean,
  ) {}
}

const UNNAMED = new Set(['global', 'traces', 'namespace_list']);

/** The names that the first line of a section gives. */
export function namesOfSection({ kind, header: { args } }: SectionStart): Pick<Section, 'name' | 'from'> {
  const nameless = UNNAMED.has(kind) || (kind === 'defaults' && args[0]?.value === 'from');
  const fromAt = args.findIndex((word, at) => word.value === 'from' && at < 2);
  return { name: nameless ? undefined : args[0], from: fromAt < 0 ? undefined : args[fromAt + 1] };
}
