import { dayInGermany } from '../kernel/dates.ts';
import { type Appointment, endsAt } from '../modules/appointments/index.ts';
import type { Profile } from '../modules/settings/index.ts';
import type { Language, Translate } from '../platform/i18n/index.ts';
import { formatLongDate, formatTime } from '../ui/format.ts';

type Words = { readonly t: Translate; readonly language: Language };

/** When it is, for the person: `Dienstag, 1. Dezember 2026, 14:00 bis 14:30 Uhr`, on German clocks. */
export const whenForClient = ({ t, language }: Words, each: Pick<Appointment, 'startsAt' | 'minutes'>): string =>
  t('appointments:client.when', {
    date: formatLongDate(dayInGermany(each.startsAt), language),
    from: formatTime(each.startsAt, language),
    until: formatTime(endsAt(each), language),
  });

/** A telephone number that is not torn over two lines; other words as they are. */
const unbroken = (place: string): string => (/^[+\d][\d /()-]*$/.test(place) ? place.replaceAll(' ', '\u00a0') : place);

/** Where to go, for the person, or where the phone rings. */
export function whereForClient(
  { t }: Words,
  each: Pick<Appointment, 'way' | 'place'>,
  office: { readonly name: string; readonly profile: Profile | undefined },
): string {
  const { way, place } = each;
  if (way !== 'office') return t(`appointments:client.${way}${place === '' ? '' : 'At'}`, { place: unbroken(place) });
  const { profile, name } = office;
  const house = profile === undefined ? name : `${profile.street}, ${profile.postcode} ${profile.town}`;
  return place === '' ? house : `${house}, ${place}`;
}
