import { flag, form, keyword, LONGEST_SECONDS, number, SIGNED, UNSIGNED, type Keyword } from './keyword';

/**
 * What a `vrrp_instance` sets for itself and `global_defs` for all instances that do not.
 * @param prefix `vrrp_` in `global_defs`, nothing in an instance
 */
export function instanceOrGlobal(prefix: 'vrrp_' | ''): readonly Keyword[] {
  return [
    ...announcements(prefix),
    keyword(
      `${prefix}down_timer_adverts`,
      [number(1, 100)],
      'Missed adverts after which a backup takes over.',
      {
        default: '3',
      },
    ),
    flag(
      `${prefix}skip_check_adv_addr`,
      'Does not compare the addresses in each advert of the same master.',
      {
        ...(prefix === '' ? {} : { silent: 'value' }),
      },
    ),
    flag(`${prefix}lower_prio_no_advert`, 'A master does not answer an advert with a lower priority.'),
    flag(
      `${prefix}higher_prio_send_advert`,
      'A master that hears a higher priority sends one more advert before it yields.',
    ),
  ];
}

/** How a master tells its neighbours that it has the addresses now. */
function announcements(prefix: string): readonly Keyword[] {
  const otherInterfaces = `${prefix}garp_extra_if`;
  const pauses = form(prefix === '' ? 'extra-interfaces' : 'extra-interfaces-of-all', 'all|SECONDS');
  return [
    keyword(
      `${prefix}garp_master_delay`,
      [number(0, LONGEST_SECONDS, 'SECONDS')],
      'When a new master tells the neighbours of its addresses a second time; 0 means never.',
      { default: '5' },
    ),
    keyword(
      `${prefix}garp_master_repeat`,
      [number(1, UNSIGNED)],
      'How many announcements a new master sends at once.',
      { default: '5' },
    ),
    keyword(
      `${prefix}garp_master_refresh`,
      [number(0, UNSIGNED, 'SECONDS')],
      'How often a master announces its addresses again, for switches that forget; 0 means never.',
      { default: '0' },
    ),
    keyword(`${prefix}garp_master_refresh_repeat`, [number(1, UNSIGNED)], 'Announcements of each refresh.', {
      default: '1',
    }),
    keyword(
      `${prefix}garp_lower_prio_delay`,
      [number(0, LONGEST_SECONDS, 'SECONDS')],
      'When a master that heard a lower priority announces itself a second time.',
    ),
    keyword(
      `${prefix}garp_lower_prio_repeat`,
      [number(0, SIGNED)],
      'Announcements of a master that heard a lower priority.',
    ),
    keyword(otherInterfaces, [pauses], 'Announces addresses on other interfaces as well.', {
      rest: true,
      alike: true,
    }),
    keyword(`${prefix}vmac_garp_intvl`, [pauses], `Old spelling of \`${otherInterfaces}\`.`, {
      rest: true,
      alike: true,
      replacedBy: otherInterfaces,
    }),
  ];
}
