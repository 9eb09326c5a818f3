import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import { freedTime } from '../../booking/table.ts';
import { office } from '../../network/table.ts';
import type { Instant } from '../../platform/clock.ts';
import { type Database, rows } from '../../platform/database.ts';
import type { Offer } from '../entry.ts';
import { type OfferState, waitingOffer } from '../table.ts';

function selectOffers(database: Database) {
  return database
    .select({
      offer: waitingOffer,
      office: { id: office.id, name: office.name, address: office.address },
    })
    .from(waitingOffer)
    .innerJoin(office, eq(office.id, waitingOffer.officeId));
}

type Joined = Awaited<ReturnType<typeof selectOffers>>[number];

function toOffer({ offer, office: at }: Joined): Offer {
  const { freedTimeId, officeId: _, settledAt: __, ...facts } = offer;
  return {
    ...facts,
    freedTimeId: freedTimeId ?? undefined,
    office: { ...at, address: at.address ?? undefined },
  };
}

export async function offerById(database: Database, id: string): Promise<Offer | undefined> {
  const [found] = await selectOffers(database).where(eq(waitingOffer.id, id));
  return found && toOffer(found);
}

/** What one who waits was offered, the latest first. */
export async function offersOf(database: Database, entryId: string): Promise<Offer[]> {
  const found = await selectOffers(database)
    .where(eq(waitingOffer.entryId, entryId))
    .orderBy(desc(waitingOffer.madeAt))
    .limit(50);
  return found.map(toOffer);
}

/** Open offers of time at an office. */
export async function openOffersAt(database: Database, officeId: string): Promise<Offer[]> {
  const found = await selectOffers(database)
    .where(and(eq(waitingOffer.officeId, officeId), eq(waitingOffer.state, 'open')))
    .orderBy(asc(waitingOffer.expiresAt))
    .limit(500);
  return found.map(toOffer);
}

/** What one who waits is considering at the moment. */
export async function openOfferTo(database: Database, entryId: string): Promise<Offer | undefined> {
  const [found] = await selectOffers(database).where(
    and(eq(waitingOffer.entryId, entryId), eq(waitingOffer.state, 'open')),
  );
  return found && toOffer(found);
}

/** The open offer whose time an appointment keeps. */
export async function openOfferHeldBy(
  database: Database,
  heldBy: string,
): Promise<Offer | undefined> {
  const [found] = await selectOffers(database).where(
    and(eq(waitingOffer.heldBy, heldBy), eq(waitingOffer.state, 'open')),
  );
  return found && toOffer(found);
}

/** Locks an offer until the transaction ends; its state is what it is now. */
export async function lockOffer(
  transaction: Database,
  id: string,
): Promise<{ state: OfferState; expiresAt: Instant } | undefined> {
  const [found] = await transaction
    .select({ state: waitingOffer.state, expiresAt: waitingOffer.expiresAt })
    .from(waitingOffer)
    .where(eq(waitingOffer.id, id))
    .for('update');
  return found;
}

export async function writeOffer(
  transaction: Database,
  row: typeof waitingOffer.$inferInsert,
): Promise<void> {
  await transaction.insert(waitingOffer).values(row);
}

export async function settleOffer(
  transaction: Database,
  id: string,
  state: Exclude<OfferState, 'open'>,
  now: Instant,
): Promise<void> {
  await transaction
    .update(waitingOffer)
    .set({ state, settledAt: now })
    .where(eq(waitingOffer.id, id));
}

/** Open offers whose time to answer is over. */
export async function lapsedOffers(database: Database, now: Instant): Promise<string[]> {
  const found = await database
    .select({ id: waitingOffer.id })
    .from(waitingOffer)
    .where(
      and(
        eq(waitingOffer.state, 'open'),
        sql`${waitingOffer.expiresAt} <= ${new Date(now).toISOString()}::timestamptz`,
      ),
    )
    .orderBy(asc(waitingOffer.expiresAt))
    .limit(200);
  return found.map(({ id }) => id);
}

/** Time that came free and was neither taken nor given back to everybody yet. */
export interface FreedTime {
  readonly id: string;
  readonly officeId: string;
  readonly operatorId: string;
  readonly serviceId: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly freedAt: Instant;
  /** The appointment whose time keeps it closed to the public. */
  readonly withheldBy: string | undefined;
}

/** Locks freed time that is still to be settled; undefined when it is, or another process is at it. */
export async function lockFreed(
  transaction: Database,
  id: string,
  skip: boolean,
): Promise<FreedTime | undefined> {
  const [found] = await rows<{
    office_id: string;
    operator_id: string;
    service_id: string;
    starts: Instant;
    ends: Instant;
    freed: Instant;
    withheld_by: string | null;
  }>(
    transaction,
    sql`select office_id, operator_id, service_id, withheld_by,
        (extract(epoch from lower(during)) * 1000)::float8 as starts,
        (extract(epoch from upper(during)) * 1000)::float8 as ends,
        (extract(epoch from freed_at) * 1000)::float8 as freed
      from freed_time where id = ${id}::uuid and settled_at is null
      for update ${skip ? sql`skip locked` : sql``}`,
  );
  return (
    found && {
      id,
      officeId: found.office_id,
      operatorId: found.operator_id,
      serviceId: found.service_id,
      startsAt: found.starts,
      endsAt: found.ends,
      freedAt: found.freed,
      withheldBy: found.withheld_by ?? undefined,
    }
  );
}

/** Freed time to settle that nobody is being offered, the earliest freed first. */
export async function freedToOffer(database: Database): Promise<string[]> {
  const found = await database
    .select({ id: freedTime.id })
    .from(freedTime)
    .where(
      and(
        isNull(freedTime.settledAt),
        sql`not exists (select from ${waitingOffer} where ${waitingOffer.freedTimeId} = ${freedTime.id}
          and ${waitingOffer.state} = 'open')`,
      ),
    )
    .orderBy(asc(freedTime.freedAt))
    .limit(200);
  return found.map(({ id }) => id);
}

/** Whom this freed time was offered to already. */
export async function askedAbout(database: Database, freedId: string): Promise<Set<string>> {
  const found = await database
    .select({ entryId: waitingOffer.entryId })
    .from(waitingOffer)
    .where(eq(waitingOffer.freedTimeId, freedId));
  return new Set(found.map(({ entryId }) => entryId));
}

/** Whether somebody is considering this freed time at the moment. */
export async function isOnOffer(database: Database, freedId: string): Promise<boolean> {
  const [found] = await database
    .select({ id: waitingOffer.id })
    .from(waitingOffer)
    .where(and(eq(waitingOffer.freedTimeId, freedId), eq(waitingOffer.state, 'open')));
  return found !== undefined;
}

/** Whether one who waits is considering an offer at the moment. */
export async function hasOpenOffer(database: Database, entryId: string): Promise<boolean> {
  const [found] = await database
    .select({ id: waitingOffer.id })
    .from(waitingOffer)
    .where(and(eq(waitingOffer.entryId, entryId), eq(waitingOffer.state, 'open')));
  return found !== undefined;
}

/** Freed time is kept closed by another appointment now. */
export async function keepFreed(
  transaction: Database,
  id: string,
  withheldBy: string,
): Promise<void> {
  await transaction.update(freedTime).set({ withheldBy }).where(eq(freedTime.id, id));
}

/** Freed time found somebody, or is everybody's again. */
export async function settleFreed(transaction: Database, id: string, now: Instant): Promise<void> {
  await transaction.update(freedTime).set({ settledAt: now }).where(eq(freedTime.id, id));
}

/** How offers ended. */
export type OfferCounts = Readonly<Record<OfferState, number>>;

/** Offers of an office made since an instant, by what became of them. */
export async function offerCounts(
  database: Database,
  officeId: string,
  since: Instant,
): Promise<OfferCounts> {
  const found = await database
    .select({ state: waitingOffer.state, count: sql<number>`count(*)::int` })
    .from(waitingOffer)
    .where(
      and(
        eq(waitingOffer.officeId, officeId),
        sql`${waitingOffer.madeAt} >= ${new Date(since).toISOString()}::timestamptz`,
      ),
    )
    .groupBy(waitingOffer.state);
  const counts = { open: 0, accepted: 0, declined: 0, lapsed: 0, withdrawn: 0 };
  for (const { state, count } of found) counts[state] = count;
  return counts;
}
