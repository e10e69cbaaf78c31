import { readdirSync, readFileSync } from 'node:fs';

/** A block of a rule's page, with the version it is for. */
export interface Example {
  readonly text: string;
  readonly version: string;
  /** Zero-based lines marked with `# <- here`. */
  readonly marked: readonly number[];
}

export interface RulePage {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly bad: Example;
  readonly good: Example;
  readonly headings: readonly string[];
}

const FOLDER = new URL('../../../../docs/rules/', import.meta.url);

/** All pages of rules for HAProxy. */
export function rulePages(): RulePage[] {
  return readdirSync(FOLDER)
    .filter((name) => /^HAP\d{3}\.md$/.test(name))
    .sort()
    .map((name) => readPage(readFileSync(new URL(name, FOLDER), 'utf8')));
}

function readPage(text: string): RulePage {
  const [, id = '', title = ''] = /^# (HAP\d{3}): (.*)$/m.exec(text) ?? [];
  const severity = /^Severity: (\w+)/m.exec(text)?.[1] ?? '';
  const headings = [...text.matchAll(/^## (.*)$/gm)].map((match) => match[1] ?? '');
  return {
    id,
    title,
    severity,
    headings,
    bad: example(text, 'Bad example'),
    good: example(text, 'Good example'),
  };
}

function example(page: string, heading: string): Example {
  const block = new RegExp(`## ${heading}\\n+\`\`\`haproxy([^\\n]*)\\n([^]*?)\\n\`\`\``).exec(page);
  const [, attributes = '', body = ''] = block ?? [];
  const decoded = attributes.includes('escaped')
    ? body.replace(/\\u([0-9A-Fa-f]{4})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    : body;
  const marked = decoded.split('\n').flatMap((line, at) => (line.endsWith('# <- here') ? [at] : []));
  return {
    text: attributes.includes('unterminated') ? decoded : `${decoded}\n`,
    version: /version=(\S+)/.exec(attributes)?.[1] ?? '3.0',
    marked,
  };
}
