import type { Health, Role } from '../../../observe/state';

/** What is concluded about one service of one node, apart from its process. */
export interface Verdict {
  readonly health: Health;
  /** One short sentence: why this health. */
  readonly detail: string;
  readonly role?: Role;
  readonly facts?: Readonly<Record<string, string>>;
}

/** Facts for a tooltip; entries without a value are left out, order is kept. */
export function facts(
  entries: Readonly<Record<string, string | number | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, String(value)]],
    ),
  );
}
