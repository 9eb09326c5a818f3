import { calendarFile } from '../notices/calendar-file.ts';
import type { Notice, NoticeKind } from '../notices/kind.ts';
import { toEach } from '../notices/reach.ts';
import { remindersOf } from '../notices/rules/reminders.ts';
import type { Call } from '../platform/call.ts';
import type { Instant } from '../platform/clock.ts';
import {
  changed,
  offerLapsed,
  queued,
  registered,
  registrationCancelled,
  reminder,
  type SessionFacts,
  seatOffered,
  sessionCancelled,
  sessionEntry,
} from './notice-kinds.ts';
import type { GroupSession, Registration } from './session.ts';

type Told = Pick<
  GroupSession,
  'title' | 'office' | 'room' | 'startsAt' | 'endsAt' | 'whatToBring' | 'version'
>;

function notice(
  kind: NoticeKind<SessionFacts>,
  session: Told,
  to: Registration,
  more: { readonly until?: Instant; readonly reason?: string; readonly dueAt?: Instant } = {},
): Notice[] {
  return toEach(kind, to, {
    facts: factsOf(session, to, more),
    locale: to.locale,
    subjectId: to.id,
    officeId: session.office.id,
    dueAt: more.dueAt,
    ...(more.until !== undefined && { staleAt: more.until }),
  });
}

function factsOf(
  session: Told,
  to: Pick<Registration, 'code' | 'locale' | 'version'>,
  more: { readonly until?: Instant; readonly reason?: string } = {},
): SessionFacts {
  const { office } = session;
  return {
    code: to.code,
    title: session.title[to.locale],
    where: [office.name, office.address, session.room].filter(Boolean).join(', '),
    phone: office.phone ?? null,
    startsAt: session.startsAt,
    endsAt: session.endsAt,
    whatToBring: session.whatToBring[to.locale],
    sequence: session.version + to.version - 2,
    ...(more.until !== undefined && { until: more.until }),
    ...(more.reason !== undefined && { reason: more.reason }),
  };
}

/** Days before a session at which it is called to mind. Ours. */
const REMINDER_DAYS: readonly number[] = [2];

function withReminder(
  kind: NoticeKind<SessionFacts>,
  session: Told,
  to: Registration,
  now: Instant,
): Notice[] {
  return [
    ...notice(kind, session, to),
    ...remindersOf(session.startsAt, REMINDER_DAYS, now).flatMap(({ dueAt }) =>
      notice(reminder, session, to, { dueAt }),
    ),
  ];
}

/** Confirmation at once, and a reminder unless it would follow within a day. */
export function registeredNotices(session: Told, to: Registration, now: Instant): Notice[] {
  return withReminder(registered, session, to, now);
}

/** The new day or place, and a reminder of it; to those who wait nothing is due. */
export function changedNotices(session: Told, to: Registration, now: Instant): Notice[] {
  return withReminder(changed, session, to, now);
}

export function queuedNotices(session: Told, to: Registration): Notice[] {
  return notice(queued, session, to);
}

export function seatOfferedNotices(session: Told, to: Registration, until: Instant): Notice[] {
  return notice(seatOffered, session, to, { until });
}

export function offerLapsedNotices(session: Told, to: Registration): Notice[] {
  return notice(offerLapsed, session, to);
}

export function registrationCancelledNotices(session: Told, to: Registration): Notice[] {
  return notice(registrationCancelled, session, to);
}

export function sessionCancelledNotices(
  session: Told,
  to: Registration,
  reason: string | undefined,
): Notice[] {
  return notice(sessionCancelled, session, to, reason === undefined ? {} : { reason });
}

/** The session as an iCalendar file for one who is registered. */
export function sessionFile(call: Call, session: GroupSession, to: Registration): string {
  return calendarFile(
    sessionEntry(session.state === 'cancelled' ? 'cancelled' : 'confirmed')(
      factsOf(session, { ...to, locale: call.locale }),
      call.locale,
      call.config,
      { subjectId: to.id, at: call.clock.now() },
    ),
  );
}
