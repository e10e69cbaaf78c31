import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CliContext } from '../context';

/** The page of a rule as it ships with the program; undefined when the rule has none. */
export async function rulePageOf(context: CliContext, id: string): Promise<string | undefined> {
  if (!/^[A-Z]{3}\d{3}$/.test(id)) return undefined;
  const file = join(await context.packageRoot(), 'docs', 'rules', `${id}.md`);
  return readFile(file, 'utf8').catch(() => undefined);
}

/** The pages of those rules that have one, by id. */
export async function rulePagesOf(
  context: CliContext,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const pages = new Map<string, string>();
  for (const id of ids) {
    const page = await rulePageOf(context, id);
    if (page !== undefined) pages.set(id, page);
  }
  return pages;
}
