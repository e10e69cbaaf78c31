import { describe, expect, it } from 'vitest';
import { CLUSTER_YAML_LANGUAGE } from '../../../../src/languages/cluster-yaml/language';
import { CLUSTER_KEYS, keysBelow } from '../../../../src/languages/cluster-yaml/schema/keys';
import { readClusterYaml } from '../../../../src/cluster/cluster-yaml';

/** What is offered, or said, at the place of `|`. */
function at(marked: string) {
  const offset = marked.indexOf('|');
  const before = marked.slice(0, offset).split('\n');
  const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  const text = marked.replace('|', '');
  const subject = CLUSTER_YAML_LANGUAGE.read(text, { path: 'cluster.yaml' });
  return {
    labels: CLUSTER_YAML_LANGUAGE.features.completion(subject, position).map(({ label }) => label),
    hover: CLUSTER_YAML_LANGUAGE.features.hover(subject, position),
  };
}

describe('cluster.yaml in the editor', () => {
  it.each([
    ['na|', CLUSTER_KEYS.map(({ name }) => name)],
    ['network:\n  |', ['subnet', 'vip']],
    ['nodes:\n  - name: a\n    |', ['name', 'address', 'host']],
    ['nodes:\n  - |', ['name', 'address', 'host']],
    ['layers:\n  cache:\n    |', ['enabled', 'nodes', 'voters']],
    ['layers:\n  access:\n    |', ['enabled', 'nodes']],
    ['lab:\n  timings: |', ['fast', 'production']],
    ['dcs: co|', ['consul', 'etcd']],
    ['lab: { |', []],
    ['# na|', []],
    ['nonsense:\n  |', []],
  ])('offers at %j: %j', (marked, labels) => {
    expect(at(marked).labels).toEqual(labels);
  });

  it.each([
    ['na|me: a\n', 'Name of the cluster, and of its lab: one lab per name.'],
    ['layers:\n  cac|he:\n', 'Cache & queues. Two Sentinels must agree before a replica is promoted.'],
    ['nodes:\n  - name: a\n    addr|ess: b\n', 'IPv4 address inside the subnet.'],
  ])('says at %j what the key decides', (marked, about) => {
    const { hover } = at(marked);
    expect(hover?.contents).toMatchObject({
      kind: 'markdown',
      value: expect.stringContaining(about) as string,
    });
  });

  it('says nothing elsewhere', () => {
    expect(at('name: a|\n').hover).toBeUndefined();
    expect(at('nonsense|: a\n').hover).toBeUndefined();
  });

  it('every key it offers is one the reader takes', () => {
    const top = CLUSTER_KEYS.map(({ name }) => `${name}: x`).join('\n');
    const codes = readClusterYaml(`${top}\n`).findings.map(({ code }) => code);
    expect(codes).not.toContain('CLU005');
    for (const section of ['network', 'lab']) {
      const keys = (keysBelow([section]) ?? []).map(({ name }) => `  ${name}: x`).join('\n');
      const inner = readClusterYaml(`${section}:\n${keys}\n`).findings.map(({ code }) => code);
      expect(inner).not.toContain('CLU005');
    }
  });
});
