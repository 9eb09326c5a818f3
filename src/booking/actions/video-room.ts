import type { Call } from '../../platform/call.ts';
import type { AppointmentView } from '../store/appointments.ts';

const ROOM = '{room}';

/**
 * Where a standing appointment by video meets. Its room is derived from the appointment with the
 * data key: nobody can guess it, and it stays the same when the appointment moves. Undefined for
 * others. To be shown only to who may see the appointment.
 */
export async function videoRoom(
  call: Call,
  { id, state, service }: Pick<AppointmentView, 'id' | 'state' | 'service'>,
): Promise<string | undefined> {
  if (state !== 'confirmed' || service.videoAddress === undefined) return undefined;
  if (!service.videoAddress.includes(ROOM)) return service.videoAddress;
  const mark = await call.secrets.index(`video room of ${id}`);
  return service.videoAddress.replaceAll(ROOM, mark.replace(/[^0-9A-Za-z]/g, '').slice(0, 24));
}
