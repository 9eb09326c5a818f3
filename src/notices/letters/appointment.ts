import type { Instant } from '../../platform/clock.ts';
import type { Config } from '../../platform/config.ts';
import type { Locale } from '../../platform/locale.ts';
import { formatDateTime } from '../../web/format.ts';
import { calendarFile } from '../calendar-file.ts';
import { mailbox } from '../mailbox.ts';
import type { AppointmentFacts, NoticeKind } from '../outbox.ts';
import { noticeStrings } from '../strings.ts';
import type { Letter } from './letter.ts';

const TEXTS = {
  'appointment-confirmed': { subject: 'confirmedSubject', opening: 'confirmedOpening' },
  'appointment-moved': { subject: 'movedSubject', opening: 'movedOpening' },
  'appointment-reminder': { subject: 'reminderSubject', opening: 'reminderOpening' },
  'appointment-cancelled': { subject: 'cancelledSubject', opening: 'cancelledOpening' },
} as const satisfies Record<NoticeKind, unknown>;

/** The letter that tells a person about their appointment. */
export function appointmentLetter(
  config: Config,
  about: {
    readonly kind: NoticeKind;
    readonly appointmentId: string;
    readonly facts: AppointmentFacts;
    readonly locale: Locale;
    readonly writtenAt: Instant;
  },
): Letter {
  const { kind, facts, locale } = about;
  const t = noticeStrings(locale);
  const when = formatDateTime(facts.startsAt, locale);
  const cancelled = kind === 'appointment-cancelled';
  return {
    subject: t(TEXTS[kind].subject, { when }),
    opening: [t('greeting'), t(TEXTS[kind].opening)],
    facts: [
      { label: t('service'), value: facts.service },
      { label: t('when'), value: when },
      { label: t('where'), value: place(facts) },
      ...(facts.phone && !cancelled ? [{ label: t('phone'), value: facts.phone }] : []),
      { label: t('code'), value: facts.code },
      ...(facts.reason && cancelled ? [{ label: t('reason'), value: facts.reason }] : []),
    ],
    ...(!cancelled &&
      facts.whatToBring.length > 0 && {
        list: { heading: t('bring'), items: facts.whatToBring },
      }),
    // The address of a page that asks for the code: no secret travels in a link.
    link: cancelled
      ? { sentence: t('bookAgain'), href: `${config.publicUrl}/prenota` }
      : { sentence: t('manage'), href: `${config.publicUrl}/appuntamento` },
    closing: [
      t(cancelled ? 'calendarCancelled' : 'calendar'),
      ...(config.demo ? [t('demo')] : []),
      t('automatic'),
    ],
    attachments: [
      {
        name: t('fileName'),
        mediaType: `text/calendar; charset=utf-8; method=${cancelled ? 'CANCEL' : 'PUBLISH'}`,
        content: appointmentCalendar(config, { ...about, cancelled }),
      },
    ],
  };
}

/** The calendar file of an appointment: the same in its letters, on its page and in the API. */
export function appointmentCalendar(
  config: Config,
  about: {
    readonly appointmentId: string;
    readonly facts: AppointmentFacts;
    readonly locale: Locale;
    readonly cancelled: boolean;
    readonly writtenAt: Instant;
  },
): string {
  const { facts, locale } = about;
  const t = noticeStrings(locale);
  return calendarFile({
    uid: about.appointmentId,
    sequence: facts.sequence,
    status: about.cancelled ? 'cancelled' : 'confirmed',
    startsAt: facts.startsAt,
    endsAt: facts.endsAt,
    stamp: about.writtenAt,
    summary: t('eventSummary', { service: facts.service, office: facts.office }),
    location: place(facts),
    description: [
      t('eventCode', { code: facts.code }),
      ...(facts.whatToBring.length > 0 ? [`${t('bring')}: ${facts.whatToBring.join('; ')}`] : []),
      `${config.publicUrl}/appuntamento`,
    ].join('\n'),
    organizer: mailbox(config.mailFrom),
  });
}

function place(facts: AppointmentFacts): string {
  return [facts.office, facts.address].filter((part) => part !== null).join(', ');
}
