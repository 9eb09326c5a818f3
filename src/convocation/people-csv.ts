import { type Instant, wall } from '../platform/clock.ts';
import { spreadsheet } from '../platform/csv.ts';
import type { Locale } from '../platform/locale.ts';
import type { Followed } from './actions/read-campaign.ts';
import { nextWords, refusalWords } from './pages/parts.tsx';
import { deskStrings } from './strings.ts';

/**
 * The people of a campaign as a file that Italian Excel opens as it is: UTF-8 with a byte-order mark,
 * semicolons, Italian days, and no cell that a spreadsheet would run as a formula.
 */
export function peopleCsv(people: readonly Followed[], locale: Locale): string {
  const t = deskStrings(locale);
  const when = (instant: Instant | null | undefined) =>
    instant === null || instant === undefined ? '' : wall(instant).toFormat('dd/MM/yyyy HH:mm');
  const header = [
    t('person'),
    t('office'),
    t('format'),
    t('state'),
    t('sentOn'),
    t('opened'),
    t('validUntil'),
    t('appointmentOn'),
    t('next'),
    t('fault'),
  ];
  const lines = people.map((one) => [
    `${one.familyName} ${one.givenName}`,
    one.officeName,
    t(`format_${one.format}`),
    t(`status_${one.followUp}`),
    when(one.sentAt),
    when(one.openedAt),
    when(one.expiresAt),
    when(one.appointment?.startsAt),
    nextWords(one, locale),
    one.refusal === null ? '' : refusalWords(one.refusal, locale),
  ]);
  return spreadsheet([header, ...lines], locale);
}
