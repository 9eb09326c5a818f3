import { DateTime } from 'luxon';
import { callOf } from '../../platform/call.ts';
import {
  DAY,
  dayOf,
  type Instant,
  type IsoDate,
  toRfc3339,
  wall,
  ZONE,
} from '../../platform/clock.ts';
import { createApi } from '../../platform/http.ts';
import { LinkButton, SubmitButton } from '../../web/components/buttons.tsx';
import { EmptyState } from '../../web/components/feedback.tsx';
import { SelectField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import {
  formatDate,
  formatDateTime,
  formatDay,
  formatMonth,
  formatTime,
} from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { findOffice } from '../actions/find-office.ts';
import { findService } from '../actions/find-service.ts';
import { listStarts, type StartsOfOffice, startsByDay } from '../actions/list-starts.ts';
import type { OpenStart } from '../rules/starts.ts';
import { bookableWindow } from '../rules/starts.ts';
import { bookingStrings } from '../strings.ts';
import { links } from './links.ts';
import { Steps } from './parts.tsx';

export const chooseTimePages = createApi();

chooseTimePages.get('/prenota/orario', async (c) => {
  const call = callOf(c);
  const { locale } = call;
  const t = bookingStrings(locale);
  const [service, office] = await Promise.all([
    findService(call, c.req.query('servizio')),
    findOffice(call, c.req.query('ufficio')),
  ]);
  const bookable = bookableWindow(service, call.clock.now());
  const asked = monthFrom(c.req.query('mese'));
  const wanted = { serviceId: service.id, officeId: office.id };
  let month = asked ?? wall(bookable.start).toFormat('yyyy-MM');
  let found = await listStarts(call, { ...wanted, window: monthWindow(month) });
  // Opened without a month, the page goes to the first one that has something free.
  if (asked === undefined && found.starts.length === 0 && found.next !== undefined) {
    month = wall(found.next).toFormat('yyyy-MM');
    found = await listStarts(call, { ...wanted, window: monthWindow(month) });
  }
  const days = startsByDay(found.starts);
  const dayAsked = c.req.query('giorno');
  const day = dayAsked !== undefined && days.has(dayAsked) ? dayAsked : [...days.keys()][0];

  return page(
    c,
    {
      title: t('timeTitle'),
      lead: t('timeLead', { service: service.name[locale], office: office.name }),
      active: 'book',
      breadcrumbs: [
        { label: t('book'), href: '/prenota' },
        { label: t('stepPlace'), href: links.place({ servizio: service.code }) },
        { label: t('stepTime') },
      ],
    },
    <>
      <Steps current={3} />
      <form method="get" action="/prenota/orario" class="form-inline-block">
        <input type="hidden" name="servizio" value={service.code} />
        <input type="hidden" name="ufficio" value={office.code} />
        <SelectField
          name="mese"
          label={t('month')}
          value={month}
          empty={false}
          submits
          options={monthsOf(bookable.start, bookable.end).map((value) => ({
            value,
            label: formatMonth(value, locale),
          }))}
        />
        <div class="no-js-only">
          <SubmitButton look="outline">{t('showMonth')}</SubmitButton>
        </div>
      </form>
      {day === undefined ? (
        <NothingFree found={found} />
      ) : (
        <div class="two-columns">
          <section aria-labelledby="giorni">
            <h2 id="giorni" class="h4">
              {t('days')}
            </h2>
            <Days found={found} days={days} chosen={day} month={month} />
          </section>
          <section aria-labelledby="orari">
            <h2 id="orari" class="h4">
              {t('times', { day: formatDay(day, locale) })}
            </h2>
            <Times found={found} starts={days.get(day) ?? []} />
          </section>
        </div>
      )}
      <p class="mt-4">
        <a href={links.place({ servizio: service.code })}>{t('otherOffices')}</a>
      </p>
    </>,
  );
});

function Days(props: {
  found: StartsOfOffice;
  days: ReadonlyMap<IsoDate, readonly OpenStart[]>;
  chosen: IsoDate;
  month: string;
}) {
  const locale = useLocale();
  const t = bookingStrings(locale);
  const { service, office } = props.found;
  return (
    <ul class="choice-list">
      {[...props.days].map(([day, starts]) => (
        <li>
          <a
            href={`${links.time({ servizio: service.code, ufficio: office.code, mese: props.month, giorno: day })}#orari`}
            aria-current={day === props.chosen ? 'date' : undefined}
          >
            {formatDay(day, locale)}{' '}
            <span class="choice-note">{t('freeCount', { count: starts.length })}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function Times({ found, starts }: { found: StartsOfOffice; starts: readonly OpenStart[] }) {
  const locale = useLocale();
  const t = bookingStrings(locale);
  const halves = [
    { label: t('morning'), list: starts.filter(({ start }) => wall(start).hour < 13) },
    { label: t('afternoon'), list: starts.filter(({ start }) => wall(start).hour >= 13) },
  ];
  return (
    <>
      {halves
        .filter(({ list }) => list.length > 0)
        .map(({ label, list }) => (
          <>
            <h3 class="h6">{label}</h3>
            <ul class="time-list">
              {list.map(({ start }) => (
                <li>
                  <LinkButton
                    look="outline"
                    href={links.person({
                      servizio: found.service.code,
                      ufficio: found.office.code,
                      inizio: toRfc3339(start),
                    })}
                  >
                    {formatTime(start, locale)}
                  </LinkButton>
                </li>
              ))}
            </ul>
          </>
        ))}
    </>
  );
}

function NothingFree({ found }: { found: StartsOfOffice }) {
  const locale = useLocale();
  const t = bookingStrings(locale);
  const { service, office, next } = found;
  if (next === undefined) {
    return (
      <EmptyState title={t('monthFull')}>
        <p>{t('nothingLater', { until: formatDate(found.bookable.end, locale) })}</p>
      </EmptyState>
    );
  }
  const month = wall(next).toFormat('yyyy-MM');
  return (
    <EmptyState title={t('monthFull')}>
      <p>{t('nextFree', { when: formatDateTime(next, locale) })}</p>
      <LinkButton
        href={links.time({
          servizio: service.code,
          ufficio: office.code,
          mese: month,
          giorno: dayOf(next),
        })}
      >
        {t('goToNext')}
      </LinkButton>
    </EmptyState>
  );
}

function monthFrom(text: string | undefined): string | undefined {
  return text !== undefined && /^\d{4}-(0[1-9]|1[0-2])$/.test(text) ? text : undefined;
}

function monthWindow(month: string) {
  const start = DateTime.fromISO(`${month}-01`, { zone: ZONE });
  return { start: start.toMillis(), end: start.plus({ months: 1 }).toMillis() };
}

function monthsOf(from: Instant, to: Instant): string[] {
  const months = new Set<string>();
  for (let day = from; day < to; day += 7 * DAY) months.add(wall(day).toFormat('yyyy-MM'));
  months.add(wall(to - 1).toFormat('yyyy-MM'));
  return [...months];
}
