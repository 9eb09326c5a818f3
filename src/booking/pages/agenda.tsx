import { DateTime } from 'luxon';
import { z } from 'zod';
import { authorise } from '../../identity/authorise.ts';
import { callOf } from '../../platform/call.ts';
import { dayOf, type IsoDate, midnight, ZONE } from '../../platform/clock.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { malformed, notFound } from '../../platform/problem.ts';
import { isoDate } from '../../reference/fields.ts';
import { LinkButton, SubmitButton } from '../../web/components/buttons.tsx';
import { EmptyState } from '../../web/components/feedback.tsx';
import { TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { formValues } from '../../web/form.ts';
import { formatDay } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { Live, liveAnswer, liveScript } from '../../web/live.tsx';
import { findOffice } from '../actions/find-office.ts';
import { readAgenda } from '../actions/read-agenda.ts';
import { recordOutcome } from '../actions/record-outcome.ts';
import { videoRoom } from '../actions/video-room.ts';
import { OUTCOMES } from '../rules/lifecycle.ts';
import { bookingStrings } from '../strings.ts';
import { InFront, inFront, Week } from './agenda-parts.tsx';
import { AgendaTable } from './agenda-table.tsx';

export const agendaPages = createApi();

/** An address of the agenda itself, that a form may lead back to. */
export const agendaAddress = z
  .string()
  .max(200)
  .regex(/^\/operatore(\?[\w=&-]*)?$/);

const EVERY_SECONDS = 10;

/** What is shown, of whom and of which days. */
async function shownOf(c: AppContext) {
  const call = callOf(c);
  const { actor } = call;
  authorise(actor, 'operator', 'administrator');
  const now = call.clock.now();
  const asked = isoDate.safeParse(c.req.query('giorno'));
  const day = asked.success ? asked.data : dayOf(now);
  const week = c.req.query('periodo') === 'settimana';
  const everyone = actor.kind === 'administrator' || c.req.query('vista') === 'ufficio';
  const first = week ? monday(day) : day;
  const officeId =
    actor.kind === 'operator'
      ? actor.officeIds[0]
      : (await findOffice(call, c.req.query('ufficio'))).id;
  if (officeId === undefined) throw notFound();
  const agenda = await readAgenda(call, {
    officeId,
    window: { start: midnight(first), end: midnight(first, week ? 7 : 1) },
    operatorId: actor.kind === 'operator' && !everyone ? actor.operatorId : undefined,
  });
  const query = (change: Change) => {
    const query = new URLSearchParams({
      giorno: change.giorno ?? day,
      vista: change.vista ?? (everyone ? 'ufficio' : 'mia'),
    });
    if ((change.periodo ?? (week ? 'settimana' : 'giorno')) === 'settimana')
      query.set('periodo', 'settimana');
    if (actor.kind === 'administrator') query.set('ufficio', agenda.office.code);
    return query;
  };
  const address = (change: Change) => `/operatore?${query(change)}`;
  const { one } = inFront(agenda.appointments, now);
  const room = one && (await videoRoom(call, one));
  return { ...agenda, now, day, week, everyone, first, address, query: query({}), room };
}

interface Change {
  giorno?: IsoDate;
  vista?: 'ufficio' | 'mia';
  periodo?: 'giorno' | 'settimana';
}
type Shown = Awaited<ReturnType<typeof shownOf>>;

/** The part of the page that renews itself. */
function Appointments({ shown }: { shown: Shown }) {
  const locale = useLocale();
  const t = bookingStrings(locale);
  const { appointments, next, now, day, week, everyone, address } = shown;
  const today = day === dayOf(now);
  return (
    <>
      {today && !week && !everyone && (
        <InFront appointments={appointments} now={now} back={address({})} room={shown.room} />
      )}
      {appointments.length === 0 ? (
        <EmptyState title={t(week ? 'agendaWeekEmpty' : 'agendaEmpty')} icon="it-calendar">
          <p>{t('agendaEmptyHelp')}</p>
          {next !== undefined && (
            <LinkButton href={address({ giorno: dayOf(next) })} focusKey="prossimo-giorno">
              {t('agendaNext', { day: formatDay(dayOf(next), locale) })}
            </LinkButton>
          )}
        </EmptyState>
      ) : week ? (
        <Week
          appointments={appointments}
          now={now}
          everyone={everyone}
          address={(one) => address({ giorno: one, periodo: 'giorno' })}
        />
      ) : (
        <AgendaTable appointments={appointments} now={now} everyone={everyone} back={address({})} />
      )}
    </>
  );
}

agendaPages.get('/operatore/vivo', async (c) =>
  liveAnswer(c, <Appointments shown={await shownOf(c)} />),
);

agendaPages.get('/operatore', async (c) => {
  const call = callOf(c);
  const { actor, locale } = call;
  const shown = await shownOf(c);
  const { office, now, day, week, everyone, first, address } = shown;
  const t = bookingStrings(locale);
  const today = dayOf(now);
  const step = week ? 7 : 1;
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
      head: liveScript(),
    },
    <>
      <div class="actions no-print">
        <LinkButton
          look="outline"
          small
          href={address({ giorno: shift(day, -step) })}
          shortcut="arrowleft"
        >
          {t(week ? 'previousWeek' : 'previousDay')}
        </LinkButton>
        <LinkButton look="outline" small href={address({ giorno: today })} shortcut="o">
          {t('today')}
        </LinkButton>
        <LinkButton
          look="outline"
          small
          href={address({ giorno: shift(day, step) })}
          shortcut="arrowright"
        >
          {t(week ? 'nextWeek' : 'nextDay')}
        </LinkButton>
        <LinkButton
          look="plain"
          small
          href={address({ periodo: week ? 'giorno' : 'settimana' })}
          shortcut="g"
        >
          {t(week ? 'agendaByDay' : 'agendaByWeek')}
        </LinkButton>
        {actor.kind === 'operator' && (
          <LinkButton
            look="plain"
            small
            href={address({ vista: everyone ? 'mia' : 'ufficio' })}
            shortcut="u"
          >
            {everyone ? t('agendaMine') : t('agendaAll')}
          </LinkButton>
        )}
      </div>
      <p class="shortcuts no-print" hidden>
        <label>
          <input type="checkbox" data-shortcuts /> {t('agendaKeys')}
        </label>
      </p>
      <Live href={`/operatore/vivo?${shown.query}`} every={EVERY_SECONDS}>
        <Appointments shown={shown} />
      </Live>
      <form method="get" action="/operatore" class="form-block no-print">
        {[...shown.query]
          .filter(([name]) => name !== 'giorno')
          .map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
        <TextField name="giorno" label={t('agendaGoTo')} type="date" value={day} width="narrow" />
        <SubmitButton look="outline">{t('open')}</SubmitButton>
      </form>
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

function monday(day: IsoDate): IsoDate {
  return DateTime.fromISO(day, { zone: ZONE }).startOf('week').toISODate() as IsoDate;
}

function shift(day: IsoDate, days: number): IsoDate {
  return DateTime.fromISO(day, { zone: ZONE }).plus({ days }).toISODate() as IsoDate;
}
