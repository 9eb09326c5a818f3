import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import type { ClosureKind } from '../../network/rules/absence.ts';
import { closure, office, operator } from '../../network/table.ts';
import type { Instant, Interval } from '../../platform/clock.ts';
import { type Database, rows } from '../../platform/database.ts';
import type { Seat } from '../rules/propose.ts';
import {
  type DisruptionKind,
  type DisruptionState,
  disruption,
  disruptionItem,
  type Fate,
} from '../table.ts';
import type { Scope } from './hits.ts';

const at = (instant: Instant) => sql`to_timestamp(${instant / 1000}::float8)`;
/** What never ends goes on to infinity. */
const range = ({ start, end }: Interval) =>
  sql`tstzrange(${at(start)}, ${Number.isFinite(end) ? at(end) : sql`null`})`;

/** Makes other disruptions of the office wait until the transaction ends; bookings go on. */
export async function lockOffice(transaction: Database, officeId: string): Promise<void> {
  await rows(transaction, sql`select 1 from office where id = ${officeId}::uuid for no key update`);
}

export async function insertClosure(
  transaction: Database,
  shut: Scope & { readonly id: string; readonly reason: string; readonly kind: ClosureKind },
): Promise<void> {
  const { id, officeId, operatorId, during, reason, kind } = shut;
  await transaction
    .insert(closure)
    .values({ id, officeId, operatorId: operatorId ?? null, during: range(during), reason, kind });
}

export async function deleteClosure(transaction: Database, id: string): Promise<void> {
  await transaction.delete(closure).where(eq(closure.id, id));
}

export interface NewDisruption extends Scope {
  readonly id: string;
  readonly kind: DisruptionKind;
  readonly reason: string;
  readonly newAddress?: string;
  readonly closureId: string | undefined;
  readonly madeBy: string | undefined;
  readonly now: Instant;
  readonly items: readonly {
    readonly appointmentId: string;
    readonly fate: Fate;
    readonly seat: Seat | undefined;
  }[];
}

/** With all that is to be done about each appointment. */
export async function insertDisruption(
  transaction: Database,
  { items, now, ...made }: NewDisruption,
): Promise<void> {
  const done = items.length === 0 && made.kind !== 'relocation';
  await transaction.insert(disruption).values({
    ...made,
    during: range(made.during),
    state: done ? 'done' : 'running',
    createdAt: now,
    settledAt: done ? now : null,
  });
  for (let from = 0; from < items.length; from += 1000) {
    const some = items.slice(from, from + 1000);
    await transaction
      .insert(disruptionItem)
      .values(some.map((item) => ({ ...item, disruptionId: made.id })));
  }
}

export interface Disruption {
  readonly id: string;
  readonly kind: DisruptionKind;
  readonly officeId: string;
  readonly officeName: string;
  readonly operatorId: string | null;
  readonly operatorName: string | null;
  readonly start: Instant;
  /** Null for a relocation, which has none. */
  readonly end: Instant | null;
  readonly reason: string;
  readonly newAddress: string | null;
  readonly closureId: string | null;
  /** Why somebody is away, while the closure stands; for the office alone. */
  readonly absence: ClosureKind | null;
  readonly state: DisruptionState;
  readonly createdAt: Instant;
  readonly total: number;
  /** How many came to which end; those that still wait are in none. */
  readonly outcomes: Readonly<Partial<Record<Fate | 'gone', number>>>;
}

function select(database: Database) {
  const outcomes = sql<Record<string, number>>`(
    select coalesce(jsonb_object_agg(outcome, n), '{}') from (
      select i.outcome, count(*)::int as n from disruption_item i
      where i.disruption_id = ${disruption.id} and i.outcome is not null group by 1) as counted)`;
  return database
    .select({
      id: disruption.id,
      kind: disruption.kind,
      officeId: disruption.officeId,
      officeName: office.name,
      operatorId: disruption.operatorId,
      operatorName: sql<string | null>`${operator.givenName} || ' ' || ${operator.familyName}`,
      start: sql<number>`(extract(epoch from lower(${disruption.during})) * 1000)::float8`,
      end: sql<number | null>`(extract(epoch from upper(${disruption.during})) * 1000)::float8`,
      reason: disruption.reason,
      newAddress: disruption.newAddress,
      closureId: disruption.closureId,
      absence: closure.kind,
      state: disruption.state,
      createdAt: disruption.createdAt,
      total: sql<number>`(select count(*)::int from disruption_item i where i.disruption_id = ${disruption.id})`,
      outcomes,
    })
    .from(disruption)
    .innerJoin(office, eq(office.id, disruption.officeId))
    .leftJoin(operator, eq(operator.id, disruption.operatorId))
    .leftJoin(closure, eq(closure.id, disruption.closureId));
}

export async function disruptionById(
  database: Database,
  id: string,
): Promise<Disruption | undefined> {
  const [found] = await select(database).where(eq(disruption.id, id));
  return found;
}

/** Of an office, the newest first. */
export async function disruptionsOf(
  database: Database,
  officeId: string,
  limit = 50,
): Promise<Disruption[]> {
  return select(database)
    .where(eq(disruption.officeId, officeId))
    .orderBy(desc(disruption.createdAt), desc(disruption.id))
    .limit(limit);
}

/** One that concerns the very same time of the same people and was not taken back. */
export async function sameDisruption(
  database: Database,
  kind: DisruptionKind,
  { officeId, operatorId, during }: Scope,
): Promise<Disruption | undefined> {
  const [found] = await select(database)
    .where(
      and(
        eq(disruption.kind, kind),
        eq(disruption.officeId, officeId),
        operatorId === undefined
          ? isNull(disruption.operatorId)
          : eq(disruption.operatorId, operatorId),
        sql`${disruption.during} = ${range(during)}`,
        sql`${disruption.state} <> 'withdrawn'`,
      ),
    )
    .limit(1);
  return found;
}

/** Those with somebody left to see to, the oldest first. */
export async function runningDisruptions(database: Database): Promise<string[]> {
  const found = await database
    .select({ id: disruption.id })
    .from(disruption)
    .where(eq(disruption.state, 'running'))
    .orderBy(asc(disruption.createdAt))
    .limit(20);
  return found.map(({ id }) => id);
}

export interface WaitingItem {
  readonly appointmentId: string;
  readonly fate: Fate;
  readonly seat: Seat | undefined;
}

/** The next appointment to see to, for this transaction alone. */
export async function nextItem(
  transaction: Database,
  disruptionId: string,
): Promise<WaitingItem | undefined> {
  const [found] = await transaction
    .select({
      appointmentId: disruptionItem.appointmentId,
      fate: disruptionItem.fate,
      seat: disruptionItem.seat,
    })
    .from(disruptionItem)
    .where(and(eq(disruptionItem.disruptionId, disruptionId), isNull(disruptionItem.outcome)))
    .orderBy(asc(disruptionItem.appointmentId))
    .limit(1)
    .for('update', { skipLocked: true });
  return found && { ...found, seat: found.seat ?? undefined };
}

export async function settleItem(
  transaction: Database,
  disruptionId: string,
  appointmentId: string,
  outcome: Fate | 'gone',
  now: Instant,
): Promise<void> {
  await transaction
    .update(disruptionItem)
    .set({ outcome, settledAt: now })
    .where(
      and(
        eq(disruptionItem.disruptionId, disruptionId),
        eq(disruptionItem.appointmentId, appointmentId),
      ),
    );
}

/**
 * Ends a disruption once nobody is left to see to; a relocation when its day has come, from which on
 * the office has its new address.
 */
export async function finishIfSettled(
  transaction: Database,
  id: string,
  now: Instant,
): Promise<void> {
  const [ended] = await transaction
    .update(disruption)
    .set({ state: 'done', settledAt: now })
    .where(
      and(
        eq(disruption.id, id),
        eq(disruption.state, 'running'),
        sql`(${disruption.kind} <> 'relocation' or lower(${disruption.during}) <= ${at(now)})`,
        sql`not exists (select from disruption_item i where i.disruption_id = ${id}::uuid and i.outcome is null)`,
      ),
    )
    .returning({ officeId: disruption.officeId, address: disruption.newAddress });
  if (ended?.address)
    await transaction
      .update(office)
      .set({ address: ended.address })
      .where(eq(office.id, ended.officeId));
}

/** Takes it back: whoever was not seen to yet is left alone. @returns whether it stood */
export async function withdrawDisruption(
  transaction: Database,
  id: string,
  now: Instant,
): Promise<boolean> {
  const withdrawn = await transaction
    .update(disruption)
    .set({ state: 'withdrawn', settledAt: now, closureId: null })
    .where(and(eq(disruption.id, id), sql`${disruption.state} <> 'withdrawn'`))
    .returning({ id: disruption.id });
  await transaction
    .update(disruptionItem)
    .set({ outcome: 'gone', settledAt: now })
    .where(and(eq(disruptionItem.disruptionId, id), isNull(disruptionItem.outcome)));
  return withdrawn.length > 0;
}
