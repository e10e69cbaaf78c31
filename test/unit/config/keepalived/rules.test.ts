import { KEEPALIVED_CATALOGUE } from '../../../../src/config/catalogue';
import { lintKeepalived } from '../../../../src/config/keepalived/lint';
import { describePages } from '../rules/rule-pages';

describePages({
  prefix: 'KAD',
  fence: 'keepalived',
  rules: KEEPALIVED_CATALOGUE,
  lint: ({ text }) => lintKeepalived(text, { path: 'keepalived.conf' }),
});
