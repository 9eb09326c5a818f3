import { appointmentCalendar } from '../notices/letters/appointment.ts';
import type { AppointmentFacts, Notice } from '../notices/outbox.ts';
import type { Call } from '../platform/call.ts';
import { DAY, type Instant } from '../platform/clock.ts';
import type { Locale } from '../platform/locale.ts';
import type { Service } from './service.ts';
import type { AppointmentView } from './store/appointments.ts';

/** The facts of an appointment that a message about it tells. */
export interface ToldAppointment {
  readonly id: string;
  readonly code: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly version: number;
  readonly locale: Locale;
  readonly service: Pick<Service, 'name' | 'whatToBring' | 'mode'>;
  readonly office: { readonly name: string; readonly address?: string; readonly phone?: string };
}

/** Days before the appointment at which it is called to mind. */
const REMINDER_DAYS = 2;

function facts(told: ToldAppointment): AppointmentFacts {
  return {
    code: told.code,
    service: told.service.name[told.locale],
    office: told.office.name,
    address: told.service.mode === 'desk' ? (told.office.address ?? null) : null,
    phone: told.office.phone ?? null,
    startsAt: told.startsAt,
    endsAt: told.endsAt,
    whatToBring: told.service.whatToBring[told.locale],
    sequence: told.version - 1,
  };
}

/** When a booking made at `now` is called to mind; undefined when the confirmation is near enough. */
export function remindsAt(startsAt: Instant, now: Instant): Instant | undefined {
  const reminder = startsAt - REMINDER_DAYS * DAY;
  return reminder - now < DAY ? undefined : reminder;
}

/** Confirmation at once, and a reminder unless it would follow the confirmation within a day. */
export function bookedNotices(
  told: ToldAppointment,
  recipient: string | undefined,
  now: Instant,
): Notice[] {
  return withReminder('appointment-confirmed', told, recipient, now);
}

/** The new time at once, and a reminder of it. */
export function movedNotices(
  told: ToldAppointment,
  recipient: string | undefined,
  now: Instant,
): Notice[] {
  return withReminder('appointment-moved', told, recipient, now);
}

function withReminder(
  kind: 'appointment-confirmed' | 'appointment-moved',
  told: ToldAppointment,
  recipient: string | undefined,
  now: Instant,
): Notice[] {
  if (recipient === undefined) return [];
  const common = { facts: facts(told), recipient, locale: told.locale, subjectId: told.id };
  const confirmation: Notice = { ...common, kind };
  const dueAt = remindsAt(told.startsAt, now);
  if (dueAt === undefined) return [confirmation];
  return [confirmation, { ...common, kind: 'appointment-reminder', dueAt }];
}

export function cancelledNotices(told: ToldAppointment, recipient: string | undefined): Notice[] {
  if (recipient === undefined) return [];
  return [
    {
      kind: 'appointment-cancelled',
      facts: facts(told),
      recipient,
      locale: told.locale,
      subjectId: told.id,
    },
  ];
}

/** The appointment as an iCalendar file; a cancelled one takes itself out of the calendar. */
export function appointmentFile(call: Call, view: AppointmentView): string {
  return appointmentCalendar(call.config, {
    appointmentId: view.id,
    facts: facts({ ...view, locale: call.locale }),
    locale: call.locale,
    cancelled: view.state === 'cancelled',
    writtenAt: call.clock.now(),
  });
}
