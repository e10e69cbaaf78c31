import type { Problem, Span } from '../../../core/rules/rule';
import type { GitlabRbSubject } from '../../subject';
import { perSubject } from '../support/per-subject';
import { written } from '../support/read';
import { writtenKeys, type WrittenKey } from '../support/statements';

const TRUE_WORDS: ReadonlySet<string> = new Set(['true', 'on', 'yes', 'enabled']);
const FALSE_WORDS: ReadonlySet<string> = new Set(['false', 'off', 'no', 'disabled']);
/** What Ruby calls nil goes by other names elsewhere. */
const NOTHING: ReadonlySet<string> = new Set(['nil', 'none', 'null', 'undefined']);

/** What people mean by a word for a switch, in whatever letters: Ruby itself knows `true` and `false` alone. */
export function meantBoolean(word: string): 'true' | 'false' | undefined {
  const lower = word.toLowerCase();
  if (TRUE_WORDS.has(lower)) return 'true';
  return FALSE_WORDS.has(lower) ? 'false' : undefined;
}

/**
 * What to do about a word without quotes that stands as a value. It is repaired only where nothing else can be meant: a
 * word for a switch that is put in quotes would be true to Ruby, whatever it says.
 */
export function advice(
  subject: GitlabRbSubject,
  name: string,
  span: Span,
): Pick<Problem, 'remedy'> & Partial<Pick<Problem, 'fix'>> {
  const key = keysOfUnknown(subject).get(span.start);
  const types = key?.info?.types ?? [];
  const meant = meantBoolean(name);
  if (meant !== undefined) return switched(name, meant, span, types);
  if (NOTHING.has(name.toLowerCase()))
    return { remedy: `Write nil if nothing is meant, '${name}' if it is a text.` };
  const other = types.find((type) => type in WANTED);
  if (key && other !== undefined && !types.includes('string'))
    return { remedy: `${written(key.root, key.path)} is ${WANTED[other] ?? ''}: write that.` };
  const quoted = `'${name}'`;
  return {
    remedy: `Write ${quoted} if it is a text.`,
    fix: { title: `Write ${quoted}`, edits: [{ ...span, newText: quoted }] },
  };
}

const WANTED: Readonly<Record<string, string>> = {
  boolean: 'true or false',
  integer: 'a whole number',
  float: 'a number',
  array: 'a list',
  hash: 'a hash',
};

function switched(
  name: string,
  meant: 'true' | 'false',
  span: Span,
  types: readonly string[],
): ReturnType<typeof advice> {
  if (types.join() !== 'boolean')
    return { remedy: `Write ${meant} if it is a switch: in quotes every word is true to Ruby.` };
  const remedy = `Write ${meant}.`;
  // What Ruby spells the same but for its letters is no guess; "yes" is one.
  if (name.toLowerCase() !== meant) return { remedy };
  return { remedy, fix: { title: `Write ${meant}`, edits: [{ ...span, newText: meant }] } };
}

/** The keys whose value cannot be known, by the offset where it begins. */
const keysOfUnknown = perSubject((subject): ReadonlyMap<number, WrittenKey> => {
  const unknown = writtenKeys(subject).filter(({ value }) => value.kind === 'unknown');
  return new Map(unknown.map((key) => [subject.span(key.value.range).start, key]));
});
