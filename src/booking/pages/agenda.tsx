import { DateTime } from 'luxon';
import { z } from 'zod';
import { authorise } from '../../identity/authorise.ts';
import { callOf } from '../../platform/call.ts';
import { dayOf, type Instant, type IsoDate, midnight, ZONE } from '../../platform/clock.ts';
import { createApi } from '../../platform/http.ts';
import { malformed, notFound } from '../../platform/problem.ts';
import { isoDate } from '../../reference/fields.ts';
import { LinkButton, PostButton } from '../../web/components/buttons.tsx';
import { Tag } from '../../web/components/content.tsx';
import { EmptyState } from '../../web/components/feedback.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { formValues } from '../../web/form.ts';
import { formatDay, formatTimeRange } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { findOffice } from '../actions/find-office.ts';
import { readAgenda } from '../actions/read-agenda.ts';
import { recordOutcome } from '../actions/record-outcome.ts';
import { judgeOutcome, OUTCOMES } from '../rules/lifecycle.ts';
import type { AppointmentView } from '../store/appointments.ts';
import { bookingStrings } from '../strings.ts';
import type { AppointmentState } from '../table.ts';
import { stateName } from './parts.tsx';

export const agendaPages = createApi();

agendaPages.get('/operatore', async (c) => {
  const call = callOf(c);
  const { actor, locale } = call;
  authorise(actor, 'operator', 'administrator');
  const t = bookingStrings(locale);
  const today = dayOf(call.clock.now());
  const asked = isoDate.safeParse(c.req.query('giorno'));
  const day = asked.success ? asked.data : today;
  const everyone = actor.kind === 'administrator' || c.req.query('vista') === 'ufficio';

  const officeId =
    actor.kind === 'operator'
      ? actor.officeIds[0]
      : (await findOffice(call, c.req.query('ufficio'))).id;
  if (officeId === undefined) throw notFound();
  const { office, appointments, next } = await readAgenda(call, {
    officeId,
    window: { start: midnight(day), end: midnight(day, 1) },
    operatorId: actor.kind === 'operator' && !everyone ? actor.operatorId : undefined,
  });
  const address = (change: { giorno?: IsoDate; vista?: 'ufficio' | 'mia' }) => {
    const query = new URLSearchParams({
      giorno: change.giorno ?? day,
      vista: change.vista ?? (everyone ? 'ufficio' : 'mia'),
    });
    if (actor.kind === 'administrator') query.set('ufficio', office.code);
    return `/operatore?${query}`;
  };

  return page(
    c,
    {
      title: t('agendaTitle'),
      lead: t('agendaLead', { office: office.name, day: formatDay(day, locale) }),
      active: 'operator',
      wide: true,
    },
    <>
      <div class="actions no-print mb-4">
        <LinkButton look="outline" small href={address({ giorno: shift(day, -1) })}>
          {t('previousDay')}
        </LinkButton>
        <LinkButton look="outline" small href={address({ giorno: today })}>
          {t('today')}
        </LinkButton>
        <LinkButton look="outline" small href={address({ giorno: shift(day, 1) })}>
          {t('nextDay')}
        </LinkButton>
        {actor.kind === 'operator' && (
          <LinkButton look="plain" small href={address({ vista: everyone ? 'mia' : 'ufficio' })}>
            {everyone ? t('agendaMine') : t('agendaAll')}
          </LinkButton>
        )}
      </div>
      {appointments.length === 0 ? (
        <EmptyState title={t('agendaEmpty')} icon="it-calendar">
          <p>{t('agendaEmptyHelp')}</p>
          {next !== undefined && (
            <LinkButton href={address({ giorno: dayOf(next) })}>
              {t('agendaNext', { day: formatDay(dayOf(next), locale) })}
            </LinkButton>
          )}
        </EmptyState>
      ) : (
        <AgendaTable appointments={appointments} now={call.clock.now()} back={address({})} />
      )}
    </>,
  );
});

function AgendaTable(props: {
  appointments: readonly AppointmentView[];
  now: Instant;
  /** Where an outcome leads back to. */
  back: string;
}) {
  const { appointments, now, back } = props;
  const locale = useLocale();
  const t = bookingStrings(locale);
  return (
    <Table caption={t('appointments', { count: appointments.length })}>
      <thead>
        <tr>
          <th scope="col">{t('hour')}</th>
          <th scope="col">{t('person')}</th>
          <th scope="col">{t('service')}</th>
          <th scope="col">{t('state')}</th>
          <th scope="col">{t('operator')}</th>
          <th scope="col" class="no-print">
            {t('outcome')}
          </th>
        </tr>
      </thead>
      <tbody>
        {appointments.map((one) => (
          <tr>
            <td>{formatTimeRange(one.startsAt, one.endsAt, locale)}</td>
            <td>
              {one.person ? (
                <a href={`/operatore/persone/${one.person.id}`}>
                  {one.person.givenName} {one.person.familyName}
                </a>
              ) : (
                t('anonymous')
              )}
              {one.note && <div class="text-secondary">{one.note}</div>}
            </td>
            <td>{one.service.name[locale]}</td>
            <td>
              <Tag tone={TONES[one.state] ?? 'neutral'}>{stateName(one.state, locale)}</Tag>
            </td>
            <td>{one.operatorName}</td>
            <td class="no-print">
              <Outcomes appointment={one} now={now} back={back} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

const TONES: Partial<Record<AppointmentState, 'info' | 'success'>> = {
  confirmed: 'info',
  seen: 'success',
  late: 'success',
};

const OUTCOME_NAMES = {
  seen: 'outcomeSeen',
  late: 'outcomeLate',
  absent: 'outcomeAbsent',
  excused: 'outcomeExcused',
} as const;

/** What may be recorded now, each a button; and the way back from what was recorded. */
function Outcomes(props: { appointment: AppointmentView; now: Instant; back: string }) {
  const t = bookingStrings(useLocale());
  const { appointment, now, back } = props;
  const offered = appointment.state === 'confirmed' ? OUTCOMES : [undefined];
  const who = appointment.person?.familyName ?? t('anonymous');
  return (
    <div class="actions actions-tight">
      {offered
        .filter((outcome) => judgeOutcome(appointment, outcome, now) === 'allowed')
        .map((outcome) => (
          <PostButton
            action="/operatore/esito"
            fields={{ id: appointment.id, esito: outcome ?? 'none', ritorno: back }}
            look={outcome === 'seen' ? 'outline' : 'plain'}
            small
          >
            {t(outcome ? OUTCOME_NAMES[outcome] : 'outcomeUndo')}
            <span class="visually-hidden">: {who}</span>
          </PostButton>
        ))}
    </div>
  );
}

const outcomeForm = z.object({
  id: z.uuid(),
  esito: z.enum([...OUTCOMES, 'none']),
  ritorno: z
    .string()
    .max(200)
    .regex(/^\/operatore(\?[\w=&-]*)?$/),
});

agendaPages.post('/operatore/esito', async (c) => {
  const parsed = outcomeForm.safeParse(await formValues(c));
  if (!parsed.success) throw malformed();
  const { id, esito, ritorno } = parsed.data;
  await recordOutcome(callOf(c), { id, outcome: esito === 'none' ? undefined : esito });
  return c.redirect(ritorno, 303);
});

function shift(day: IsoDate, days: number): IsoDate {
  return DateTime.fromISO(day, { zone: ZONE }).plus({ days }).toISODate() as IsoDate;
}
