import type { Log, ReportingDescriptor, Result } from 'sarif';
import type { Finding, Range, Severity } from '../../finding/finding';
import { CATALOGUE } from '../../workspace/catalogue';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/** What the report says of the program itself. */
export interface ToolInfo {
  readonly version: string;
  /** Pages of rules in Markdown, by id. */
  readonly pages: ReadonlyMap<string, string>;
}

/** Findings in the Static Analysis Results Interchange Format 2.1.0. */
export function sarifOf(findings: readonly Finding[], tool: ToolInfo): Log {
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  return {
    version: '2.1.0',
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    runs: [
      {
        tool: {
          driver: {
            name: 'gitlab-ha',
            version: tool.version,
            rules: codes.map((code) => descriptor(code, tool)),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => resultOf(finding, codes.indexOf(finding.code))),
      },
    ],
  };
}

function descriptor(code: string, tool: ToolInfo): ReportingDescriptor {
  const entry = CATALOGUE.find(({ id }) => id === code);
  if (entry === undefined) return { id: code };
  const page = tool.pages.get(code);
  return {
    id: code,
    ...(page === undefined ? {} : { help: { text: page, markdown: page } }),
    shortDescription: { text: entry.title },
    defaultConfiguration: { level: LEVELS[entry.severity] },
    properties: { tags: [entry.topic] },
  };
}

function resultOf(finding: Finding, ruleIndex: number): Result {
  const { code, severity, file, range, message, remedy, fix, related } = finding;
  const text = remedy === '' ? message : `${message} ${remedy}`;
  return {
    ruleId: code,
    ruleIndex,
    level: LEVELS[severity],
    message: { text },
    locations: [location(file, range)],
    ...(related === undefined
      ? {}
      : {
          relatedLocations: related.map((place, id) => ({
            id,
            ...location(place.file, place.range),
            message: { text: place.message },
          })),
        }),
    ...(fix === undefined
      ? {}
      : {
          fixes: [
            {
              description: { text: fix.title },
              artifactChanges: [
                {
                  artifactLocation: { uri: encodeURI(file) },
                  replacements: fix.edits.map((edit) => ({
                    deletedRegion: region(edit.range),
                    insertedContent: { text: edit.newText },
                  })),
                },
              ],
            },
          ],
        }),
  };
}

function location(file: string, range: Range): NonNullable<Result['locations']>[number] {
  return { physicalLocation: { artifactLocation: { uri: encodeURI(file) }, region: region(range) } };
}

/** SARIF counts lines and columns from one; the end column is the one behind the last character. */
function region({ start, end }: Range): {
  startLine: number;
  startColumn: number;
  endLine: number;
  endColumn: number;
} {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}
