import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { office, operator } from '../../network/table.ts';
import type { Instant, Interval } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { rows } from '../../platform/database.ts';
import type { GroupSession } from '../session.ts';
import { groupSession, registration, seat, sessionLeader } from '../table.ts';

const at = (instant: Instant) => sql`to_timestamp(${instant / 1000}::float8)`;

function selectSessions(database: Database) {
  const seats = database
    .select({
      sessionId: seat.sessionId,
      seats: sql<number>`count(*)::int`.as('seats'),
      taken: sql<number>`count(${seat.registrationId})::int`.as('taken'),
    })
    .from(seat)
    .groupBy(seat.sessionId)
    .as('seats');
  return database
    .select({
      session: groupSession,
      office,
      seats: sql<number>`coalesce(${seats.seats}, 0)`,
      taken: sql<number>`coalesce(${seats.taken}, 0)`,
      waiting: sql<number>`(select count(*)::int from ${registration}
        where ${registration.sessionId} = ${groupSession.id} and ${registration.state} = 'waiting')`,
      leaders: sql<GroupSession['leaders']>`(select coalesce(json_agg(json_build_object(
          'id', ${operator.id}, 'name', ${operator.givenName} || ' ' || ${operator.familyName})
          order by ${operator.familyName}, ${operator.id}), '[]'::json)
        from ${sessionLeader} join ${operator} on ${operator.id} = ${sessionLeader.operatorId}
        where ${sessionLeader.sessionId} = ${groupSession.id})`,
    })
    .from(groupSession)
    .innerJoin(office, eq(office.id, groupSession.officeId))
    .leftJoin(seats, eq(seats.sessionId, groupSession.id));
}

type Joined = Awaited<ReturnType<typeof selectSessions>>[number];

function toSession({ session, office: at, ...counts }: Joined): GroupSession {
  return {
    id: session.id,
    seriesId: session.seriesId ?? undefined,
    state: session.state,
    title: session.title,
    description: session.description,
    whatToBring: session.whatToBring,
    room: session.room,
    startsAt: session.startsAt,
    endsAt: session.endsAt,
    registrationOpensAt: session.registrationOpensAt,
    registrationClosesAt: session.registrationClosesAt,
    cancelReason: session.cancelReason ?? undefined,
    version: session.version,
    office: {
      id: at.id,
      code: at.code,
      name: at.name,
      address: at.address ?? undefined,
      phone: at.phone ?? undefined,
    },
    ...counts,
  };
}

export async function sessionById(
  database: Database,
  id: string,
): Promise<GroupSession | undefined> {
  const [found] = await selectSessions(database).where(eq(groupSession.id, id));
  return found && toSession(found);
}

/** Sessions that begin inside `window`, in order; of one office when named, drafts when asked. */
export async function sessionsWithin(
  database: Database,
  wanted: { readonly window: Interval; readonly officeId?: string; readonly drafts: boolean },
): Promise<GroupSession[]> {
  const found = await selectSessions(database)
    .where(
      and(
        sql`${groupSession.startsAt} >= ${at(wanted.window.start)} and ${groupSession.startsAt} < ${at(wanted.window.end)}`,
        wanted.officeId === undefined ? undefined : eq(groupSession.officeId, wanted.officeId),
        wanted.drafts ? undefined : eq(groupSession.state, 'published'),
      ),
    )
    .orderBy(asc(groupSession.startsAt), asc(groupSession.id))
    .limit(500);
  return found.map(toSession);
}

/**
 * Keeps the session as it is until the transaction ends: `share` against a change of the session,
 * `update` against registrations too.
 */
export async function lockSession(transaction: Database, id: string, lock: 'share' | 'update') {
  const [found] = await transaction
    .select()
    .from(groupSession)
    .where(eq(groupSession.id, id))
    .for(lock);
  return found;
}

export async function writeSession(
  transaction: Database,
  row: typeof groupSession.$inferInsert,
  seats: number,
): Promise<void> {
  await transaction.insert(groupSession).values(row);
  await addSeats(transaction, row.id, 1, seats);
}

export async function changeSession(
  transaction: Database,
  id: string,
  change: Partial<typeof groupSession.$inferInsert>,
): Promise<void> {
  await transaction
    .update(groupSession)
    .set({ ...change, version: sql`${groupSession.version} + 1` })
    .where(eq(groupSession.id, id));
}

async function addSeats(transaction: Database, sessionId: string, from: number, to: number) {
  await rows(
    transaction,
    sql`insert into session_seat (session_id, number)
      select ${sessionId}::uuid, n from generate_series(${from}::int, ${to}::int) as n`,
  );
}

/**
 * Makes the seats `wanted` in number. People on higher numbers move to free lower ones.
 * @returns false, and changes nothing, when more than `wanted` are taken
 */
export async function resizeSeats(
  transaction: Database,
  sessionId: string,
  wanted: number,
): Promise<boolean> {
  const seats = await transaction
    .select()
    .from(seat)
    .where(eq(seat.sessionId, sessionId))
    .orderBy(asc(seat.number))
    .for('update');
  if (seats.filter((one) => one.registrationId !== null).length > wanted) return false;
  if (wanted > seats.length) await addSeats(transaction, sessionId, seats.length + 1, wanted);
  const free = seats.filter((one) => one.number <= wanted && one.registrationId === null);
  const above = sql`${seat.sessionId} = ${sessionId}::uuid and ${seat.number} > ${wanted}`;
  await transaction.delete(seat).where(above);
  for (const { registrationId } of seats.filter((one) => one.number > wanted)) {
    if (registrationId === null) continue;
    const { number } = free.shift()!;
    await transaction
      .update(seat)
      .set({ registrationId })
      .where(and(eq(seat.sessionId, sessionId), eq(seat.number, number)));
  }
  return true;
}

/** Those who could lead a session of an office. */
export async function operatorsOfOffice(
  database: Database,
  officeId: string,
): Promise<{ readonly id: string; readonly name: string }[]> {
  return database
    .select({
      id: operator.id,
      name: sql<string>`${operator.givenName} || ' ' || ${operator.familyName}`,
    })
    .from(operator)
    .where(and(eq(operator.officeId, officeId), eq(operator.active, true)))
    .orderBy(asc(operator.familyName), asc(operator.givenName), asc(operator.id));
}

/** Published sessions that have not begun and where a seat is offered too long, or free while some wait. */
export async function sessionsToSettle(database: Database, now: Instant): Promise<string[]> {
  const due: SQL = sql`select s.id from group_session s
    where s.state = 'published' and s.starts_at > ${at(now)} and (
      exists (select from session_registration r
        where r.session_id = s.id and r.state = 'offered' and r.expires_at <= ${at(now)})
      or (exists (select from session_registration r where r.session_id = s.id and r.state = 'waiting')
        and exists (select from session_seat f where f.session_id = s.id and f.registration_id is null)))
    order by s.starts_at, s.id`;
  return (await rows<{ id: string }>(database, due)).map(({ id }) => id);
}

/** Those who lead the session, with the time that is shut in their agenda for it. */
export async function leadersOf(transaction: Database, sessionId: string) {
  return transaction.select().from(sessionLeader).where(eq(sessionLeader.sessionId, sessionId));
}

/** Seats that nobody has. */
export async function hasFreeSeat(database: Database, sessionId: string): Promise<boolean> {
  const [found] = await database
    .select({ number: seat.number })
    .from(seat)
    .where(and(eq(seat.sessionId, sessionId), isNull(seat.registrationId)))
    .limit(1);
  return found !== undefined;
}
