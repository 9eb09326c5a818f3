import type { Instant } from '../../platform/clock.ts';
import type { Locale } from '../../platform/locale.ts';
import { notFound } from '../../platform/problem.ts';
import { DefinitionList } from '../../web/components/content.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Stepper } from '../../web/components/stepper.tsx';
import { formatDateTime, formatDuration } from '../../web/format.ts';
import type { Service } from '../service.ts';
import { bookingStrings } from '../strings.ts';
import type { AppointmentState } from '../table.ts';
import { whereWords } from '../where.ts';

/** The steps of the national design model, the service first since the offer differs by office. */
export function Steps({ current }: { current: 1 | 2 | 3 | 4 | 5 | 6 }) {
  const t = bookingStrings(useLocale());
  const steps = [
    t('stepService'),
    t('stepPlace'),
    t('stepTime'),
    t('stepPerson'),
    t('stepReview'),
    t('stepConfirmed'),
  ];
  return <Stepper steps={steps} current={current} />;
}

export function WhatToBring({
  service,
  level = 2,
}: {
  service: Pick<Service, 'whatToBring'>;
  level?: 2 | 3;
}) {
  const Heading = `h${level}` as 'h2';
  const locale = useLocale();
  const items = service.whatToBring[locale];
  if (items.length === 0) return null;
  return (
    <>
      <Heading class="h5">{bookingStrings(locale)('bring')}</Heading>
      <ul>
        {items.map((item) => (
          <li>{item}</li>
        ))}
      </ul>
    </>
  );
}

interface ChosenOffice {
  readonly name: string;
  readonly address: string | undefined;
}

/** What is about to be, or was, booked. */
export function Chosen(props: {
  service: Service;
  office: ChosenOffice;
  start: Instant;
  who?: string;
  /** What else was said. */
  more?: readonly (readonly [term: string, detail: string | undefined])[];
}) {
  const locale = useLocale();
  const t = bookingStrings(locale);
  const { service, office } = props;
  return (
    <DefinitionList
      items={[
        [t('service'), service.name[locale]],
        [t('when'), <strong>{formatDateTime(props.start, locale)}</strong>],
        [t('duration'), formatDuration(service.durationMinutes, locale)],
        [t('where'), whereWords(service.mode, office, locale)],
        [t('who'), props.who],
        ...(props.more ?? []),
      ]}
    />
  );
}

const STATES = {
  held: 'stateHeld',
  confirmed: 'stateConfirmed',
  displaced: 'stateDisplaced',
  seen: 'stateSeen',
  late: 'stateLate',
  absent: 'stateAbsent',
  excused: 'stateExcused',
  cancelled: 'stateCancelled',
  revoked: 'stateRevoked',
  expired: 'stateExpired',
} as const satisfies Record<AppointmentState, string>;

export function stateName(state: AppointmentState, locale: Locale): string {
  return bookingStrings(locale)(STATES[state]);
}

/** An instant from a query, RFC 3339. @throws {Problem} 404 when it is none */
export function instantFrom(text: string | undefined): Instant {
  const instant =
    text !== undefined && /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isFinite(instant)) throw notFound();
  return instant;
}
