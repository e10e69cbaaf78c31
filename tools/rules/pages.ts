import { readdirSync, readFileSync } from 'node:fs';

/** A block of a rule's page, with the version it is for; `lines=9` in the fence adds empty lines up to so many. */
export interface Example {
  readonly text: string;
  readonly version: string | undefined;
  /** Zero-based lines marked with `# <- here`, or named in the fence: `here=3,5` (counted from one). */
  readonly marked: readonly number[];
}

export interface RulePage {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly topic: string;
  readonly bad: Example;
  readonly good: Example;
  readonly headings: readonly string[];
}

/** Where the pages are. */
export const RULE_PAGES = new URL('../../docs/rules/', import.meta.url);

/** All pages of a language's rules. */
export function rulePages(prefix: string, fence: string): RulePage[] {
  return readdirSync(RULE_PAGES)
    .filter((name) => new RegExp(`^${prefix}\\d{3}\\.md$`).test(name))
    .sort()
    .map((name) => readPage(readFileSync(new URL(name, RULE_PAGES), 'utf8'), fence));
}

function readPage(text: string, fence: string): RulePage {
  const [, id = '', title = ''] = /^# ([A-Z]{3}\d{3}): (.*)$/m.exec(text) ?? [];
  const [, severity = '', topic = ''] = /^Severity: (\w+)\. Topic: (.*)\.$/m.exec(text) ?? [];
  const headings = [...text.matchAll(/^## (.*)$/gm)].map((match) => match[1] ?? '');
  const bad = example(text, 'Bad example', fence);
  const good = example(text, 'Good example', fence);
  return { id, title, severity, topic, headings, bad, good };
}

function example(page: string, heading: string, fence: string): Example {
  const block = new RegExp(`## ${heading}\\n+\`\`\`${fence}([^\\n]*)\\n([^]*?)\\n\`\`\``).exec(page);
  const [, attributes = '', body = ''] = block ?? [];
  const decoded = attributes.includes('escaped')
    ? body.replace(/\\u([0-9A-Fa-f]{4})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    : body;
  const named = /here=([\d,]+)/.exec(attributes)?.[1]?.split(',') ?? [];
  const signed = decoded.split('\n').flatMap((line, at) => (line.endsWith('# <- here') ? [at] : []));
  const missing = Number(/lines=(\d+)/.exec(attributes)?.[1] ?? 0) - decoded.split('\n').length;
  return {
    text: attributes.includes('unterminated')
      ? decoded
      : `${decoded}${'\n'.repeat(Math.max(missing, 0) + 1)}`,
    version: /version=(\S+)/.exec(attributes)?.[1],
    marked: [...signed, ...named.map((line) => Number(line) - 1)].sort((a, b) => a - b),
  };
}
