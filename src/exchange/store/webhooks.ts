import { and, asc, eq, sql } from 'drizzle-orm';
import type { Instant } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { type EventKind, kindsOf, subscriptionsTo } from '../rules/events.ts';
import { webhookEndpoint } from '../table.ts';

export interface WebhookEndpoint {
  readonly id: string;
  readonly url: string;
  readonly contactEmail: string;
  readonly kinds: readonly EventKind[];
  readonly active: boolean;
  readonly failingSince: Instant | null;
  readonly givenUpAt: Instant | null;
  readonly createdAt: Instant;
}

type EndpointRow = typeof webhookEndpoint.$inferSelect;

function toEndpoint({ subscriptions, ...row }: EndpointRow): WebhookEndpoint {
  const { id, url, contactEmail, active, failingSince, givenUpAt, createdAt } = row;
  const kinds = kindsOf(subscriptions);
  return { id, url, contactEmail, kinds, active, failingSince, givenUpAt, createdAt };
}

/** The oldest first; administrations have a handful. */
export async function listEndpoints(database: Database): Promise<WebhookEndpoint[]> {
  const found = await database
    .select()
    .from(webhookEndpoint)
    .orderBy(asc(webhookEndpoint.createdAt), asc(webhookEndpoint.id))
    .limit(100);
  return found.map(toEndpoint);
}

export async function endpointById(
  database: Database,
  id: string,
): Promise<WebhookEndpoint | undefined> {
  const [found] = await database.select().from(webhookEndpoint).where(eq(webhookEndpoint.id, id));
  return found && toEndpoint(found);
}

export async function insertEndpoint(
  transaction: Database,
  endpoint: Pick<WebhookEndpoint, 'id' | 'url' | 'contactEmail' | 'kinds' | 'createdAt'> & {
    readonly secretCipher: string;
  },
): Promise<void> {
  const { kinds, ...row } = endpoint;
  await transaction
    .insert(webhookEndpoint)
    .values({ ...row, subscriptions: subscriptionsTo(kinds) });
}

/** Switching on again forgets past failures. @returns whether there is such an endpoint */
export async function updateEndpoint(
  transaction: Database,
  id: string,
  change: {
    readonly url?: string;
    readonly contactEmail?: string;
    readonly kinds?: readonly EventKind[];
    readonly active?: boolean;
  },
): Promise<boolean> {
  const { kinds, ...plain } = change;
  const again = change.active ? { failingSince: null, givenUpAt: null } : {};
  const told = kinds ? { subscriptions: subscriptionsTo(kinds) } : {};
  const changed = await transaction
    .update(webhookEndpoint)
    .set({ ...plain, ...again, ...told, id })
    .where(eq(webhookEndpoint.id, id))
    .returning({ id: webhookEndpoint.id });
  return changed.length > 0;
}

/** The present secret signs beside the new one until `until`. */
export async function replaceSecret(
  transaction: Database,
  id: string,
  secretCipher: string,
  until: Instant,
): Promise<boolean> {
  const changed = await transaction
    .update(webhookEndpoint)
    .set({ secretCipher, previousCipher: webhookEndpoint.secretCipher, previousUntil: until })
    .where(eq(webhookEndpoint.id, id))
    .returning({ id: webhookEndpoint.id });
  return changed.length > 0;
}

/** With all it was owed. */
export async function deleteEndpoint(transaction: Database, id: string): Promise<boolean> {
  const deleted = await transaction
    .delete(webhookEndpoint)
    .where(eq(webhookEndpoint.id, id))
    .returning({ id: webhookEndpoint.id });
  return deleted.length > 0;
}

/** Puts down anew which actions each endpoint's kinds amount to: a newer version may know more. */
export async function renewSubscriptions(database: Database): Promise<void> {
  for (const { id, kinds } of await listEndpoints(database)) {
    await database
      .update(webhookEndpoint)
      .set({ subscriptions: subscriptionsTo(kinds) })
      .where(eq(webhookEndpoint.id, id));
  }
}

/** Something arrived: past failures are forgotten. */
export async function recordArrival(transaction: Database, endpointId: string): Promise<void> {
  await transaction
    .update(webhookEndpoint)
    .set({ failingSince: null })
    .where(
      and(eq(webhookEndpoint.id, endpointId), sql`${webhookEndpoint.failingSince} is not null`),
    );
}

/** Nothing arrived: begins to count, or goes on counting. @returns since when */
export async function recordFailure(
  transaction: Database,
  endpointId: string,
  now: Instant,
): Promise<Instant> {
  const [changed] = await transaction
    .update(webhookEndpoint)
    .set({
      failingSince: sql`coalesce(${webhookEndpoint.failingSince}, ${new Date(now).toISOString()})`,
    })
    .where(eq(webhookEndpoint.id, endpointId))
    .returning({ since: webhookEndpoint.failingSince });
  return changed?.since ?? now;
}

/** Switches an endpoint off. @returns it, unless it was off already */
export async function giveUp(
  transaction: Database,
  id: string,
  now: Instant,
): Promise<WebhookEndpoint | undefined> {
  const [off] = await transaction
    .update(webhookEndpoint)
    .set({ active: false, givenUpAt: now })
    .where(and(eq(webhookEndpoint.id, id), eq(webhookEndpoint.active, true)))
    .returning();
  return off && toEndpoint(off);
}
