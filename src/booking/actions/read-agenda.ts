import { authoriseOffice } from '../../identity/authorise.ts';
import { type OfficeSummary, officeById } from '../../network/store.ts';
import type { Call } from '../../platform/call.ts';
import type { Instant, Interval } from '../../platform/clock.ts';
import { notFound } from '../../platform/problem.ts';
import {
  type AppointmentView,
  appointmentsOfOffice,
  firstAppointmentAfter,
} from '../store/appointments.ts';

export interface Agenda {
  readonly office: OfficeSummary;
  readonly appointments: readonly AppointmentView[];
  /** When none falls inside the window: the start of the first one after it. */
  readonly next: Instant | undefined;
}

/**
 * The appointments of an office inside `window` (at most 2,000), of one operator when named.
 * @throws {Problem} 401, 403 for another office, 404
 */
export async function readAgenda(
  call: Call,
  wanted: { readonly officeId: string; readonly window: Interval; readonly operatorId?: string },
): Promise<Agenda> {
  authoriseOffice(call.actor, wanted.officeId);
  const office = await officeById(call.database, wanted.officeId);
  if (!office) throw notFound();
  const appointments = await appointmentsOfOffice(
    call.database,
    office.id,
    wanted.window,
    wanted.operatorId,
  );
  const next =
    appointments.length === 0
      ? await firstAppointmentAfter(call.database, office.id, wanted.window.end, wanted.operatorId)
      : undefined;
  return { office, appointments, next };
}
