import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FILE_TYPES, globsOf, looksLikeCluster, namedKind } from '../../../src/languages/file-types';

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly languages: readonly { readonly id: string; readonly filenamePatterns: readonly string[] }[];
  };
}

const manifest = JSON.parse(
  readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
) as Manifest;

describe('package.json follows the table of files', () => {
  it('a folder starts the extension by the globs that say so', () => {
    const events = manifest.activationEvents.filter((event) => event.startsWith('workspaceContains:'));
    expect(events).toEqual(
      globsOf(({ activates }) => activates === true).map((glob) => `workspaceContains:${glob}`),
    );
  });

  it('the languages of our own are opened by name and claim the same files', () => {
    const own = FILE_TYPES.filter(({ editorId }) => editorId !== undefined);
    expect(manifest.contributes.languages.map(({ id }) => id)).toEqual(own.map(({ editorId }) => editorId));
    for (const { editorId, globs } of own) {
      expect(manifest.activationEvents).toContain(`onLanguage:${editorId}`);
      const claimed = manifest.contributes.languages.find(({ id }) => id === editorId)?.filenamePatterns;
      // VS Code takes a pattern without a folder for a name anywhere.
      expect(claimed?.map((pattern) => (pattern.includes('/') ? pattern : `**/${pattern}`))).toEqual(globs);
    }
  });
});

describe('the kind a path is named like', () => {
  it.each([
    ['haproxy.cfg', 'haproxy'],
    ['/etc/haproxy/conf.d/web.cfg', 'haproxy'],
    ['haproxyish/web.cfg', undefined],
    ['a/keepalived-node1.conf', 'keepalived'],
    ['a/xkeepalived.conf', undefined],
    ['cluster.yaml', 'cluster'],
    ['a/cluster.yml', 'cluster'],
    ['a/my-cluster.yaml', undefined],
    ['nodes/node1/extra.rb', 'gitlab-rb'],
    ['nodes/node1/deep/extra.rb', undefined],
    ['omnibus/a.rb', 'gitlab-rb'],
    ['docker-compose.prod.yml', 'compose'],
    ['compose.yaml', 'compose'],
    ['decompose.yaml', undefined],
  ])('%s: %s', (path, kind) => expect(namedKind(path)).toBe(kind));
});

describe('a cluster.yaml is ours when it looks like a description of a cluster', () => {
  it.each([
    ['name: a\nnodes:\n', true],
    ['network: {', true],
    ['name: a\n', false],
    ['apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nnodes: []\n', false],
    ['', false],
  ])('%j: %s', (text, ours) => expect(looksLikeCluster(text)).toBe(ours));
});
