import { sql } from 'drizzle-orm';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { ANONYMOUS } from '../../src/platform/actor.ts';
import { rows } from '../../src/platform/database.ts';
import { createSessions, type NewSessions } from '../../src/workshops/actions/create-sessions.ts';
import { register } from '../../src/workshops/actions/register.ts';
import type { GroupSession, SessionDetails } from '../../src/workshops/session.ts';
import { callAs, type TestServices } from '../support/app.ts';
import { anOffice, anOperator, weekdayMornings } from '../support/fixtures.ts';

export const TUESDAY_TEN = Date.parse('2027-03-09T10:00:00+01:00');

/** What an operator fills in, two hours long, with two seats. */
export const DETAILS: SessionDetails = {
  title: { it: 'Come si scrive un curriculum', en: 'How to write a CV' },
  description: { it: 'Due ore di pratica.', en: 'Two hours of practice.' },
  whatToBring: { it: ['Il tuo curriculum'], en: ['Your CV'] },
  room: 'Sala riunioni',
  startsAt: TUESDAY_TEN,
  endsAt: Date.parse('2027-03-09T12:00:00+01:00'),
  registrationOpensAt: Date.parse('2027-03-01T00:00:00+01:00'),
  registrationClosesAt: Date.parse('2027-03-09T09:00:00+01:00'),
  seats: 2,
  leaderIds: [],
};

/** An office of one operator, open on weekday mornings, and what people do there. */
export async function anOfficeWithSessions(services: TestServices) {
  const officeId = await anOffice(services);
  const operatorId = await anOperator(services, officeId);
  await weekdayMornings(services, officeId);
  const system = callAs(services, { kind: 'system', task: 'test' });
  const desk = callAs(services, { kind: 'operator', operatorId, officeIds: [officeId] });
  await rebuildFreeTime(system, { days: 60 });
  return {
    officeId,
    operatorId,
    system,
    desk,
    async aSession(
      details: Partial<SessionDetails> = {},
      more: Partial<NewSessions> = {},
    ): Promise<GroupSession> {
      const [made] = await createSessions(desk, {
        officeId,
        details: { ...DETAILS, ...details },
        published: true,
        ...more,
      });
      return made!;
    },
    comer: (name: string) => ({
      givenName: name,
      familyName: 'Prova',
      email: `${name.toLowerCase()}@example.org`,
      phone: undefined,
      taxCode: undefined,
      domicile: undefined,
    }),
    signUp(session: { readonly id: string }, name: string, orQueue = true) {
      return register(callAs(services, ANONYMOUS), {
        sessionId: session.id,
        person: this.comer(name),
        orQueue,
      });
    },
    /** Kinds of messages promised about a registration, oldest first, withdrawn ones left out. */
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
