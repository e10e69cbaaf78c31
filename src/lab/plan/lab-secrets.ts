import type { LabSecrets } from '../../services/secrets';

/** So long a text stands for nothing else, whatever is around it. */
const LONG = 8;

/**
 * Replaces every secret in a text that leaves the lab (diffs, logs, errors) by asterisks, wherever it stands: as it is, and
 * as JSON writes it.
 * @param values secrets of the user's own files; a short one counts only as a word of its own
 */
export function redactSecrets(text: string, secrets: LabSecrets, values: readonly string[] = []): string {
  const own = Object.values(secrets).map((value: string) => ({ value, anywhere: true }));
  const found = values.map((value) => ({ value, anywhere: value.length >= LONG }));
  return (
    [...own, ...found]
      .flatMap(({ value, anywhere }) => spellings(value).map((spelling) => ({ spelling, anywhere })))
      .filter(({ spelling }) => spelling !== '' && text.includes(spelling))
      // A secret may be a part of another one.
      .sort((one, other) => other.spelling.length - one.spelling.length)
      .reduce((result, { spelling, anywhere }) => result.replace(patternOf(spelling, anywhere), '***'), text)
  );
}

function spellings(value: string): readonly string[] {
  return [...new Set([value, JSON.stringify(value).slice(1, -1)])];
}

function patternOf(text: string, anywhere: boolean): RegExp {
  const literal = text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
  return new RegExp(anywhere ? literal : String.raw`(?<!\w)${literal}(?!\w)`, 'g');
}
