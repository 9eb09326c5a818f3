import type { Instant } from '../../platform/clock.ts';
import type { Locale } from '../../platform/locale.ts';
import { LinkButton, PostButton } from '../../web/components/buttons.tsx';
import { Tag } from '../../web/components/content.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { formatTimeRange } from '../../web/format.ts';
import { judgeCancellation, judgeOutcome, OUTCOMES } from '../rules/lifecycle.ts';
import type { AppointmentView } from '../store/appointments.ts';
import { bookingStrings } from '../strings.ts';
import type { AppointmentState } from '../table.ts';
import { stateName } from './parts.tsx';

/** Appointments of a day, with what can be done with each. */
export function AgendaTable(props: {
  appointments: readonly AppointmentView[];
  now: Instant;
  /** Whether several operators' appointments are shown. */
  everyone: boolean;
  /** Where an outcome leads back to. */
  back: string;
}) {
  const { appointments, now, everyone, back } = props;
  const locale = useLocale();
  const t = bookingStrings(locale);
  return (
    <Table caption={t('appointments', { count: appointments.length })}>
      <thead>
        <tr>
          <th scope="col">{t('hour')}</th>
          <th scope="col">{t('person')}</th>
          <th scope="col">{t('stateAndOutcome')}</th>
        </tr>
      </thead>
      <tbody>
        {appointments.map((one) => (
          <tr>
            <td class="text-nowrap">{formatTimeRange(one.startsAt, one.endsAt, locale)}</td>
            <td>
              {one.person ? (
                <a href={`/operatore/persone/${one.person.id}`} data-focus-key={one.id}>
                  {nameOf(one, locale)}
                </a>
              ) : (
                nameOf(one, locale)
              )}
              <div>{one.service.name[locale]}</div>
              {everyone && <div class="text-secondary">{one.operatorName}</div>}
              {one.note && <div class="text-secondary">{one.note}</div>}
            </td>
            <td>
              <div class="state-and-outcome">
                <Tag tone={TONES[one.state] ?? 'neutral'}>{stateName(one.state, locale)}</Tag>
                <Outcomes appointment={one} now={now} back={back} />
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

export const TONES: Partial<Record<AppointmentState, 'info' | 'success'>> = {
  confirmed: 'info',
  seen: 'success',
  late: 'success',
};

export function nameOf({ person }: AppointmentView, locale: Locale): string {
  return person ? `${person.givenName} ${person.familyName}` : bookingStrings(locale)('anonymous');
}

export const moveAddress = ({ id }: AppointmentView, back: string) =>
  `/operatore/sposta?${new URLSearchParams({ id, ritorno: back })}`;

const OUTCOME_NAMES = {
  seen: 'outcomeSeen',
  late: 'outcomeLate',
  absent: 'outcomeAbsent',
  excused: 'outcomeExcused',
} as const;

/** What may be recorded now, each a button; the way back from it, and to another time. */
function Outcomes(props: { appointment: AppointmentView; now: Instant; back: string }) {
  const t = bookingStrings(useLocale());
  const { appointment, now, back } = props;
  const offered = appointment.state === 'confirmed' ? OUTCOMES : [undefined];
  const who = appointment.person?.familyName ?? t('anonymous');
  return (
    <div class="actions actions-tight no-print">
      {offered
        .filter((outcome) => judgeOutcome(appointment, outcome, now) === 'allowed')
        .map((outcome) => (
          <PostButton
            action="/operatore/esito"
            fields={{ id: appointment.id, esito: outcome ?? 'none', ritorno: back }}
            look={outcome === 'seen' ? 'outline' : 'plain'}
            small
            focusKey={`${appointment.id} ${outcome ?? 'none'}`}
          >
            {t(outcome ? OUTCOME_NAMES[outcome] : 'outcomeUndo')}
            <span class="visually-hidden">: {who}</span>
          </PostButton>
        ))}
      {judgeCancellation(appointment, now).kind === 'allowed' && (
        <LinkButton
          look="plain"
          small
          href={moveAddress(appointment, back)}
          focusKey={`${appointment.id} sposta`}
        >
          {t('move')}
          <span class="visually-hidden">: {who}</span>
        </LinkButton>
      )}
    </div>
  );
}
