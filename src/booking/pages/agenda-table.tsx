import type { Instant } from '../../platform/clock.ts';
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
  /** Which day it is, where several are shown. */
  caption?: string;
  appointments: readonly AppointmentView[];
  now: Instant;
  /** Where an outcome leads back to. */
  back: string;
}) {
  const { appointments, now, back } = props;
  const locale = useLocale();
  const t = bookingStrings(locale);
  return (
    <Table caption={props.caption ?? t('appointments', { count: appointments.length })}>
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

/** What may be recorded now, each a button; the way back from it, and to another time. */
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
      {judgeCancellation(appointment, now).kind === 'allowed' && (
        <LinkButton
          look="plain"
          small
          href={`/operatore/sposta?${new URLSearchParams({ id: appointment.id, ritorno: back })}`}
        >
          {t('move')}
          <span class="visually-hidden">: {who}</span>
        </LinkButton>
      )}
    </div>
  );
}
