import { type OfficeSummary, officeById } from '../../network/store.ts';
import type { Call } from '../../platform/call.ts';
import {
  dayOf,
  type Instant,
  type Interval,
  type IsoDate,
  MINUTE,
  wall,
} from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { unknownAmong } from '../../platform/faults.ts';
import { bookableWindow, type OpenStart } from '../rules/starts.ts';
import type { Service } from '../service.ts';
import type { AppointmentView } from '../store/appointments.ts';
import { holdOf } from '../store/holds.ts';
import type { Among } from '../store/search.ts';
import { serviceById, wasteOfServices } from '../store/services.ts';
import { asWished, type ServiceWish } from './as-wished.ts';
import { holderOf } from './hold-start.ts';
import { firstStarts, startsAt } from './joint-starts.ts';
import { releaseLapsed } from './release-lapsed.ts';
import { noticeFor, ownOperatorOfCaller, publicAt } from './who-comes.ts';

export interface StartsOfOffice {
  readonly service: Service;
  readonly office: OfficeSummary;
  /** Every start that can be booked inside the window asked, in order. */
  readonly starts: readonly OpenStart[];
  /** The window that can be booked at all: from the minimum notice to the horizon. */
  readonly bookable: Interval;
  /** First free start at or after the end of the window asked, if the horizon holds one. */
  readonly next: Instant | undefined;
  /** `YYYY-MM` of each month of the bookable window that has a free start; when they were asked for. */
  readonly freeMonths: readonly string[] | undefined;
}

/**
 * What is free at one office inside `window`. Public. Days without a start are simply absent.
 * @throws {Problem} 404 for an unknown service or office; 422 a length it does not have; 401 and 409 as
 * {@link ownOperatorOfCaller}
 */
export async function listStarts(
  call: Call,
  wanted: ServiceWish & {
    readonly serviceId: string;
    readonly officeId: string;
    readonly window: Interval;
    /** ISO 639-1; the operator must speak it. */
    readonly language?: string;
    /** Whether to look for the months that have something free. */
    readonly months?: boolean;
    /** The appointment that looks for another time: its length, language and promise are kept. */
    readonly moving?: AppointmentView;
    /** Of a start kept for the caller: they see it as free, since they can still have it. */
    readonly holdToken?: string;
  },
): Promise<StartsOfOffice> {
  const { moving } = wanted;
  const [asked, office] = await Promise.all([
    serviceById(call.database, wanted.serviceId),
    officeById(call.database, wanted.officeId),
    releaseLapsed(call),
  ]);
  if (!asked || !office)
    throw unknownAmong(call.locale, { '/service_id': asked, '/office_id': office });
  const service = moving
    ? { ...asked, durationMinutes: (moving.endsAt - moving.startsAt) / MINUTE }
    : asWished(asked, wanted);
  // A new time may overlap the old one, which is the person's own.
  const among = moving
    ? {
        operatorId: moving.promised ? moving.operatorId : undefined,
        language: moving.language,
        publicAt: publicAt(call),
        yielding: moving.id,
      }
    : {
        operatorId: await ownOperatorOfCaller(call, service),
        language: wanted.language,
        publicAt: publicAt(call),
        yielding: await keptFor(call, asked, wanted.holdToken),
      };
  const bookable = bookableWindow(noticeFor(call, service), call.clock.now());
  const window = {
    start: Math.max(bookable.start, wanted.window.start),
    end: Math.min(bookable.end, wanted.window.end),
  };
  const compactBy =
    service.compactStarts && among.publicAt !== undefined
      ? await wasteOfServices(call.database, call.clock.now())
      : undefined;
  const later = { start: Math.max(bookable.start, wanted.window.end), end: bookable.end };
  const [starts, [next], freeMonths] = await Promise.all([
    startsAt(call.database, service, office.id, window, { ...among, compactBy }),
    firstStarts(call.database, service, [office.id], later, among),
    wanted.months ? monthsWithStart(call.database, service, office.id, bookable, among) : undefined,
  ]);
  const there = ({ start }: OpenStart) =>
    moving !== undefined && start === moving.startsAt && office.id === moving.office.id;
  return {
    service,
    office,
    starts: starts.filter((one) => !there(one)),
    bookable,
    next: next?.start,
    freeMonths,
  };
}

/** The hold of a service that the token opens, if it stands. */
async function keptFor(call: Call, service: Service, token: string | undefined) {
  if (token === undefined) return undefined;
  const hold = await holdOf(call.database, await holderOf(call, token), service.id);
  return hold && hold.expiresAt! > call.clock.now() ? hold.id : undefined;
}

/** The months with a free start: the first one, the first one after its month, and so on. */
async function monthsWithStart(
  database: Database,
  service: Service,
  officeId: string,
  { start, end }: Interval,
  among: Among,
): Promise<string[]> {
  const months: string[] = [];
  for (let from = start; from < end; ) {
    const [first] = await firstStarts(database, service, [officeId], { start: from, end }, among);
    if (!first) break;
    const month = wall(first.start).startOf('month');
    months.push(month.toFormat('yyyy-MM'));
    from = month.plus({ months: 1 }).toMillis();
  }
  return months;
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
