import { type OfficeSummary, officeById } from '../../network/store.ts';
import type { Call } from '../../platform/call.ts';
import { dayOf, type Instant, type Interval, type IsoDate } from '../../platform/clock.ts';
import { notFound } from '../../platform/problem.ts';
import { bookableWindow, type OpenStart, openStarts } from '../rules/starts.ts';
import type { Service } from '../service.ts';
import { earliestStarts, freeStretches } from '../store/search.ts';
import { serviceById } from '../store/services.ts';

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
 * @throws {Problem} 404 for an unknown service or office
 */
export async function listStarts(
  call: Call,
  wanted: { readonly serviceId: string; readonly officeId: string; readonly window: Interval },
): Promise<StartsOfOffice> {
  const [service, office] = await Promise.all([
    serviceById(call.database, wanted.serviceId),
    officeById(call.database, wanted.officeId),
  ]);
  if (!service || !office) throw notFound();
  const bookable = bookableWindow(service, call.clock.now());
  const window = {
    start: Math.max(bookable.start, wanted.window.start),
    end: Math.min(bookable.end, wanted.window.end),
  };
  const free =
    window.start < window.end
      ? await freeStretches(call.database, service, office.id, widen(service, window))
      : new Map<string, Interval[]>();
  const later = { start: Math.max(bookable.start, wanted.window.end), end: bookable.end };
  const [next] =
    later.start < later.end ? await earliestStarts(call.database, service, [office.id], later) : [];
  return {
    service,
    office,
    starts: openStarts(service, free.values(), window),
    bookable,
    next: next?.start,
  };
}

/** A start inside the window may run past its end: the stretch is read that much further. */
function widen(service: Service, window: Interval): Interval {
  const minutes = service.durationMinutes + service.bufferMinutes;
  return { start: window.start, end: window.end + minutes * 60_000 };
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
