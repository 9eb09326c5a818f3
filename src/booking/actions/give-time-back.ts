import type { Call } from '../../platform/call.ts';
import { dayOf, type Instant, MINUTE } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { AppointmentView } from '../store/appointments.ts';
import { type LetGo, releaseTime } from '../store/claims.ts';
import { keepClosedUntil, recordFreed } from '../store/freed-time.ts';
import { rebuildOperatorDay } from './rebuild-free-time.ts';

/** Minutes that freed time stays closed to the public until those who wait were looked at. Ours. */
const LOOK_MINUTES = 5;

type Freeing = Pick<AppointmentView, 'id' | 'startsAt' | 'endsAt' | 'operatorId'> & {
  readonly service: Pick<AppointmentView['service'], 'id' | 'waitingList' | 'releaseDelayMinutes'>;
  readonly office: { readonly id: string };
};

/**
 * Gives back the time of an appointment that was just cancelled: at once, or after the service's
 * release delay; where a waiting list is kept, only after it had its turn.
 */
export async function giveTimeBack(
  transaction: Database,
  call: Call,
  freeing: Freeing,
  now: Instant,
): Promise<void> {
  const { service } = freeing;
  const delay = Math.max(service.releaseDelayMinutes, service.waitingList ? LOOK_MINUTES : 0);
  const closed = delay > 0 && freeing.startsAt > now;
  if (closed) await keepClosedUntil(transaction, freeing.id, now + delay * MINUTE);
  else await rebuildDays(transaction, await releaseTime(transaction, freeing.id));
  await tellWaiting(transaction, call, freeing, now, closed ? freeing.id : undefined);
}

/** Notes that time came free, for those who wait; nothing where nobody can wait. */
export async function tellWaiting(
  transaction: Database,
  call: Call,
  freeing: Freeing,
  now: Instant,
  withheldBy?: string,
): Promise<void> {
  if (!freeing.service.waitingList || freeing.startsAt <= now) return;
  await recordFreed(transaction, {
    id: call.ids(),
    officeId: freeing.office.id,
    operatorId: freeing.operatorId,
    serviceId: freeing.service.id,
    during: { start: freeing.startsAt, end: freeing.endsAt },
    withheldBy,
    now,
  });
}

/** Derives anew the days of whoever was let go, in the order in which every claim locks them. */
export async function rebuildDays(transaction: Database, gone: readonly LetGo[]): Promise<void> {
  const days = new Map(
    gone.map(({ resourceId, during }) => [
      `${resourceId} ${dayOf(during.start)}`,
      { resourceId, during },
    ]),
  );
  for (const [, { resourceId, during }] of [...days].sort(([a], [b]) => (a < b ? -1 : 1)))
    await rebuildOperatorDay(transaction, resourceId, during.start);
}
