/**
 * Writes docs/rules/README.md: every rule by language, topic and severity.
 *
 *   npx tsx tools/rules/rule-index.ts
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { CATALOGUE, CATALOGUES, type CatalogueEntry } from '../../src/workspace/catalogue';

const OUTPUT = fileURLToPath(new URL('../../docs/rules/README.md', import.meta.url));

const link = ({ id }: CatalogueEntry): string => `[${id}](${id}.md)`;
const byId = (a: CatalogueEntry, b: CatalogueEntry): number => (a.id < b.id ? -1 : 1);

function topicsOf(entries: readonly CatalogueEntry[]): string {
  const topics = [...new Set(entries.map(({ topic }) => topic))];
  return topics
    .map((topic) => {
      const rows = entries.filter((entry) => entry.topic === topic).sort(byId);
      const table = rows.map((entry) => `| ${link(entry)} | ${entry.severity} | ${entry.title} |`).join('\n');
      return `### ${topic}\n\n| Rule | Severity | What is wrong |\n| --- | --- | --- |\n${table}`;
    })
    .join('\n\n');
}

const byTopic = CATALOGUES.map(
  ([title, entries]) => `## ${title}: ${entries.length} rules\n\n${topicsOf(entries)}`,
);
const bySeverity = ['error', 'warning', 'information', 'hint'].map((severity) => {
  const rows = CATALOGUE.filter((entry) => entry.severity === severity).sort(byId);
  return `- ${severity} (${rows.length}): ${rows.map(link).join(', ')}`;
});

const text = `# Rules

${CATALOGUE.length} rules for gitlab.rb (GitLab's package up to 19.3), haproxy.cfg (HAProxy 2.6, 3.0, 3.2 and 3.4) and keepalived.conf (Keepalived 2.2 to 2.4), cluster.yaml and the files of a workspace together. An error is something
the real program refuses, or silently does not do; warnings and information are about how the file behaves in an outage. The editor, \`gitlab-ha lint\` and a deployment apply them: the same finding has the same id and place in all three.
What is not checked, and why, stands in [left-out-gitlab-rb.md](left-out-gitlab-rb.md), [left-out-haproxy.md](left-out-haproxy.md) and [left-out-keepalived.md](left-out-keepalived.md). This index is written by \`tools/rules/rule-index.ts\`.

A finding is silenced by a comment with the rule's id and a reason: \`# ha-lab: ignore HAP012 reason\` behind the line or
alone on the line above it, \`# ha-lab: ignore-file HAP012 reason\` anywhere for the whole file. Of errors that keep a lab from being made (CLU, LAB and WSP)
a deployment takes no such comment: it cannot make up what is missing. What a lab does otherwise than a real node (LAB010 to LAB016)
is told at a deployment; the editor shows it as hints when \`gitlabHaLab.lint.labRemarks\` is on.

${byTopic.join('\n\n')}

## By severity

${bySeverity.join('\n')}
`;
const style = await resolveConfig(OUTPUT);
writeFileSync(OUTPUT, await format(text, { ...style, filepath: OUTPUT }));
