import { Ajv, type AnySchema } from 'ajv';
import { createGenerator } from 'ts-json-schema-generator';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Log } from 'sarif';
import type { CodeQualityIssue } from '../../../../src/cli/render/code-quality';
import { lintFolder, WRONG_PROXY, WRONG_RUBY } from './lint-folder';

const here = lintFolder();
const { write, lint } = here;

describe('reports for other programs', () => {
  beforeEach(() => {
    write('haproxy/my haproxy.cfg', WRONG_PROXY);
    write('gitlab.rb', WRONG_RUBY);
  });

  it('SARIF is valid, with rules, places and fixes', async () => {
    await lint('--format', 'sarif');
    const log = JSON.parse(here.fake.out) as Log;
    const path = new URL('../../../../node_modules/@types/sarif/index.d.ts', import.meta.url).pathname;
    const schema = createGenerator({ path, type: 'Log', skipTypeCheck: true }).createSchema('Log');
    const validate = new Ajv({ strict: false }).compile(schema as AnySchema);
    expect([validate(log), validate.errors]).toEqual([true, null]);
    const [result] = log.runs[0]?.results?.filter(({ ruleId }) => ruleId === 'HAP010') ?? [];
    expect(result?.locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'haproxy/my%20haproxy.cfg' },
      region: { startLine: 13, startColumn: 5, endLine: 13, endColumn: 19 },
    });
    expect(result?.fixes?.[0]?.artifactChanges[0]?.replacements).toEqual([
      {
        deletedRegion: { startLine: 13, startColumn: 5, endLine: 13, endColumn: 19 },
        insertedContent: { text: 'default_backend' },
      },
    ]);
    const rule = log.runs[0]?.tool.driver.rules?.[result?.ruleIndex ?? -1];
    expect(rule).toMatchObject({ id: 'HAP010', defaultConfiguration: { level: 'error' } });
    expect(rule?.help?.markdown).toMatch(/^# HAP010: /);
  });

  it('Code Quality is what GitLab documents, and fingerprints survive a moved line', async () => {
    await lint('--format', 'codequality');
    const before = JSON.parse(here.fake.out) as CodeQualityIssue[];
    // https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
    const schema = {
      type: 'array',
      minItems: 2,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
        properties: {
          description: { type: 'string', minLength: 1 },
          check_name: { type: 'string', minLength: 1 },
          fingerprint: { type: 'string', minLength: 1 },
          severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
          location: {
            type: 'object',
            required: ['path', 'lines'],
            properties: {
              path: { type: 'string', pattern: '^[^./]' },
              lines: {
                type: 'object',
                required: ['begin'],
                properties: { begin: { type: 'integer', minimum: 1 } },
              },
            },
          },
        },
      },
    };
    const validate = new Ajv().compile(schema);
    expect([validate(before), validate.errors]).toEqual([true, null]);
    expect(new Set(before.map(({ fingerprint }) => fingerprint)).size).toBe(before.length);

    write('haproxy/my haproxy.cfg', `# a comment\n\n${WRONG_PROXY}`);
    here.renew();
    await lint('--format', 'codequality');
    const after = JSON.parse(here.fake.out) as CodeQualityIssue[];
    expect(after.map(({ fingerprint }) => fingerprint)).toEqual(before.map(({ fingerprint }) => fingerprint));
  });
});
