import { spreadsheet } from '../platform/csv.ts';
import type { Locale } from '../platform/locale.ts';
import { formatTime } from '../web/format.ts';
import { receptionStrings } from './strings.ts';
import type { Ticket } from './ticket.ts';

/**
 * The visits of a day as Italian Excel opens them: UTF-8 with a byte-order mark, semicolons, CRLF,
 * and no cell that a spreadsheet would run as a formula. Nobody is named.
 */
export function visitsCsv(visits: readonly Ticket[], locale: Locale): string {
  const t = receptionStrings(locale);
  const time = (at: number | undefined) => at && formatTime(at, locale);
  const header = [
    t('number'),
    t('service'),
    t('state'),
    t('dueAt'),
    t('arrivedAt'),
    t('calledAt'),
    t('servedAt'),
    t('endedAt'),
    t('desk'),
  ];
  const lines = visits.map((one) => [
    one.label,
    one.service.name[locale],
    t(one.state),
    time(one.dueAt),
    time(one.arrivedAt),
    time(one.calledAt),
    time(one.servedAt),
    time(one.endedAt),
    one.desk,
  ]);
  return spreadsheet([header, ...lines], locale);
}
