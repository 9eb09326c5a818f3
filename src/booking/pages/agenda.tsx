import { DateTime } from 'luxon';
import { z } from 'zod';
import { authorise } from '../../identity/authorise.ts';
import { callOf } from '../../platform/call.ts';
import { dayOf, type IsoDate, midnight, ZONE } from '../../platform/clock.ts';
import { createApi } from '../../platform/http.ts';
import { malformed, notFound } from '../../platform/problem.ts';
import { isoDate } from '../../reference/fields.ts';
import { LinkButton } from '../../web/components/buttons.tsx';
import { EmptyState } from '../../web/components/feedback.tsx';
import { formValues } from '../../web/form.ts';
import { formatDay } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { findOffice } from '../actions/find-office.ts';
import { readAgenda } from '../actions/read-agenda.ts';
import { recordOutcome } from '../actions/record-outcome.ts';
import { OUTCOMES } from '../rules/lifecycle.ts';
import type { AppointmentView } from '../store/appointments.ts';
import { bookingStrings } from '../strings.ts';
import { AgendaTable } from './agenda-table.tsx';

export const agendaPages = createApi();

/** An address of the agenda itself, that a form may lead back to. */
export const agendaAddress = z
  .string()
  .max(200)
  .regex(/^\/operatore(\?[\w=&-]*)?$/);

agendaPages.get('/operatore', async (c) => {
  const call = callOf(c);
  const { actor, locale } = call;
  authorise(actor, 'operator', 'administrator');
  const t = bookingStrings(locale);
  const today = dayOf(call.clock.now());
  const asked = isoDate.safeParse(c.req.query('giorno'));
  const day = asked.success ? asked.data : today;
  const week = c.req.query('periodo') === 'settimana';
  const everyone = actor.kind === 'administrator' || c.req.query('vista') === 'ufficio';

  const first = week ? monday(day) : day;
  const step = week ? 7 : 1;
  const officeId =
    actor.kind === 'operator'
      ? actor.officeIds[0]
      : (await findOffice(call, c.req.query('ufficio'))).id;
  if (officeId === undefined) throw notFound();
  const { office, appointments, next } = await readAgenda(call, {
    officeId,
    window: { start: midnight(first), end: midnight(first, week ? 7 : 1) },
    operatorId: actor.kind === 'operator' && !everyone ? actor.operatorId : undefined,
  });
  const address = (change: {
    giorno?: IsoDate;
    vista?: 'ufficio' | 'mia';
    periodo?: 'giorno' | 'settimana';
  }) => {
    const query = new URLSearchParams({
      giorno: change.giorno ?? day,
      vista: change.vista ?? (everyone ? 'ufficio' : 'mia'),
    });
    if ((change.periodo ?? (week ? 'settimana' : 'giorno')) === 'settimana')
      query.set('periodo', 'settimana');
    if (actor.kind === 'administrator') query.set('ufficio', office.code);
    return `/operatore?${query}`;
  };

  return page(
    c,
    {
      title: t(week ? 'agendaWeekTitle' : 'agendaTitle'),
      lead: week
        ? t('agendaWeekLead', {
            office: office.name,
            from: formatDay(first, locale),
            to: formatDay(shift(first, 6), locale),
          })
        : t('agendaLead', { office: office.name, day: formatDay(day, locale) }),
      active: 'operator',
      wide: true,
    },
    <>
      <div class="actions no-print mb-4">
        <LinkButton look="outline" small href={address({ giorno: shift(day, -step) })}>
          {t(week ? 'previousWeek' : 'previousDay')}
        </LinkButton>
        <LinkButton look="outline" small href={address({ giorno: today })}>
          {t('today')}
        </LinkButton>
        <LinkButton look="outline" small href={address({ giorno: shift(day, step) })}>
          {t(week ? 'nextWeek' : 'nextDay')}
        </LinkButton>
        <LinkButton look="plain" small href={address({ periodo: week ? 'giorno' : 'settimana' })}>
          {t(week ? 'agendaByDay' : 'agendaByWeek')}
        </LinkButton>
        {actor.kind === 'operator' && (
          <LinkButton look="plain" small href={address({ vista: everyone ? 'mia' : 'ufficio' })}>
            {everyone ? t('agendaMine') : t('agendaAll')}
          </LinkButton>
        )}
      </div>
      {appointments.length === 0 ? (
        <EmptyState title={t(week ? 'agendaWeekEmpty' : 'agendaEmpty')} icon="it-calendar">
          <p>{t('agendaEmptyHelp')}</p>
          {next !== undefined && (
            <LinkButton href={address({ giorno: dayOf(next) })}>
              {t('agendaNext', { day: formatDay(dayOf(next), locale) })}
            </LinkButton>
          )}
        </EmptyState>
      ) : (
        [...byDay(appointments)].map(([one, list]) => (
          <AgendaTable
            caption={week ? formatDay(one, locale) : undefined}
            appointments={list}
            now={call.clock.now()}
            back={address({})}
          />
        ))
      )}
    </>,
  );
});

const outcomeForm = z.object({
  id: z.uuid(),
  esito: z.enum([...OUTCOMES, 'none']),
  ritorno: agendaAddress,
});

agendaPages.post('/operatore/esito', async (c) => {
  const parsed = outcomeForm.safeParse(await formValues(c));
  if (!parsed.success) throw malformed();
  const { id, esito, ritorno } = parsed.data;
  await recordOutcome(callOf(c), { id, outcome: esito === 'none' ? undefined : esito });
  return c.redirect(ritorno, 303);
});

function byDay(appointments: readonly AppointmentView[]): Map<IsoDate, AppointmentView[]> {
  const days = new Map<IsoDate, AppointmentView[]>();
  for (const one of appointments) {
    const day = dayOf(one.startsAt);
    days.set(day, [...(days.get(day) ?? []), one]);
  }
  return days;
}

function monday(day: IsoDate): IsoDate {
  return DateTime.fromISO(day, { zone: ZONE }).startOf('week').toISODate() as IsoDate;
}

function shift(day: IsoDate, days: number): IsoDate {
  return DateTime.fromISO(day, { zone: ZONE }).plus({ days }).toISODate() as IsoDate;
}
