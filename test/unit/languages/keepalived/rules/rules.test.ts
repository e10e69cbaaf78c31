import { KEEPALIVED_CATALOGUE } from '../../../../../src/workspace/catalogue';
import { lintKeepalived } from '../../../../../src/languages/keepalived/lint';
import { readKeepalived } from '../../../../../src/languages/keepalived/subject';
import { describePages } from '../../core/rules/rule-pages';

describePages({
  prefix: 'KAD',
  fence: 'keepalived',
  rules: KEEPALIVED_CATALOGUE,
  lint: ({ text }) => lintKeepalived(readKeepalived(text), 'keepalived.conf'),
});
