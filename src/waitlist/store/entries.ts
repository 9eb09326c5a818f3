import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { appointment, service } from '../../booking/table.ts';
import { person } from '../../identity/table.ts';
import type { Instant, IsoDate } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { isLocale } from '../../platform/locale.ts';
import type { DeadlineKind, WaitingEntry } from '../entry.ts';
import type { DayPart } from '../rules/fit.ts';
import { waitingEntry, waitingOffer } from '../table.ts';

function selectEntries(database: Database) {
  return database
    .select({
      entry: waitingEntry,
      person,
      service: { id: service.id, code: service.code, name: service.name },
      current: {
        id: appointment.id,
        code: appointment.code,
        startsAt: appointment.startsAt,
        state: appointment.state,
      },
      letPass: sql<number>`(select count(*)::int from ${waitingOffer}
        where ${waitingOffer.entryId} = ${waitingEntry.id}
          and ${waitingOffer.state} in ('declined', 'lapsed'))`,
    })
    .from(waitingEntry)
    .innerJoin(person, eq(person.id, waitingEntry.personId))
    .innerJoin(service, eq(service.id, waitingEntry.serviceId))
    .leftJoin(
      appointment,
      and(
        eq(appointment.personId, waitingEntry.personId),
        eq(appointment.serviceId, waitingEntry.serviceId),
        sql`${appointment.state} in ('confirmed', 'displaced')`,
        // One that nobody said the outcome of is no appointment to come before.
        sql`not ${appointment.superseded}
          and (${appointment.state} = 'displaced' or ${appointment.endsAt} > ${waitingEntry.joinedAt})`,
      ),
    );
}

type Joined = Awaited<ReturnType<typeof selectEntries>>[number];

function toEntry({ entry: e, person: p, service: s, current, letPass }: Joined): WaitingEntry {
  return {
    id: e.id,
    code: e.code,
    state: e.state,
    wish: {
      officeIds: e.officeIds,
      fromDay: e.fromDay,
      toDay: e.toDay,
      weekdays: e.weekdays,
      parts: e.parts as DayPart[],
    },
    deadline:
      e.deadline === null ? undefined : { day: e.deadline, kind: e.deadlineKind as DeadlineKind },
    joinedAt: e.joinedAt,
    locale: isLocale(e.locale) ? e.locale : 'it',
    version: e.version,
    contactEmail: e.contactEmail ?? undefined,
    contactPhone: e.contactPhone ?? undefined,
    alsoBy: e.alsoBy ?? undefined,
    person: { id: p.id, givenName: p.givenName, familyName: p.familyName },
    service: s,
    current:
      current === null
        ? undefined
        : {
            id: current.id,
            code: current.code,
            startsAt: current.state === 'displaced' ? undefined : current.startsAt,
          },
    letPass,
  };
}

async function entriesWhere(database: Database, condition: SQL | undefined) {
  return (await selectEntries(database).where(condition).limit(2000)).map(toEntry);
}

export async function entryById(database: Database, id: string): Promise<WaitingEntry | undefined> {
  return (await entriesWhere(database, eq(waitingEntry.id, id)))[0];
}

export async function entryByCode(
  database: Database,
  code: string,
): Promise<WaitingEntry | undefined> {
  return (await entriesWhere(database, eq(waitingEntry.code, code)))[0];
}

/** Those who wait for a service and would go to one of the offices (at most 2,000). */
export async function waitingFor(
  database: Database,
  serviceId: string,
  officeIds: readonly string[],
): Promise<WaitingEntry[]> {
  return entriesWhere(
    database,
    and(
      eq(waitingEntry.serviceId, serviceId),
      eq(waitingEntry.state, 'waiting'),
      sql`${waitingEntry.officeIds} && ${`{${officeIds.join(',')}}`}::uuid[]`,
    ),
  );
}

/** Everybody who waits for any service at an office. */
export async function waitingAt(database: Database, officeId: string): Promise<WaitingEntry[]> {
  return entriesWhere(
    database,
    and(
      eq(waitingEntry.state, 'waiting'),
      sql`${waitingEntry.officeIds} @> ${`{${officeId}}`}::uuid[]`,
    ),
  );
}

/** What the person waits for. */
export async function entriesOfPerson(
  database: Database,
  personId: string,
): Promise<WaitingEntry[]> {
  return entriesWhere(
    database,
    and(eq(waitingEntry.personId, personId), eq(waitingEntry.state, 'waiting')),
  );
}

/** Locks an entry that still waits; with `skip`, not one that another process is changing. */
export async function lockWaiting(
  transaction: Database,
  id: string,
  skip = false,
): Promise<boolean> {
  const [found] = await transaction
    .select({ id: waitingEntry.id })
    .from(waitingEntry)
    .where(and(eq(waitingEntry.id, id), eq(waitingEntry.state, 'waiting')))
    .for('update', skip ? { skipLocked: true } : {});
  return found !== undefined;
}

/** Writes an entry. @returns false when the person waits for the service already */
export async function writeEntry(
  transaction: Database,
  row: typeof waitingEntry.$inferInsert,
): Promise<boolean> {
  const written = await transaction
    .insert(waitingEntry)
    .values(row)
    .onConflictDoNothing({
      target: [waitingEntry.personId, waitingEntry.serviceId],
      where: sql`${waitingEntry.state} = 'waiting'`,
    })
    .returning({ id: waitingEntry.id });
  return written.length === 1;
}

export async function changeEntry(
  transaction: Database,
  id: string,
  change: Partial<typeof waitingEntry.$inferInsert> & { readonly updatedAt: Instant },
): Promise<void> {
  await transaction
    .update(waitingEntry)
    .set({ ...change, version: sql`${waitingEntry.version} + 1` })
    .where(eq(waitingEntry.id, id));
}

/** Ends the wait of those whose last day has passed and who have no open offer. */
export async function endPastWishes(
  transaction: Database,
  today: IsoDate,
  now: Instant,
): Promise<{ id: string }[]> {
  const past = and(eq(waitingEntry.state, 'waiting'), sql`${waitingEntry.toDay} < ${today}`);
  // Locked before their offers are looked at: one made a moment before is seen.
  const locked = await transaction
    .select({ id: waitingEntry.id })
    .from(waitingEntry)
    .where(past)
    .orderBy(asc(waitingEntry.id))
    .for('update', { skipLocked: true });
  if (locked.length === 0) return [];
  return transaction
    .update(waitingEntry)
    .set({ state: 'ended', updatedAt: now, version: sql`${waitingEntry.version} + 1` })
    .where(
      and(
        inArray(
          waitingEntry.id,
          locked.map(({ id }) => id),
        ),
        sql`not exists (select from ${waitingOffer} where ${waitingOffer.entryId} = ${waitingEntry.id}
          and ${waitingOffer.state} = 'open')`,
      ),
    )
    .returning({ id: waitingEntry.id });
}
