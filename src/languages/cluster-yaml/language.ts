import type { Language } from '../core/language/language';
import { completion } from './editor/completion';
import { documentSymbols } from './editor/document-symbols';
import { hover } from './editor/hover';
import { links } from './editor/links';
import { symbolUses } from './editor/symbols';
import { lintClusterYaml } from './lint';
import { readClusterFile, type ClusterSubject } from './subject';

/**
 * cluster.yaml: reading, checking, what its keys mean. Folding, colours and form are what the user's YAML extension gives
 * to every YAML file.
 */
export const CLUSTER_YAML_LANGUAGE: Language<ClusterSubject, 'cluster'> = {
  id: 'cluster',
  title: 'cluster.yaml',
  letters: 'CLU',
  fileName: 'cluster.yaml',
  fence: 'yaml',
  // A new one is written by a command.
  snippets: [],
  read: (text, target) => readClusterFile(text, target.path),
  lint: (subject, target, severities) => lintClusterYaml(subject, target.path, severities),
  features: {
    completion,
    hover,
    symbolUses,
    documentSymbols,
    documentLinks: links,
    foldingRanges: () => [],
    selectionRange: (_, position) => ({ range: { start: position, end: position } }),
  },
};
