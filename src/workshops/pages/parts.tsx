import type { Locale } from '../../platform/locale.ts';
import { DefinitionList } from '../../web/components/content.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { formatDate, formatTimeRange } from '../../web/format.ts';
import type { GroupSession } from '../session.ts';
import { workshopStrings } from '../strings.ts';
import type { RegistrationState } from '../table.ts';

const STATES = {
  registered: 'stateRegistered',
  offered: 'stateOffered',
  waiting: 'stateWaiting',
  came: 'stateCame',
  absent: 'stateAbsent',
  excused: 'stateExcused',
  cancelled: 'stateCancelled',
  lapsed: 'stateLapsed',
  revoked: 'stateRevoked',
} as const satisfies Record<RegistrationState, string>;

export function stateName(state: RegistrationState, locale: Locale): string {
  return workshopStrings(locale)(STATES[state]);
}

/** "martedì 9 marzo 2027, 10:00–12:00". */
export function sessionTime(session: GroupSession, locale: Locale): string {
  return `${formatDate(session.startsAt, locale)}, ${formatTimeRange(session.startsAt, session.endsAt, locale)}`;
}

/** When and where a session is, and what to bring. */
export function SessionFacts({ session }: { session: GroupSession }) {
  const locale = useLocale();
  const t = workshopStrings(locale);
  const { office } = session;
  const bring = session.whatToBring[locale];
  return (
    <DefinitionList
      items={[
        [t('when'), <strong>{sessionTime(session, locale)}</strong>],
        [t('where'), [office.name, office.address].filter(Boolean).join(', ')],
        [t('room'), session.room],
        [t('phone'), office.phone],
        [
          t('bring'),
          bring.length > 0 ? (
            <ul>
              {bring.map((one) => (
                <li>{one}</li>
              ))}
            </ul>
          ) : undefined,
        ],
      ]}
    />
  );
}
