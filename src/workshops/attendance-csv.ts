import { spreadsheet } from '../platform/csv.ts';
import type { Locale } from '../platform/locale.ts';
import { stateName } from './pages/parts.tsx';
import type { Registration } from './session.ts';
import { workshopStrings } from './strings.ts';

/**
 * The attendance list as Italian Excel opens it: UTF-8 with a byte-order mark, semicolons, CRLF, and
 * no cell that a spreadsheet would run as a formula.
 */
export function attendanceCsv(list: readonly Registration[], locale: Locale): string {
  const t = workshopStrings(locale);
  const header = [
    t('seat'),
    t('familyName'),
    t('givenName'),
    t('email'),
    t('phone'),
    t('code'),
    t('state'),
  ];
  const lines = list.map((one) => [
    one.seat,
    one.person.familyName,
    one.person.givenName,
    one.contactEmail,
    one.contactPhone,
    one.code,
    stateName(one.state, locale),
  ]);
  return spreadsheet([header, ...lines], locale);
}
