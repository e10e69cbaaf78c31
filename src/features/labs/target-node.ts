import type { FeatureContext } from '../common/feature-context';

/** The node that the row names on which a command was called; undefined for rows that name none. */
export function nodeOf(context: FeatureContext, argument: unknown): string | undefined {
  const target = context.target(argument);
  return target?.kind === 'node' || target?.kind === 'service' ? target.node : undefined;
}
