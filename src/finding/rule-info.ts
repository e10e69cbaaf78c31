import type { Severity } from './finding';

/** What the index of rules says of one; its page is docs/rules/<id>.md. */
export interface RuleInfo {
  readonly id: string;
  readonly severity: Severity;
  /** Heading in the index of rules. */
  readonly topic: string;
  /** What is wrong, without its place, in a few words. */
  readonly title: string;
}

/** Rules by id, so that a finding of an id without a rule does not compile. */
export type RuleTable<Id extends string> = Readonly<Record<Id, Omit<RuleInfo, 'id'>>>;

/** The rules of a table with their ids. */
export function rulesOf<Id extends string>(
  table: RuleTable<Id>,
): readonly (RuleInfo & { readonly id: Id })[] {
  return (Object.keys(table) as Id[]).map((id) => ({ id, ...table[id] }));
}
