import { translate } from '../words/message';
import type { Message } from '../words/message';
import type { Localizer } from './words/localizer';

/**
 * What people are told of a cancelled deployment.
 * @param reached of a running lab: sentences about which nodes have the change and which have not
 */
export function cancelledText(lab: string, reached: Message | undefined, l10n: Localizer): string {
  const text = l10n.t('The deployment of lab {0} was cancelled.', lab);
  return reached === undefined ? text : `${text} ${translate(reached, l10n)}`;
}
