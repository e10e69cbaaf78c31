import { KEEPALIVED_CATALOGUE } from '../../../../../src/workspace/catalogue';
import { lintKeepalived } from '../../../../../src/languages/keepalived/lint';
import { describePages } from '../../core/rules/rule-pages';

describePages({
  prefix: 'KAD',
  fence: 'keepalived',
  rules: KEEPALIVED_CATALOGUE,
  lint: ({ text }) => lintKeepalived(text, { path: 'keepalived.conf' }),
});
