import { say } from '../../words/message';
import type { LiveService } from '../core/live/live-service';
import type { View } from '../core/live/view';
import { keepalivedVerdict, vipLeft } from './health';
import { holdsVip, vipView } from './view';
import { missingVip } from './whole';
import type { VipState } from './whole';

const nobodyHoldsIt = (view: View): boolean => {
  const { known, holders } = vipView(view);
  return known && holders.length === 0;
};

export const keepalivedLive: LiveService<
  { readonly vip: VipState },
  { readonly holdsVip: boolean | undefined },
  'vip-moved'
> = {
  verdict: keepalivedVerdict,
  leftBehind: vipLeft,
  servesNobody: nobodyHoldsIt,
  suffersVacancy: nobodyHoldsIt,
  state: (view) => ({ vip: { address: view.cluster.vip, holders: vipView(view).holders } }),
  nodeState: (view, node) => ({ holdsVip: holdsVip(view, node) }),
  missing: ({ vip }) => missingVip(vip),
  holders: [
    {
      kind: 'vip-moved',
      title: say('holder of the VIP'),
      held: (view) => {
        const { known, holders } = vipView(view);
        return { known, holder: holders.length > 0 ? holders.join(', ') : undefined };
      },
    },
  ],
};
