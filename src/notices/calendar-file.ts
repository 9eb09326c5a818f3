import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  ICalEventStatus,
} from 'ical-generator';
import { type Instant, wall, ZONE } from '../platform/clock.ts';

export interface CalendarEntry {
  /** The appointment's own id: the same entry whatever its version. */
  readonly uid: string;
  readonly sequence: number;
  readonly status: 'confirmed' | 'cancelled';
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** When this version was written. */
  readonly stamp: Instant;
  readonly summary: string;
  readonly location: string;
  readonly description: string;
  readonly organizer: { readonly name: string; readonly email: string };
}

/** What a file asks of the calendar that opens it (RFC 5546 §1.4). */
export type CalendarMethod = 'PUBLISH' | 'REQUEST' | 'CANCEL';

/** To a reader by name an appointment is a request, and its end a cancellation; to others it is shown. */
export function methodOf({ status }: CalendarEntry, attendee: string | undefined): CalendarMethod {
  if (status === 'cancelled') return 'CANCEL';
  return attendee === undefined ? 'PUBLISH' : 'REQUEST';
}

/**
 * An iCalendar file (RFC 5545) of one appointment, its times on the wall clock of Rome.
 * @param attendee whom it is sent to: a request must name them, what is only shown must not (RFC 5546
 *   §3.2.1, §3.2.2). They said yes by booking, and no answer is asked of them.
 */
export function calendarFile(entry: CalendarEntry, attendee?: string): string {
  return written([entry], ICalCalendarMethod[methodOf(entry, attendee)], attendee);
}

/** The same of many, for a calendar program that asks again and again. */
export function calendarFeed(entries: readonly CalendarEntry[]): string {
  return written(entries, ICalCalendarMethod.PUBLISH);
}

function written(
  entries: readonly CalendarEntry[],
  method: ICalCalendarMethod,
  attendee?: string,
): string {
  const calendar = ical({
    prodId: { company: 'sportello', product: 'sportello', language: 'IT' },
    method,
  });
  // Without a name the calendar writes its time stamps in UTC, as the standard wants, while the
  // event keeps its zone and the file carries the zone's rules.
  calendar.timezone({ name: null, generator: () => ROME });
  for (const entry of entries) {
    const cancelled = entry.status === 'cancelled';
    const event = calendar.createEvent({
      id: entry.uid,
      sequence: entry.sequence,
      status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      timezone: ZONE,
      start: wall(entry.startsAt),
      end: wall(entry.endsAt),
      stamp: wall(entry.stamp),
      summary: entry.summary,
      location: entry.location,
      description: entry.description,
      organizer: entry.organizer,
    });
    if (attendee !== undefined)
      event.createAttendee({
        email: attendee,
        name: attendee,
        role: ICalAttendeeRole.REQ,
        status: ICalAttendeeStatus.ACCEPTED,
        rsvp: false,
      });
  }
  return `${calendar.toString()}\r\n`;
}

/**
 * The rules of Rome's clock since 1996: forward on the last Sunday of March at 2:00, back on the
 * last of October at 3:00 (directive 2000/84/EC, articles 2 and 3).
 */
const ROME = `BEGIN:VTIMEZONE
TZID:${ZONE}
BEGIN:STANDARD
DTSTART:19961027T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19960331T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
END:VTIMEZONE`;
