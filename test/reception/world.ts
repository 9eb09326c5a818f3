import { eq, sql } from 'drizzle-orm';
import { bookAppointment } from '../../src/booking/actions/book-appointment.ts';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { appointment } from '../../src/booking/table.ts';
import { ANONYMOUS } from '../../src/platform/actor.ts';
import { callNext } from '../../src/reception/actions/call-person.ts';
import { takeTicket } from '../../src/reception/actions/take-ticket.ts';
import { callAs, type TestServices } from '../support/app.ts';
import { anOffice, anOperator, aService, weekdayMornings } from '../support/fixtures.ts';

/** An office open from 9 to 13 with `operators` at their desks, and a service of twenty minutes. */
export async function anOfficeWithAQueue(services: TestServices, operators = 1) {
  const officeId = await anOffice(services, { code: 'cpi-coda' });
  const operatorIds: string[] = [];
  for (let n = 0; n < operators; n++) operatorIds.push(await anOperator(services, officeId));
  await weekdayMornings(services, officeId);
  const serviceId = await aService(services, { durationMinutes: 20, gridMinutes: 5 });
  const system = callAs(services, { kind: 'system', task: 'test' });
  await rebuildFreeTime(system, { days: 5 });
  const anyone = callAs(services, ANONYMOUS);
  const desk = (n = 0) =>
    callAs(services, { kind: 'operator', operatorId: operatorIds[n]!, officeIds: [officeId] });
  return {
    officeId,
    operatorIds,
    serviceId,
    anyone,
    system,
    desk,
    walkIn: () => takeTicket(anyone, { officeId, serviceId }),
    next: (n = 0) => callNext(desk(n), officeId),
    async book(time: string, name = 'Rosa') {
      const start = Date.parse(`2027-03-04T${time}:00+01:00`);
      const made = await bookAppointment(anyone, {
        serviceId,
        officeId,
        start,
        person: {
          givenName: name,
          familyName: 'Prova',
          email: `${name.toLowerCase()}@example.org`,
          phone: undefined,
          taxCode: undefined,
          domicile: undefined,
        },
      });
      return made;
    },
    async stateOf(id: string) {
      const [found] = await services.database
        .select()
        .from(appointment)
        .where(eq(appointment.id, id));
      return found;
    },
    async clear() {
      await services.database.execute(
        sql`truncate ticket, ticket_step, ticket_sequence, desk_duty, appointment, occupied, outbox, audit_event, free_time cascade`,
      );
      await rebuildFreeTime(system, { days: 5 });
    },
  };
}
