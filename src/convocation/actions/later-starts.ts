import { startsAt } from '../../booking/actions/joint-starts.ts';
import { bookableWindow } from '../../booking/rules/starts.ts';
import { serviceById } from '../../booking/store/services.ts';
import type { Call } from '../../platform/call.ts';
import { DAY, type Instant } from '../../platform/clock.ts';
import type { Convocation } from '../store/convocations.ts';

/** Starts that an operator chooses among when a date is put off. */
const OFFERED = 20;
/** Days after the date within which another is looked for. */
const WITHIN = 60;

/** The first free starts after the date of a convocation, at its office. */
export async function laterStarts(call: Call, found: Convocation): Promise<Instant[]> {
  const service = await serviceById(call.database, found.serviceId);
  if (!service || found.startsAt === null) return [];
  const bookable = bookableWindow(service, call.clock.now());
  const from = Math.max(bookable.start, found.startsAt + 1);
  const window = { start: from, end: Math.min(bookable.end, from + WITHIN * DAY) };
  const starts = await startsAt(call.database, service, found.officeId, window, {
    publicAt: call.clock.now(),
  });
  return starts.slice(0, OFFERED).map(({ start }) => start);
}
