import { officeById } from '../../network/store.ts';
import type { Call } from '../../platform/call.ts';
import type { Interval } from '../../platform/clock.ts';
import { unknownAmong } from '../../platform/faults.ts';
import { bookableWindow } from '../rules/starts.ts';
import { type VisitStarts, visitStarts } from '../rules/visit.ts';
import { freeStretches } from '../store/search.ts';
import { serviceById } from '../store/services.ts';
import { releaseLapsed } from './release-lapsed.ts';
import { noticeFor, publicAt } from './who-comes.ts';

/**
 * When several appointments can be had one after the other at an office, the first of them beginning
 * inside `window`. Public. The same service may be named more than once: for a family.
 * @throws {Problem} 404 for an unknown service or office
 */
export async function listVisitStarts(
  call: Call,
  wanted: {
    readonly officeId: string;
    readonly serviceIds: readonly string[];
    readonly window: Interval;
  },
): Promise<VisitStarts[]> {
  const [office, services] = await Promise.all([
    officeById(call.database, wanted.officeId),
    Promise.all(wanted.serviceIds.map((id) => serviceById(call.database, id))),
    releaseLapsed(call),
  ]);
  if (!office) throw unknownAmong(call.locale, { '/office_id': office });
  const known = services.map((service) => {
    // Those with an operator of one's own, with several or with a room are booked one by one.
    if (!service || service.ownOperator || service.operators > 1 || service.resourceKind)
      throw unknownAmong(call.locale, { '/service_ids': undefined });
    return service;
  });
  const now = call.clock.now();
  const windows = [
    wanted.window,
    ...known.map((service) => bookableWindow(noticeFor(call, service), now)),
  ];
  const window = {
    start: Math.max(...windows.map(({ start }) => start)),
    end: Math.min(...windows.map(({ end }) => end)),
  };
  if (window.start >= window.end) return [];
  // The last part may begin hours after the first.
  const reach = {
    start: window.start,
    end: Math.min(window.end + 12 * 3_600_000, windows[1]!.end),
  };
  const parts = await Promise.all(
    known.map(async (service) => ({
      service,
      free: await freeStretches(call.database, service, office.id, reach, {
        publicAt: publicAt(call),
      }),
    })),
  );
  return visitStarts(parts, window);
}
