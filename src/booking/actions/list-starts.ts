import { type OfficeSummary, officeById } from '../../network/store.ts';
import type { Call } from '../../platform/call.ts';
import { dayOf, type Instant, type Interval, type IsoDate, MINUTE } from '../../platform/clock.ts';
import { notFound } from '../../platform/problem.ts';
import { bookableWindow, type OpenStart } from '../rules/starts.ts';
import type { Service } from '../service.ts';
import type { AppointmentView } from '../store/appointments.ts';
import { serviceById } from '../store/services.ts';
import { firstStarts, startsAt } from './joint-starts.ts';
import { ofLength } from './of-length.ts';
import { releaseLapsed } from './release-lapsed.ts';
import { ownOperatorOfCaller } from './who-comes.ts';

export interface StartsOfOffice {
  readonly service: Service;
  readonly office: OfficeSummary;
  /** Every start that can be booked inside the window asked, in order. */
  readonly starts: readonly OpenStart[];
  /** The window that can be booked at all: from the minimum notice to the horizon. */
  readonly bookable: Interval;
  /** First free start at or after the end of the window asked, if the horizon holds one. */
  readonly next: Instant | undefined;
}

/**
 * What is free at one office inside `window`. Public. Days without a start are simply absent.
 * @throws {Problem} 404 for an unknown service or office; 422 a length it does not have; 401 and 409 as
 * {@link ownOperatorOfCaller}
 */
export async function listStarts(
  call: Call,
  wanted: {
    readonly serviceId: string;
    readonly officeId: string;
    readonly window: Interval;
    /** One of the service's other lengths, in minutes. */
    readonly minutes?: number;
    /** ISO 639-1; the operator must speak it. */
    readonly language?: string;
    /** The appointment that looks for another time: its length, language and promise are kept. */
    readonly moving?: AppointmentView;
  },
): Promise<StartsOfOffice> {
  const { moving } = wanted;
  const [asked, office] = await Promise.all([
    serviceById(call.database, wanted.serviceId),
    officeById(call.database, wanted.officeId),
    releaseLapsed(call),
  ]);
  if (!asked || !office) throw notFound();
  const service = moving
    ? { ...asked, durationMinutes: (moving.endsAt - moving.startsAt) / MINUTE }
    : ofLength(asked, wanted.minutes);
  const among = moving
    ? { operatorId: moving.promised ? moving.operatorId : undefined, language: moving.language }
    : {
        operatorId: await ownOperatorOfCaller(call, asked),
        language: wanted.language,
      };
  const bookable = bookableWindow(service, call.clock.now());
  const window = {
    start: Math.max(bookable.start, wanted.window.start),
    end: Math.min(bookable.end, wanted.window.end),
  };
  const later = { start: Math.max(bookable.start, wanted.window.end), end: bookable.end };
  const [starts, [next]] = await Promise.all([
    startsAt(call.database, service, office.id, window, among),
    firstStarts(call.database, service, [office.id], later, among),
  ]);
  return { service, office, starts, bookable, next: next?.start };
}

/** Starts gathered by day of the wall calendar, in order. */
export function startsByDay(starts: readonly OpenStart[]): Map<IsoDate, OpenStart[]> {
  const days = new Map<IsoDate, OpenStart[]>();
  for (const start of starts) {
    const day = dayOf(start.start);
    const list = days.get(day);
    if (list) list.push(start);
    else days.set(day, [start]);
  }
  return days;
}
