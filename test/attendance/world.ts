import { bookAppointment } from '../../src/booking/actions/book-appointment.ts';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import type { AppointmentView } from '../../src/booking/store/appointments.ts';
import { convocation, deliveryProof } from '../../src/convocation/table.ts';
import { did } from '../../src/pact/table.ts';
import { ANONYMOUS } from '../../src/platform/actor.ts';
import type { Call } from '../../src/platform/call.ts';
import { DAY, dayOf } from '../../src/platform/clock.ts';
import { callAs, type TestServices, testServices } from '../support/app.ts';
import { anOffice, anOperator, aPerson, aService, weekdayMornings } from '../support/fixtures.ts';

/** One office in the mornings, one operator, half an hour each. */
export interface World {
  readonly services: TestServices;
  readonly officeId: string;
  readonly operatorId: string;
  readonly serviceId: string;
  readonly desk: () => Call;
  readonly system: () => Call;
  /** Books Rosa's, or somebody else's, appointment at an instant. */
  readonly book: (start: string, who?: string) => Promise<AppointmentView>;
}

export async function aWorld(): Promise<World> {
  const services = await testServices();
  const officeId = await anOffice(services);
  const operatorId = await anOperator(services, officeId);
  await weekdayMornings(services, officeId);
  const serviceId = await aService(services);
  const desk = () => callAs(services, { kind: 'operator', operatorId, officeIds: [officeId] });
  const system = () => callAs(services, { kind: 'system', task: 'test' });
  await rebuildFreeTime(system(), { days: 60 });
  return {
    services,
    officeId,
    operatorId,
    serviceId,
    desk,
    system,
    book: (start, who) =>
      bookAppointment(who === undefined ? callAs(services, ANONYMOUS) : desk(), {
        serviceId,
        officeId,
        start: Date.parse(start),
        ...(who === undefined ? { person: rosa } : { personId: who }),
      }),
  };
}

export const rosa = {
  givenName: 'Rosa',
  familyName: 'Rossi',
  email: 'rosa@example.org',
  phone: undefined,
  taxCode: undefined,
  domicile: undefined,
};

export { aPerson };

/** Convokes to an appointment that stands already, two weeks before it. */
export async function convoked(
  { services, officeId, serviceId }: World,
  about: AppointmentView,
  by: { channel: 'pec' | 'email'; delivered?: boolean },
): Promise<void> {
  const id = services.ids();
  const sentAt = about.startsAt - 14 * DAY;
  await services.database.insert(convocation).values({
    id,
    personId: about.person!.id,
    serviceId,
    officeId,
    state: 'closed',
    channel: by.channel,
    noticeDays: 7,
    codeDigest: id,
    appointmentId: about.id,
    createdBy: 'test',
    createdAt: sentAt,
    retryAt: sentAt,
    sentAt,
  });
  if (!by.delivered) return;
  await services.database.insert(deliveryProof).values({
    id: services.ids(),
    convocationId: id,
    kind: 'pec_delivered',
    happenedOn: dayOf(sentAt),
    reference: 'ricevuta 42',
    recordedBy: 'test',
    recordedAt: sentAt,
  });
}

/** The person declared their availability and receives Naspi. */
export async function withNaspi({ services, operatorId }: World, personId: string): Promise<void> {
  await services.database.insert(did).values({
    id: services.ids(),
    personId,
    declaredOn: '2027-01-10',
    benefit: 'naspi',
    benefitClaimedOn: '2027-01-10',
    registeredBy: operatorId,
    registeredAt: services.clock.now(),
  });
}
