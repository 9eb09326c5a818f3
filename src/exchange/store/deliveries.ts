import { and, asc, desc, eq, lt, lte, sql } from 'drizzle-orm';
import type { Instant, Interval } from '../../platform/clock.ts';
import { type Database, rows } from '../../platform/database.ts';
import { webhookDelivery, webhookEndpoint } from '../table.ts';

export const DELIVERY_STATES = ['waiting', 'delivered', 'dead'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export interface WebhookDelivery {
  readonly endpointId: string;
  readonly eventId: string;
  readonly sequence: number;
  readonly kind: string;
  readonly occurredAt: Instant;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly dueAt: Instant;
  readonly responseStatus: number | null;
  readonly lastError: string | null;
  readonly settledAt: Instant | null;
}

/** The newest first, before `cursor` (a sequence) when given. */
export async function deliveriesOf(
  database: Database,
  endpointId: string,
  wanted: { readonly limit: number; readonly cursor?: number; readonly state?: DeliveryState },
): Promise<WebhookDelivery[]> {
  const found = await database
    .select()
    .from(webhookDelivery)
    .where(
      and(
        eq(webhookDelivery.endpointId, endpointId),
        wanted.cursor === undefined ? undefined : lt(webhookDelivery.sequence, wanted.cursor),
        wanted.state && eq(webhookDelivery.state, wanted.state),
      ),
    )
    .orderBy(desc(webhookDelivery.sequence))
    .limit(wanted.limit);
  return found.map((row) => ({ ...row, state: row.state as DeliveryState }));
}

/** Owes one event again, with its old id and body. @returns whether it was known */
export async function replayOne(
  transaction: Database,
  endpointId: string,
  eventId: string,
  now: Instant,
): Promise<boolean> {
  const again = await transaction
    .update(webhookDelivery)
    .set({ state: 'waiting', attempts: 0, dueAt: now, lockedUntil: null, settledAt: null })
    .where(and(eq(webhookDelivery.endpointId, endpointId), eq(webhookDelivery.eventId, eventId)))
    .returning({ eventId: webhookDelivery.eventId });
  return again.length > 0;
}

/**
 * Owes again every event of a period that the endpoint wants, also those that happened while it was
 * switched off: they are read from the audit trail. @returns how many
 */
export async function replayPeriod(
  transaction: Database,
  endpointId: string,
  period: Interval,
  now: Instant,
): Promise<number> {
  const at = (instant: Instant) => sql`to_timestamp(${instant / 1000}::float8)`;
  const again = await rows(
    transaction,
    sql`insert into webhook_delivery (endpoint_id, event_id, kind, body, occurred_at, due_at)
      select e.id, a.id, e.subscriptions ->> a.action,
        webhook_body(e.subscriptions ->> a.action, a.at, a.subject_kind, a.subject_id), a.at, ${at(now)}
      from webhook_endpoint e join audit_event a on e.subscriptions ? a.action
      where e.id = ${endpointId} and a.at >= ${at(period.start)} and a.at < ${at(period.end)}
      order by a.at, a.id
      on conflict on constraint webhook_delivery_pk do update set state = 'waiting', attempts = 0,
        due_at = excluded.due_at, locked_until = null, settled_at = null
      returning event_id`,
  );
  return again.length;
}

/** A delivery under way, with what its request needs. */
export interface ClaimedDelivery {
  readonly endpointId: string;
  readonly eventId: string;
  readonly body: string;
  readonly attempts: number;
  readonly lockedUntil: Instant;
  readonly url: string;
  readonly secretCipher: string;
  readonly previousCipher: string | null;
  readonly previousUntil: Instant | null;
}

/**
 * Takes up to `limit` due deliveries for this sender alone until `lockedUntil`: a sender that dies
 * leaves them to the next one after that instant.
 */
export async function claimDeliveries(
  database: Database,
  claim: { readonly now: Instant; readonly lockedUntil: Instant; readonly limit: number },
): Promise<ClaimedDelivery[]> {
  const now = sql`to_timestamp(${claim.now / 1000}::float8)`;
  // A row lock keeps PostgreSQL from folding the CTE into the update, which could exceed the limit.
  const due = database.$with('due').as(
    database
      .select({ endpointId: webhookDelivery.endpointId, eventId: webhookDelivery.eventId })
      .from(webhookDelivery)
      .innerJoin(webhookEndpoint, eq(webhookEndpoint.id, webhookDelivery.endpointId))
      .where(
        and(
          eq(webhookDelivery.state, 'waiting'),
          lte(webhookDelivery.dueAt, claim.now),
          eq(webhookEndpoint.active, true),
          sql`coalesce(${webhookDelivery.lockedUntil} <= ${now}, true)`,
        ),
      )
      .orderBy(asc(webhookDelivery.dueAt), asc(webhookDelivery.sequence))
      .limit(claim.limit)
      .for('update', { of: webhookDelivery, skipLocked: true }),
  );
  const claimed = await database
    .with(due)
    .update(webhookDelivery)
    .set({ lockedUntil: claim.lockedUntil, attempts: sql`${webhookDelivery.attempts} + 1` })
    .from(due)
    .innerJoin(webhookEndpoint, eq(webhookEndpoint.id, due.endpointId))
    .where(
      and(eq(webhookDelivery.endpointId, due.endpointId), eq(webhookDelivery.eventId, due.eventId)),
    )
    .returning({
      endpointId: webhookDelivery.endpointId,
      eventId: webhookDelivery.eventId,
      body: webhookDelivery.body,
      attempts: webhookDelivery.attempts,
      url: webhookEndpoint.url,
      secretCipher: webhookEndpoint.secretCipher,
      previousCipher: webhookEndpoint.previousCipher,
      previousUntil: webhookEndpoint.previousUntil,
    });
  return claimed.map((row) => ({ ...row, lockedUntil: claim.lockedUntil }));
}

/** Records how an attempt ended, unless its lease ran out and another sender took it over. */
export async function settleDelivery(
  transaction: Database,
  delivery: ClaimedDelivery,
  outcome: {
    readonly state: DeliveryState;
    readonly responseStatus: number | null;
    readonly lastError: string | null;
    readonly dueAt?: Instant;
    readonly settledAt: Instant | null;
  },
): Promise<void> {
  await transaction
    .update(webhookDelivery)
    .set({ ...outcome, lockedUntil: null })
    .where(
      and(
        eq(webhookDelivery.endpointId, delivery.endpointId),
        eq(webhookDelivery.eventId, delivery.eventId),
        eq(webhookDelivery.lockedUntil, delivery.lockedUntil),
      ),
    );
}

/** Deletes what was settled before `instant`: the log is for finding faults, not for keeping. */
export async function forgetDeliveriesBefore(database: Database, instant: Instant): Promise<void> {
  await database.delete(webhookDelivery).where(lt(webhookDelivery.settledAt, instant));
}
