import { HAPROXY_CATALOGUE } from '../../../../../src/workspace/catalogue';
import { lintHaproxy } from '../../../../../src/languages/haproxy/lint';
import { readHaproxy } from '../../../../../src/languages/haproxy/subject';
import { describePages } from '../../core/rules/rule-pages';

describePages({
  prefix: 'HAP',
  fence: 'haproxy',
  rules: HAPROXY_CATALOGUE,
  lint: ({ text, version = '3.0' }) => lintHaproxy(readHaproxy(text, version), 'haproxy.cfg'),
});
