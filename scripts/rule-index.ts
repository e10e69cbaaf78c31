/**
 * Writes docs/rules/README.md: every rule by topic and by severity.
 *
 *   npx tsx scripts/rule-index.ts
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { HAPROXY_RULES } from '../src/config/haproxy/rules';

interface Entry {
  readonly id: string;
  readonly severity: string;
  readonly topic: string;
  readonly title: string;
}

const OUTPUT = fileURLToPath(new URL('../docs/rules/README.md', import.meta.url));
const unused: Entry = {
  id: 'HAP000',
  severity: 'hint',
  topic: 'Lines and words',
  title: 'A suppression silences nothing',
};
const entries = [unused, ...HAPROXY_RULES].sort((a, b) => (a.id < b.id ? -1 : 1));

const link = ({ id }: Entry): string => `[${id}](${id}.md)`;
const topics = [...new Set(entries.map(({ topic }) => topic))];
const byTopic = topics.map((topic) => {
  const rows = entries.filter((entry) => entry.topic === topic);
  const table = rows.map((entry) => `| ${link(entry)} | ${entry.severity} | ${entry.title} |`).join('\n');
  return `### ${topic}\n\n| Rule | Severity | What is wrong |\n| --- | --- | --- |\n${table}`;
});
const bySeverity = ['error', 'warning', 'information', 'hint'].map((severity) => {
  const rows = entries.filter((entry) => entry.severity === severity);
  return `- ${severity} (${rows.length}): ${rows.map(link).join(', ')}`;
});

const text = `# Rules

${entries.length} rules for HAProxy 2.6, 3.0, 3.2 and 3.4. An error is something HAProxy refuses the file for; warnings and
information are about how the file behaves in an outage. \`gitlab-ha lint\` applies them. What is not checked, and why,
stands in [left-out.md](left-out.md). This index is written by \`scripts/rule-index.ts\`.

A finding is silenced by a comment with the rule's id and a reason: \`# ha-lab: ignore HAP012 reason\` behind the line or
alone on the line above it, \`# ha-lab: ignore-file HAP012 reason\` anywhere for the whole file.

## By topic

${byTopic.join('\n\n')}

## By severity

${bySeverity.join('\n')}
`;
const style = await resolveConfig(OUTPUT);
writeFileSync(OUTPUT, await format(text, { ...style, filepath: OUTPUT }));
