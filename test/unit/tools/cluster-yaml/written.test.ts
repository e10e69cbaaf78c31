import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { format, resolveConfig } from 'prettier';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { CLUSTER_KEYS, type ClusterKey } from '../../../../src/cluster/cluster-keys';
import { readClusterYaml } from '../../../../src/cluster/cluster-yaml';
import { clusterSchema } from '../../../../tools/cluster-yaml/json-schema';
import { keyTable } from '../../../../tools/cluster-yaml/reference';

const read = (path: string): string => readFileSync(path, 'utf8');
const sample = read('lab/sample/cluster.yaml');

describe('what is written from the keys of cluster.yaml', () => {
  test('the schema is up to date: npx tsx tools/cluster-yaml/write.ts', () => {
    expect(JSON.parse(read('schema/cluster.schema.json'))).toEqual(clusterSchema());
  });

  test('the reference is up to date: npx tsx tools/cluster-yaml/write.ts', async () => {
    const path = 'docs/cluster-yaml.md';
    const [, table = ''] = /<!-- keys -->\n([^]*?)<!-- end of keys -->/.exec(read(path)) ?? [];
    const expected = await format(keyTable(), { ...(await resolveConfig(path)), filepath: path });
    expect(table.trim()).toBe(expected.trim());
  });
});

describe('the schema', () => {
  const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(clusterSchema());

  test.each([
    ['the sample', sample],
    [
      'a voter',
      sample.replace(/^# layers:\n.*\n/m, 'layers:\n  cache: { nodes: [node1, node2], voters: [node3] }\n'),
    ],
    ['a version without quotes', sample.replace('"19.3"', '19.3')],
  ])('takes %s, as the reader does', (_, text) => {
    expect(readClusterYaml(text).findings).toEqual([]);
    expect([validate(parse(text)), validate.errors]).toEqual([true, null]);
  });

  test.each([
    ['an unknown key', sample.replace('domain:', 'domian:')],
    ['an unknown key of the lab', sample.replace('timings:', 'timing:')],
    ['no VIP', sample.replace(/\n {2}vip:.*/, '')],
    ['a word the key does not take', sample.replace('timings: fast', 'timings: slow')],
    ['a text for a number', sample.replace('memory_mb: 1024', 'memory_mb: much')],
    ['too little memory', sample.replace('memory_mb: 1024', 'memory_mb: 100')],
    [
      'voters where there are none',
      sample.replace(/^# layers:\n.*\n/m, 'layers:\n  access: { voters: [node3] }\n'),
    ],
    ['two nodes', sample.replace(/.*node3, address.*\n/, '')],
  ])('refuses %s, as the reader does', (_, text) => {
    expect(readClusterYaml(text).findings.map(({ severity }) => severity)).toContain('error');
    expect(validate(parse(text))).toBe(false);
  });
});

test('every key is one the reader takes, and it takes no other one', () => {
  const unknown = (path: readonly string[], name: string): boolean => {
    const text = path.reduceRight(
      (inner, key) =>
        `${key}:\n${key === 'nodes' && path.length === 1 ? '  - ' : '  '}${inner.replaceAll('\n', '\n  ')}`,
      `${name}: x`,
    );
    const about = new RegExp(`^(?:"${name}" is no key|There is no layer "${name}")`);
    return readClusterYaml(text).findings.some(({ message }) => about.test(message));
  };
  const visit = (keys: readonly ClusterKey[], path: readonly string[]): void => {
    expect([path, unknown(path, 'nonsense')]).toEqual([path, true]);
    for (const key of keys) {
      expect([path, key.name, unknown(path, key.name)]).toEqual([path, key.name, false]);
      if (key.keys !== undefined) visit(key.keys, [...path, key.name]);
    }
  };
  visit(CLUSTER_KEYS, []);
});
