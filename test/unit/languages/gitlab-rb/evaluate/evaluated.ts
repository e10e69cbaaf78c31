import { evaluateGitlabRb } from '../../../../../src/languages/gitlab-rb/evaluate/evaluate';
import type { EvaluatedConfig } from '../../../../../src/languages/gitlab-rb/evaluate/evaluated-config';
import type { RubyValue } from '../../../../../src/languages/gitlab-rb/evaluate/value';
import { loadParser } from '../../../../../tools/fuzz/parser';

const parser = await loadParser();

export const evaluate = (text: string): EvaluatedConfig => evaluateGitlabRb(parser, text, 'gitlab.rb');

/** Anything of an evaluated file with its ranges written out. */
export const placed = (part: unknown): unknown => JSON.parse(JSON.stringify(part));

/** A value without its ranges: symbols as `:name`, unknown values as `? reason`. */
export function plain(value: RubyValue | undefined): unknown {
  if (value === undefined) return undefined;
  switch (value.kind) {
    case 'unknown':
      return `? ${value.reason}`;
    case 'symbol':
      return `:${value.value}`;
    case 'nil':
      return null;
    case 'array':
      return value.items.map(plain);
    case 'hash': {
      const entries = [...value.entries].map(([key, entry]) => [key, plain(entry.value)]);
      return Object.fromEntries(value.open ? [...entries, ['…', plain(value.open)]] : entries);
    }
    case 'string':
    case 'integer':
    case 'float':
    case 'boolean':
      return value.value;
  }
}

/** What a root holds in the end. */
export const root = (text: string, name: string): unknown => plain(evaluate(text).tree.get(name));
