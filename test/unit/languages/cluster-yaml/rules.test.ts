import { lintClusterYaml } from '../../../../src/languages/cluster-yaml/lint';
import { readClusterFile } from '../../../../src/languages/cluster-yaml/subject';
import { CLUSTER_CATALOGUE } from '../../../../src/workspace/catalogue';
import { describePages } from '../core/rules/rule-pages';

describePages({
  prefix: 'CLU',
  fence: 'yaml',
  rules: CLUSTER_CATALOGUE,
  lint: ({ text }) => lintClusterYaml(readClusterFile(text, 'cluster.yaml'), 'cluster.yaml'),
});
