import { sql } from 'drizzle-orm';
import { bookAppointment } from '../../src/booking/actions/book-appointment.ts';
import { cancelAppointment } from '../../src/booking/actions/cancel-appointment.ts';
import { listStarts } from '../../src/booking/actions/list-starts.ts';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { ANONYMOUS } from '../../src/platform/actor.ts';
import { DAY, type Instant } from '../../src/platform/clock.ts';
import { rows } from '../../src/platform/database.ts';
import { type Joining, joinList } from '../../src/waitlist/actions/join-list.ts';
import { entryById } from '../../src/waitlist/store/entries.ts';
import { offersOf } from '../../src/waitlist/store/offers.ts';
import { callAs, type TestServices } from '../support/app.ts';
import { anOffice, anOperator, aService, weekdayMornings } from '../support/fixtures.ts';

/** The Friday after the tests' now, when the office opens. */
export const FRIDAY_NINE = Date.parse('2027-03-05T09:00:00+01:00');

/** Any day of the coming weeks, at any hour. */
export const ANY_TIME: Joining['when'] = {
  fromDay: '2027-03-04',
  toDay: '2027-04-30',
  weekdays: [1, 2, 3, 4, 5],
  parts: ['morning', 'afternoon'],
};

/** An office with one operator and one service that keeps a waiting list. */
export async function anOfficeWithAList(services: TestServices) {
  const officeId = await anOffice(services);
  const operatorId = await anOperator(services, officeId);
  await weekdayMornings(services, officeId);
  const serviceId = await aService(services, { waitingList: true });
  const system = callAs(services, { kind: 'system', task: 'test' });
  const desk = callAs(services, { kind: 'operator', operatorId, officeIds: [officeId] });
  const anyone = callAs(services, ANONYMOUS);
  const person = (name: string) => ({
    givenName: name,
    familyName: 'Prova',
    email: `${name.toLowerCase()}@example.org`,
    phone: undefined,
    taxCode: undefined,
    domicile: undefined,
  });
  return {
    officeId,
    operatorId,
    serviceId,
    system,
    desk,
    anyone,
    person,
    async clear() {
      await services.database.execute(
        sql`truncate waiting_entry, freed_time, appointment, occupied, outbox, audit_event, free_time cascade`,
      );
      await rebuildFreeTime(system, { days: 60 });
    },
    book: (name: string, start: Instant = FRIDAY_NINE) =>
      bookAppointment(anyone, { serviceId, officeId, start, person: person(name) }),
    cancel: (id: string) => cancelAppointment(system, { id }),
    async wait(name: string, given: Partial<Joining> = {}) {
      const who = given.deadline ? desk : anyone;
      const { entry } = await joinList(who, {
        serviceId,
        where: { officeIds: [officeId] },
        when: ANY_TIME,
        person: person(name),
        ...given,
      });
      return { ...entry, pass: { code: entry.code, contact: person(name).email } };
    },
    async state(id: string) {
      const entry = await entryById(services.database, id);
      const [offer] = await offersOf(services.database, id);
      return { entry: entry?.state, offer: offer?.state };
    },
    offer: async (id: string) => (await offersOf(services.database, id))[0]!,
    /** Whether the public can book the start. */
    async isPublic(start: Instant = FRIDAY_NINE) {
      const { starts } = await listStarts(anyone, {
        serviceId,
        officeId,
        window: { start: start - DAY / 4, end: start + DAY / 4 },
      });
      return starts.some((one) => one.start === start);
    },
    /** Kinds of messages promised about something, oldest first, withdrawn ones left out. */
    async told(id: string): Promise<string[]> {
      const found = await rows<{ kind: string }>(
        services.database,
        sql`select kind from outbox where subject_id = ${id}::uuid and state <> 'dropped'
          order by created_at, id`,
      );
      return found.map(({ kind }) => kind);
    },
  };
}
