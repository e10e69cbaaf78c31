import type { EvaluatedConfig } from '../../languages/gitlab-rb/evaluate/evaluated-config';
import type { RubyValue } from '../../languages/gitlab-rb/evaluate/value';
import { SECRET_NAME } from './effects/mask';

/** Shorter texts stand everywhere for something else. */
const SHORTEST = 4;

/**
 * The texts that an evaluated gitlab.rb gives to names that say that they are secret, also those that a later line
 * replaces, and all that stands below such names: a text over several lines as a whole and line by line. Pure.
 */
export function secretValues({ assignments, tree }: EvaluatedConfig): readonly string[] {
  const set = assignments.flatMap(({ path, value }) => secretsIn(value, path.some(isSecret)));
  const kept = [...tree.values()].flatMap((value) => secretsIn(value, false));
  const lines = [...set, ...kept].flatMap((text) => [
    text,
    ...text.split(/\r?\n/).map((line) => line.trim()),
  ]);
  return [...new Set(lines)].filter((text) => text.length >= SHORTEST);
}

function isSecret(name: string | undefined): boolean {
  return name !== undefined && SECRET_NAME.test(name);
}

/** @param secret true below a name that says so */
function secretsIn(value: RubyValue, secret: boolean): readonly string[] {
  switch (value.kind) {
    case 'hash':
      return [...value.entries.values()].flatMap((entry) =>
        secretsIn(entry.value, secret || isSecret(entry.key)),
      );
    case 'array':
      return value.items.flatMap((item) => secretsIn(item, secret));
    case 'string':
    case 'symbol':
    case 'integer':
      return secret ? [String(value.value)] : [];
    case 'float':
    case 'boolean':
    case 'nil':
    case 'unknown':
      return [];
  }
}
