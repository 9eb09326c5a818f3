import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import type { Database } from '../../platform/database.ts';
import type { AppointmentView } from '../store/appointments.ts';
import { type Booking, bookAppointment } from './book-appointment.ts';

/** The appointments of one visit, as they would be booked alone. */
export interface Visit {
  readonly officeId: string;
  readonly parts: readonly Omit<Booking, 'officeId' | 'visitId' | 'id'>[];
}

/**
 * Books several appointments of one visit: all of them or none. Each has its own code, and can be
 * moved or cancelled alone.
 * @throws {Problem} as {@link bookAppointment} for the first that cannot be had
 */
export async function bookVisit(call: Call, visit: Visit): Promise<AppointmentView[]> {
  authorise(call.actor, 'anonymous', 'jobseeker', 'operator', 'administrator', 'system');
  const visitId = call.ids();
  return call.database.transaction(async (transaction) => {
    const within = { ...call, database: transaction as Database };
    const booked: AppointmentView[] = [];
    for (const part of visit.parts) {
      booked.push(await bookAppointment(within, { ...part, officeId: visit.officeId, visitId }));
    }
    return booked;
  });
}
