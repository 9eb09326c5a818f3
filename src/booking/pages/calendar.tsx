import type { Child } from 'hono/jsx';
import { DateTime } from 'luxon';
import type { OfficeSummary } from '../../network/store.ts';
import type { Call } from '../../platform/call.ts';
import {
  DAY,
  dayOf,
  type Instant,
  type Interval,
  type IsoDate,
  wall,
  ZONE,
} from '../../platform/clock.ts';
import { LinkButton, SubmitButton } from '../../web/components/buttons.tsx';
import { EmptyState } from '../../web/components/feedback.tsx';
import { SelectField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { formatDate, formatDateTime, formatDay, formatMonth } from '../../web/format.ts';
import type { ServiceWish } from '../actions/as-wished.ts';
import { listStarts, type StartsOfOffice, startsByDay } from '../actions/list-starts.ts';
import { noticeFor } from '../actions/who-comes.ts';
import { bookableWindow, type OpenStart } from '../rules/starts.ts';
import type { Service } from '../service.ts';
import type { AppointmentView } from '../store/appointments.ts';
import { bookingStrings } from '../strings.ts';

/** A month of one office's free starts, with the day that is open in it. */
export interface LoadedMonth {
  readonly found: StartsOfOffice;
  /** `YYYY-MM`. */
  readonly month: string;
  readonly days: ReadonlyMap<IsoDate, readonly OpenStart[]>;
  /** Undefined when the month is full. */
  readonly day: IsoDate | undefined;
}

/** The month asked, or else the first one that has something free. */
export async function loadMonth(
  call: Call,
  service: Service,
  office: Pick<OfficeSummary, 'id'>,
  query: { readonly mese?: string; readonly giorno?: string },
  wishes: ServiceWish & {
    language?: string;
    moving?: AppointmentView;
    holdToken?: string;
  } = {},
): Promise<LoadedMonth> {
  const asked = monthFrom(query.mese);
  const wanted = { ...wishes, serviceId: service.id, officeId: office.id };
  let month =
    asked ??
    wall(bookableWindow(noticeFor(call, service), call.clock.now()).start).toFormat('yyyy-MM');
  let found = await listStarts(call, { ...wanted, window: monthWindow(month), months: true });
  if (asked === undefined && found.starts.length === 0 && found.next !== undefined) {
    month = wall(found.next).toFormat('yyyy-MM');
    const { freeMonths } = found;
    found = { ...(await listStarts(call, { ...wanted, window: monthWindow(month) })), freeMonths };
  }
  const days = startsByDay(found.starts);
  const open = query.giorno !== undefined && days.has(query.giorno);
  return { found, month, days, day: open ? query.giorno : [...days.keys()][0] };
}

/** Month, then day, then time: only what is free. */
export function Calendar(props: {
  loaded: LoadedMonth;
  /** The page itself, and what its address must keep. */
  action: string;
  keep: Readonly<Record<string, string>>;
  /** What a free start looks like: a link, or a button of `form` that takes it. */
  time: (start: Instant) => Child;
  /** The form whose buttons the starts are. */
  form?: { readonly action: string; readonly fields: Readonly<Record<string, string>> };
  /** What to do when nothing suits. */
  otherwise?: Child;
}) {
  const locale = useLocale();
  const t = bookingStrings(locale);
  const { found, month, days, day } = props.loaded;
  const inWindow = monthsOf(found.bookable);
  const months = inWindow.filter(
    (one) => one === month || (found.freeMonths?.includes(one) ?? true),
  );
  const address = (to: { mese: string; giorno: IsoDate }) =>
    `${props.action}?${new URLSearchParams({ ...props.keep, ...to })}#orari`;
  return (
    <>
      {months.length > 1 && (
        <form method="get" action={`${props.action}#giorni`} class="form-inline-block">
          {Object.entries(props.keep).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <SelectField
            name="mese"
            label={t('month')}
            value={month}
            empty={false}
            submits
            options={months.map((value) => ({ value, label: formatMonth(value, locale) }))}
          />
          <div class="no-js-only">
            <SubmitButton look="outline">{t('showMonth')}</SubmitButton>
          </div>
        </form>
      )}
      {day === undefined ? (
        <NothingFree found={found} address={address} otherwise={props.otherwise} />
      ) : (
        <div class="two-columns">
          <section aria-labelledby="giorni">
            <h2 id="giorni" class="h4">
              {t('days')}
            </h2>
            <ul class="choice-list">
              {[...days].map(([one, starts]) => (
                <li>
                  <a
                    href={address({ mese: month, giorno: one })}
                    aria-current={one === day ? 'date' : undefined}
                  >
                    {formatDay(one, locale)}{' '}
                    <span class="choice-note">{t('freeCount', { count: starts.length })}</span>
                  </a>
                </li>
              ))}
            </ul>
          </section>
          <section aria-labelledby="orari">
            <h2 id="orari" class="h4">
              {t('times', { day: formatDay(day, locale) })}
            </h2>
            {props.form ? (
              <form method="post" action={props.form.action}>
                {Object.entries(props.form.fields).map(([name, value]) => (
                  <input type="hidden" name={name} value={value} />
                ))}
                <Times starts={days.get(day) ?? []} time={props.time} />
              </form>
            ) : (
              <Times starts={days.get(day) ?? []} time={props.time} />
            )}
            {props.otherwise}
          </section>
        </div>
      )}
    </>
  );
}

function Times(props: { starts: readonly OpenStart[]; time: (start: Instant) => Child }) {
  const t = bookingStrings(useLocale());
  const halves = [
    { label: t('morning'), list: props.starts.filter(({ start }) => wall(start).hour < 13) },
    { label: t('afternoon'), list: props.starts.filter(({ start }) => wall(start).hour >= 13) },
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
                <li>{props.time(start)}</li>
              ))}
            </ul>
          </>
        ))}
    </>
  );
}

function NothingFree(props: {
  found: StartsOfOffice;
  address: (to: { mese: string; giorno: IsoDate }) => string;
  otherwise: Child;
}) {
  const locale = useLocale();
  const t = bookingStrings(locale);
  const { next, bookable } = props.found;
  if (next === undefined) {
    return (
      <EmptyState title={t('allFull')} icon="it-calendar">
        <p>{t('nothingLater', { until: formatDate(bookable.end, locale) })}</p>
        {props.otherwise}
      </EmptyState>
    );
  }
  const to = { mese: wall(next).toFormat('yyyy-MM'), giorno: dayOf(next) };
  return (
    <EmptyState title={t('monthFull')} icon="it-calendar">
      <p>{t('nextFree', { when: formatDateTime(next, locale) })}</p>
      <LinkButton href={props.address(to)}>{t('goToNext')}</LinkButton>
      {props.otherwise}
    </EmptyState>
  );
}

function monthFrom(text: string | undefined): string | undefined {
  return text !== undefined && /^\d{4}-(0[1-9]|1[0-2])$/.test(text) ? text : undefined;
}

function monthWindow(month: string): Interval {
  const start = DateTime.fromISO(`${month}-01`, { zone: ZONE });
  return { start: start.toMillis(), end: start.plus({ months: 1 }).toMillis() };
}

function monthsOf({ start, end }: Interval): string[] {
  const months = new Set<string>();
  for (let day = start; day < end; day += 7 * DAY) months.add(wall(day).toFormat('yyyy-MM'));
  months.add(wall(end - 1).toFormat('yyyy-MM'));
  return [...months];
}
