import { and, eq } from 'drizzle-orm';
import type { Instant, Interval } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { freedTime, occupied } from '../table.ts';
import { range } from './instants.ts';

/** Leaves the time of an appointment closed to the public until an instant, then it lapses. */
export async function keepClosedUntil(
  transaction: Database,
  appointmentId: string,
  until: Instant,
): Promise<void> {
  await transaction
    .update(occupied)
    .set({ releasesAt: until })
    .where(and(eq(occupied.appointmentId, appointmentId), eq(occupied.active, true)));
}

/** Time that came free and who keeps it closed meanwhile, if anybody. */
export async function recordFreed(
  transaction: Database,
  freed: {
    readonly id: string;
    readonly officeId: string;
    readonly operatorId: string;
    readonly serviceId: string;
    readonly during: Interval;
    readonly withheldBy: string | undefined;
    readonly now: Instant;
  },
): Promise<void> {
  const { now, during, withheldBy, ...row } = freed;
  await transaction
    .insert(freedTime)
    .values({ ...row, during: range(during), withheldBy: withheldBy ?? null, freedAt: now });
}
