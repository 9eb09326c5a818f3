import { bookAppointment } from '../../booking/actions/book-appointment.ts';
import { alreadyBooked, slotNotOffered } from '../../booking/problems.ts';
import { type AppointmentView, appointmentById } from '../../booking/store/appointments.ts';
import type { Call } from '../../platform/call.ts';
import type { Instant } from '../../platform/clock.ts';
import { Problem } from '../../platform/problem.ts';
import { reserveAnew, reservedAppointment } from '../store/invitations.ts';
import { openInvitation } from './open-invitation.ts';

export interface InvitedBooking {
  readonly code: string;
  /** One of the campaign's offices; the person's own when absent. */
  readonly officeId?: string | undefined;
  readonly start: Instant;
  /** Where messages about the appointment go; the person's own address when absent. */
  readonly email?: string | undefined;
  readonly note?: string | undefined;
}

/**
 * Books a time with the code of an invitation, for the person who was invited, also for services that
 * only invited people may book. A code has the id of its appointment from the beginning: used twice
 * at once, it books once.
 * @throws {Problem} 404 not recognised; 409 taken or booked already; 422 not offered
 */
export async function bookByInvitation(
  call: Call,
  wanted: InvitedBooking,
): Promise<AppointmentView> {
  const { invited, campaign, window } = await openInvitation(call, wanted.code);
  const officeId = wanted.officeId ?? invited.officeId;
  if (!campaign.offices.some(({ id }) => id === officeId)) throw slotNotOffered();
  if (wanted.start < window.start || wanted.start >= window.end) throw slotNotOffered();

  const id = await reservedId(call, invited.id);
  const onBehalf: Call = { ...call, actor: { kind: 'system', task: 'book-by-invitation' } };
  try {
    return await bookAppointment(onBehalf, {
      forPublic: true,
      id,
      serviceId: campaign.service.id,
      officeId,
      start: wanted.start,
      note: wanted.note,
      origin: 'invitation',
      personId: invited.personId,
      person: {
        givenName: invited.givenName,
        familyName: invited.familyName,
        email: wanted.email,
        phone: undefined,
        taxCode: undefined,
        domicile: undefined,
      },
    });
  } catch (error) {
    const lost = error instanceof Problem && error.kind.slug === 'slot-taken';
    if (lost && (await appointmentById(call.database, id))) throw alreadyBooked();
    throw error;
  }
}

/** The id that the code books with: another one after an appointment that no longer stands. */
async function reservedId(call: Call, invitationId: string): Promise<string> {
  const reserved = await reservedAppointment(call.database, invitationId);
  if (reserved.state === null || !['cancelled', 'revoked', 'expired'].includes(reserved.state)) {
    return reserved.appointmentId;
  }
  const { appointmentId } = reserved;
  await reserveAnew(call.database, { id: invitationId, appointmentId }, call.ids());
  return (await reservedAppointment(call.database, invitationId)).appointmentId;
}
