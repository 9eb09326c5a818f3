import { and, asc, eq, gte, inArray, type SQL, sql } from 'drizzle-orm';
import { at } from '../../booking/store/instants.ts';
import { appointment, service } from '../../booking/table.ts';
import { person } from '../../identity/table.ts';
import { type Instant, type IsoDate, MINUTE } from '../../platform/clock.ts';
import { type Database, postgresFault, rows } from '../../platform/database.ts';
import { type TicketState, ticket, ticketSequence } from '../table.ts';
import type { Ticket } from '../ticket.ts';

type Row = typeof ticket.$inferSelect;
/** Columns of a ticket that change after it is taken. */
export type TicketChange = Partial<Omit<Row, 'id' | 'officeId' | 'day' | 'series' | 'number'>>;

function selectTickets(database: Database) {
  return database
    .select({
      ticket,
      service,
      startsAt: appointment.startsAt,
      endsAt: appointment.endsAt,
      givenName: person.givenName,
      familyName: person.familyName,
    })
    .from(ticket)
    .innerJoin(service, eq(service.id, ticket.serviceId))
    .leftJoin(appointment, eq(appointment.id, ticket.appointmentId))
    .leftJoin(person, eq(person.id, appointment.personId));
}

function toTicket(row: Awaited<ReturnType<typeof selectTickets>>[number]): Ticket {
  const { ticket: t, service: s } = row;
  const booked = t.dueAt !== null && row.startsAt !== null && row.endsAt !== null;
  return {
    id: t.id,
    officeId: t.officeId,
    day: t.day,
    label: labelOf(t),
    state: t.state,
    service: {
      id: s.id,
      name: s.name,
      skill: s.skill,
      // Who booked may have asked for another length than usual.
      minutes: booked ? (row.endsAt! - row.startsAt!) / MINUTE : s.durationMinutes,
    },
    appointmentId: t.appointmentId ?? undefined,
    dueAt: t.dueAt ?? undefined,
    priority: t.priority,
    boundTo: t.boundTo ?? undefined,
    arrivedAt: t.arrivedAt,
    rankAt: t.rankAt,
    calledAt: t.calledAt ?? undefined,
    operatorId: t.operatorId ?? undefined,
    desk: t.desk ?? undefined,
    calls: t.calls,
    skips: t.skips,
    servedAt: t.servedAt ?? undefined,
    endedAt: t.endedAt ?? undefined,
    version: t.version,
    person: row.givenName === null ? undefined : `${row.givenName} ${row.familyName}`,
  };
}

const labelOf = (t: Pick<Row, 'series' | 'number'>) =>
  `${t.series}${String(t.number).padStart(3, '0')}`;

async function find(database: Database, where: SQL | undefined): Promise<Ticket[]> {
  const found = await selectTickets(database)
    .where(where)
    .orderBy(asc(ticket.rankAt), asc(ticket.id))
    .limit(2000);
  return found.map(toTicket);
}

export async function ticketById(database: Database, id: string): Promise<Ticket | undefined> {
  const [found] = await find(database, eq(ticket.id, id));
  return found;
}

export async function ticketOfAppointment(
  database: Database,
  appointmentId: string,
): Promise<Ticket | undefined> {
  const [found] = await find(database, eq(ticket.appointmentId, appointmentId));
  return found;
}

/** Everybody who came to an office on a day, in the common order. */
export function ticketsOfDay(
  database: Database,
  officeId: string,
  day: IsoDate,
): Promise<Ticket[]> {
  return find(database, and(eq(ticket.officeId, officeId), eq(ticket.day, day)));
}

/** Whom the operator called or receives; undefined while they are free. */
export async function ticketInHand(
  database: Database,
  operatorId: string,
): Promise<Ticket | undefined> {
  const [found] = await find(
    database,
    and(eq(ticket.operatorId, operatorId), inArray(ticket.state, ['called', 'serving'])),
  );
  return found;
}

/**
 * Takes the first of `ids`, in their order, that is still in one of `states` and that nobody else is
 * changing, and keeps its row until the transaction ends.
 */
export async function lockFirst(
  transaction: Database,
  ids: readonly string[],
  states: readonly TicketState[],
): Promise<string | undefined> {
  const order = sql`${`{${ids.join(',')}}`}::uuid[]`;
  const [found] = await rows<{ id: string }>(
    transaction,
    sql`select id from ticket
      where id = any(${order}) and state = any(${`{${states.join(',')}}`}::text[])
      order by array_position(${order}, id) limit 1
      for update skip locked`,
  );
  return found?.id;
}

/** The row as it is, kept until the transaction ends; undefined for nobody. */
export async function lockTicket(transaction: Database, id: string): Promise<Row | undefined> {
  const [found] = await transaction.select().from(ticket).where(eq(ticket.id, id)).for('update');
  return found;
}

export async function changeTicket(
  transaction: Database,
  id: string,
  change: TicketChange,
): Promise<void> {
  await transaction
    .update(ticket)
    .set({ ...change, version: sql`${ticket.version} + 1` })
    .where(eq(ticket.id, id));
}

/** The next number of a series; whoever asks at the same time waits for the other's. */
async function nextNumber(
  transaction: Database,
  officeId: string,
  day: IsoDate,
  series: 'A' | 'P',
): Promise<number> {
  const [counted] = await transaction
    .insert(ticketSequence)
    .values({ officeId, day, series, last: 1 })
    .onConflictDoUpdate({
      target: [ticketSequence.officeId, ticketSequence.day, ticketSequence.series],
      set: { last: sql`${ticketSequence.last} + 1` },
    })
    .returning({ last: ticketSequence.last });
  return counted!.last;
}

export interface NewTicket {
  readonly id: string;
  readonly officeId: string;
  readonly serviceId: string;
  readonly day: IsoDate;
  readonly appointmentId?: string;
  readonly dueAt?: Instant;
  readonly boundTo?: string;
  readonly priority: boolean;
  readonly arrivedAt: Instant;
  readonly rankAt: Instant;
  readonly locale: string;
  readonly demo?: boolean;
}

/** Writes a ticket under the next number of its series. */
export async function insertTicket(transaction: Database, made: NewTicket): Promise<void> {
  const series = made.dueAt === undefined ? 'A' : 'P';
  const number = await nextNumber(transaction, made.officeId, made.day, series);
  await transaction.insert(ticket).values({ ...made, series, number, state: 'waiting' });
}

/** Whether an insert failed because the appointment was checked in a moment before. */
export function isCheckedInTwice(error: unknown): boolean {
  return postgresFault(error)?.constraint === 'ticket_appointment_unique';
}

/** The last numbers called in an office on a day, the latest first. */
export async function lastCalls(
  database: Database,
  officeId: string,
  day: IsoDate,
  since: Instant,
): Promise<Ticket[]> {
  const found = await selectTickets(database)
    .where(
      and(
        eq(ticket.officeId, officeId),
        eq(ticket.day, day),
        gte(ticket.calledAt, since),
        inArray(ticket.state, ['called', 'serving', 'finished']),
      ),
    )
    .orderBy(sql`${ticket.calledAt} desc`)
    .limit(8);
  return found.map(toTicket);
}

/** How long finished visits took at an office, by service: their number and quartiles in minutes. */
export interface VisitDurations {
  readonly serviceId: string;
  readonly count: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
}

/** Durations of the visits that ended since `since`, from when somebody was received to the end. */
export function visitDurations(
  database: Database,
  officeId: string,
  since: Instant,
): Promise<VisitDurations[]> {
  const minutes = sql`(extract(epoch from ended_at - served_at) / 60)`;
  const quartile = (share: number) =>
    sql`(percentile_cont(${sql.raw(String(share))}) within group (order by ${minutes}))::float8`;
  return rows(
    database,
    sql`select service_id as "serviceId", count(*)::int as count,
        ${quartile(0.25)} as p25, ${quartile(0.5)} as p50, ${quartile(0.75)} as p75
      from ticket
      where office_id = ${officeId}::uuid and state = 'finished' and ended_at >= ${at(since)}
        and served_at < ended_at and not demo
      group by service_id`,
  );
}
