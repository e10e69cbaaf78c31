import { HAPROXY_CATALOGUE } from '../../../../src/config/catalogue';
import { lintHaproxy } from '../../../../src/config/haproxy/lint';
import { describePages } from '../rules/rule-pages';

describePages({
  prefix: 'HAP',
  fence: 'haproxy',
  rules: HAPROXY_CATALOGUE,
  lint: ({ text, version = '3.0' }) => lintHaproxy(text, { version, path: 'haproxy.cfg' }),
});
