import { dayOf, type Instant, type IsoDate } from '../../platform/clock.ts';
import { LinkButton, PostButton } from '../../web/components/buttons.tsx';
import { Tag } from '../../web/components/content.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { formatDay, formatTime, formatTimeRange } from '../../web/format.ts';
import { judgeOutcome } from '../rules/lifecycle.ts';
import type { AppointmentView } from '../store/appointments.ts';
import { bookingStrings } from '../strings.ts';
import { moveAddress, nameOf, TONES } from './agenda-table.tsx';
import { stateName } from './parts.tsx';

/** The appointment to deal with: the first whose outcome is missing, else the next to come. */
export function inFront(appointments: readonly AppointmentView[], now: Instant) {
  const open = appointments.filter(({ state }) => state === 'confirmed');
  const begun = open.find(({ startsAt }) => startsAt <= now);
  return { one: begun ?? open.find(({ startsAt }) => startsAt > now), begun: begun !== undefined };
}

const KEYS = { seen: 'p', late: 't', absent: 'a' } as const;
const NAMES = { seen: 'outcomeSeen', late: 'outcomeLate', absent: 'outcomeAbsent' } as const;

/** Who is in front of the operator, or comes next, with what is to be recorded; each has its key. */
export function InFront(props: {
  appointments: readonly AppointmentView[];
  now: Instant;
  back: string;
  /** Where this one meets by video, if so. */
  room: string | undefined;
}) {
  const locale = useLocale();
  const t = bookingStrings(locale);
  const { appointments, now, back } = props;
  const { one, begun } = inFront(appointments, now);
  return (
    <section class="panel queue-now" aria-labelledby="adesso">
      <h2 id="adesso" class="panel-title">
        {t(one ? (begun ? 'agendaNow' : 'agendaUpNext') : 'agendaDone')}
      </h2>
      {one && (
        <p class="queue-number">
          <strong>{formatTimeRange(one.startsAt, one.endsAt, locale)}</strong>{' '}
          {one.person ? (
            <a
              href={`/operatore/persone/${one.person.id}`}
              data-shortcut="f"
              data-focus-key="scheda"
            >
              {nameOf(one, locale)}
            </a>
          ) : (
            nameOf(one, locale)
          )}
          {', '}
          {one.service.name[locale]}
        </p>
      )}
      {one?.note && <p>{one.note}</p>}
      {one?.service.mode === 'phone' && one.contactPhone && (
        <p>
          <a href={`tel:${one.contactPhone}`} data-focus-key="telefono">
            {t('callNumber', { number: one.contactPhone })}
          </a>
        </p>
      )}
      {props.room && (
        <p>
          <a href={props.room} rel="noreferrer" target="_blank" data-focus-key="video">
            {t('enterVideo')}
          </a>
        </p>
      )}
      <div class="actions">
        {one &&
          (['seen', 'late', 'absent'] as const)
            .filter((outcome) => judgeOutcome(one, outcome, now) === 'allowed')
            .map((outcome) => (
              <PostButton
                action="/operatore/esito"
                fields={{ id: one.id, esito: outcome, ritorno: back }}
                look={outcome === 'seen' ? 'primary' : 'outline'}
                shortcut={KEYS[outcome]}
                focusKey={`adesso ${outcome}`}
              >
                {t(NAMES[outcome])}
                <span class="visually-hidden">: {nameOf(one, locale)}</span>
              </PostButton>
            ))}
        {one && one.startsAt > now && (
          <LinkButton
            look="outline"
            href={moveAddress(one, back)}
            shortcut="s"
            focusKey="adesso sposta"
          >
            {t('move')}
            <span class="visually-hidden">: {nameOf(one, locale)}</span>
          </LinkButton>
        )}
        <PostButton
          action="/operatore/coda"
          fields={{ azione: 'prossimo' }}
          look="outline"
          shortcut="n"
          focusKey="prossimo"
        >
          {t('agendaCallNext')}
        </PostButton>
      </div>
    </section>
  );
}

/** A week at a glance, a column for each day; what is to be done stands on the day's own page. */
export function Week(props: {
  appointments: readonly AppointmentView[];
  now: Instant;
  /** Whether several operators' appointments are shown. */
  everyone: boolean;
  address: (day: IsoDate) => string;
}) {
  const locale = useLocale();
  const t = bookingStrings(locale);
  return (
    <div class="week">
      {[...byDay(props.appointments)].map(([day, list]) => (
        <section aria-labelledby={`giorno-${day}`} class="week-day">
          <h2 id={`giorno-${day}`} class="week-title">
            <a
              href={props.address(day)}
              aria-current={day === dayOf(props.now) ? 'date' : undefined}
              data-focus-key={day}
            >
              {formatDay(day, locale)}
            </a>
          </h2>
          <p class="text-secondary mb-2">{t('appointments', { count: list.length })}</p>
          <ol class="week-list">
            {list.map((one) => (
              <li>
                <strong>{formatTime(one.startsAt, locale)}</strong>{' '}
                {one.person ? (
                  <a href={`/operatore/persone/${one.person.id}`} data-focus-key={one.id}>
                    {nameOf(one, locale)}
                  </a>
                ) : (
                  nameOf(one, locale)
                )}
                <div>{one.service.name[locale]}</div>
                {props.everyone && <div class="text-secondary">{one.operatorName}</div>}
                {one.state !== 'confirmed' && (
                  <Tag tone={TONES[one.state] ?? 'neutral'}>{stateName(one.state, locale)}</Tag>
                )}
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function byDay(appointments: readonly AppointmentView[]): Map<IsoDate, AppointmentView[]> {
  const days = new Map<IsoDate, AppointmentView[]>();
  for (const one of appointments) {
    const day = dayOf(one.startsAt);
    days.set(day, [...(days.get(day) ?? []), one]);
  }
  return days;
}
