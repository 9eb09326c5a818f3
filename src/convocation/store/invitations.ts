import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { person } from '../../identity/table.ts';
import type { Instant } from '../../platform/clock.ts';
import { type Database, rows } from '../../platform/database.ts';
import type { Format } from '../rules/kinds.ts';
import { invitation, openingRequest } from '../table.ts';

/** Rows that one statement writes: long lists are written in parts. */
const CHUNK = 500;

export async function insertInvitations(
  transaction: Database,
  list: readonly (typeof invitation.$inferInsert)[],
): Promise<number> {
  let written = 0;
  for (let from = 0; from < list.length; from += CHUNK) {
    const added = await transaction
      .insert(invitation)
      .values(list.slice(from, from + CHUNK))
      .onConflictDoNothing({ target: [invitation.campaignId, invitation.personId] })
      .returning({ id: invitation.id });
    written += added.length;
  }
  return written;
}

/** Writes people down unless they are known already; the ids they are known by, by identity key. */
export async function rememberPeople(
  transaction: Database,
  list: readonly (typeof person.$inferInsert)[],
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (let from = 0; from < list.length; from += CHUNK) {
    const kept = await transaction
      .insert(person)
      .values(list.slice(from, from + CHUNK))
      .onConflictDoUpdate({
        target: person.identityKey,
        set: { identityKey: sql`excluded.identity_key` },
      })
      .returning({ id: person.id, key: person.identityKey });
    for (const { id, key } of kept) ids.set(key, id);
  }
  return ids;
}

/** Which of these identity keys belong to people who are known. */
export async function knownKeys(
  database: Database,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = await database
    .select({ key: person.identityKey })
    .from(person)
    .where(inArray(person.identityKey, [...keys]));
  return new Set(found.map(({ key }) => key));
}

export async function clearList(transaction: Database, campaignId: string): Promise<void> {
  await transaction
    .delete(invitation)
    .where(and(eq(invitation.campaignId, campaignId), eq(invitation.state, 'listed')));
}

export async function listedIds(transaction: Database, campaignId: string): Promise<string[]> {
  const found = await transaction
    .select({ id: invitation.id })
    .from(invitation)
    .where(and(eq(invitation.campaignId, campaignId), eq(invitation.state, 'listed')))
    .orderBy(invitation.position, invitation.id);
  return found.map(({ id }) => id);
}

/** Gives listed people the moment at which each is to be invited. */
export async function queueInvitations(
  transaction: Database,
  due: readonly { readonly id: string; readonly sendAt: Instant }[],
): Promise<void> {
  await transaction.execute(sql`
    update invitation i set state = 'queued', send_at = to_timestamp(d.at / 1000)
    from jsonb_to_recordset(${JSON.stringify(due.map(({ id, sendAt }) => ({ id, at: sendAt })))}::jsonb)
      as d (id uuid, at float8)
    where i.id = d.id and i.state = 'listed'`);
}

/** What is still to be sent is not; what was sent stays good. */
export async function withdrawQueued(transaction: Database, campaignId: string): Promise<number> {
  const stopped = await transaction
    .update(invitation)
    .set({ state: 'withdrawn', sendAt: null })
    .where(and(eq(invitation.campaignId, campaignId), eq(invitation.state, 'queued')))
    .returning({ id: invitation.id });
  return stopped.length;
}

/** An invitation about to be sent, with what its message needs. */
export interface DueInvitation {
  readonly id: string;
  readonly campaignId: string;
  readonly personId: string;
  readonly serviceId: string;
  readonly format: Format;
  readonly recipient: string | null;
  readonly postalAddress: string | null;
}

/**
 * Locks the next invitations that are due, stepping over those that another process is sending; then
 * their people, in one order, so that the same person is not invited twice at once.
 */
export async function lockDue(
  transaction: Database,
  now: Instant,
  limit: number,
): Promise<DueInvitation[]> {
  const due = await rows<DueInvitation>(
    transaction,
    sql`select id, campaign_id as "campaignId", person_id as "personId", service_id as "serviceId",
        format, recipient, postal_address as "postalAddress"
      from invitation
      where state = 'queued' and send_at <= to_timestamp(${now / 1000}::float8)
      order by send_at, campaign_id, position
      limit ${limit}
      for update skip locked`,
  );
  const people = due.map(({ personId }) => personId);
  await transaction.execute(
    sql`select id from person where id = any(${`{${people.join(',')}}`}::uuid[]) order by id for no key update`,
  );
  return due;
}

export async function setInvitation(
  transaction: Database,
  id: string,
  change: Partial<typeof invitation.$inferInsert>,
): Promise<void> {
  await transaction.update(invitation).set(change).where(eq(invitation.id, id));
}

/** Locks sent invitations that nobody was reminded of, nor booked with, sent about `from`–`until`. */
export async function lockToRemind(
  transaction: Database,
  sent: { readonly from: Instant; readonly until: Instant },
  limit: number,
): Promise<{ id: string; format: Format; sentAt: Instant; expiresAt: Instant }[]> {
  return rows(
    transaction,
    sql`select i.id, i.format, (extract(epoch from i.sent_at) * 1000)::float8 as "sentAt",
        (extract(epoch from i.expires_at) * 1000)::float8 as "expiresAt"
      from invitation i
      where i.state = 'sent' and i.reminded_at is null and i.format not in ('registered', 'letter')
        and i.sent_at >= to_timestamp(${sent.from / 1000}::float8)
        and i.sent_at <= to_timestamp(${sent.until / 1000}::float8)
        and not exists (select from appointment a where a.person_id = i.person_id
          and a.service_id = i.service_id and a.created_at >= i.sent_at and a.state <> 'expired')
        and not exists (select from archived_person z where z.person_id = i.person_id)
      order by i.sent_at, i.id
      limit ${limit}
      for update skip locked`,
  );
}

/** Notes the first time that the invitation was opened. */
export async function noteOpened(database: Database, id: string, now: Instant): Promise<void> {
  await database
    .update(invitation)
    .set({ openedAt: now })
    .where(and(eq(invitation.id, id), isNull(invitation.openedAt)));
}

/**
 * Reserves another id for the appointment of a code whose first one was cancelled; whoever comes
 * second finds it reserved already.
 */
export async function reserveAnew(
  database: Database,
  invited: { readonly id: string; readonly appointmentId: string },
  next: string,
): Promise<void> {
  await database
    .update(invitation)
    .set({ appointmentId: next })
    .where(and(eq(invitation.id, invited.id), eq(invitation.appointmentId, invited.appointmentId)));
}

/** The appointment id that a code books with, and what became of it. */
export async function reservedAppointment(
  database: Database,
  invitationId: string,
): Promise<{ appointmentId: string; state: string | null }> {
  const [found] = await rows<{ appointmentId: string; state: string | null }>(
    database,
    sql`select i.appointment_id as "appointmentId", a.state
      from invitation i left join appointment a on a.id = i.appointment_id
      where i.id = ${invitationId}::uuid`,
  );
  return found!;
}

/** Marks letters as printed; the first print counts. */
export async function notePrinted(
  transaction: Database,
  ids: readonly string[],
  now: Instant,
): Promise<void> {
  await transaction
    .update(invitation)
    .set({ printedAt: now })
    .where(and(inArray(invitation.id, [...ids]), isNull(invitation.printedAt)));
}

/** @returns whether nobody had asked already */
export async function insertOpeningRequest(
  transaction: Database,
  row: typeof openingRequest.$inferInsert,
): Promise<boolean> {
  const added = await transaction
    .insert(openingRequest)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: openingRequest.id });
  return added.length > 0;
}

/** A want of time that somebody told, with what it is about. */
export interface OpeningRequest {
  readonly id: string;
  readonly campaignId: string;
  readonly campaignTitle: string;
  readonly officeId: string;
  readonly officeName: string;
  readonly byPerson: boolean;
  readonly missing: number;
  readonly askedAt: Instant;
}

/** Unsettled wants of time, the oldest first; of the offices named or of all. */
export async function openRequests(
  database: Database,
  officeIds: readonly string[] | undefined,
): Promise<OpeningRequest[]> {
  return rows(
    database,
    sql`select q.id, q.campaign_id as "campaignId", c.title as "campaignTitle",
        q.office_id as "officeId", o.name as "officeName", q.invitation_id is not null as "byPerson",
        q.missing, (extract(epoch from q.asked_at) * 1000)::float8 as "askedAt"
      from opening_request q
      join campaign c on c.id = q.campaign_id
      join office o on o.id = q.office_id
      where q.settled_at is null
        ${officeIds ? sql`and q.office_id = any(${`{${officeIds.join(',')}}`}::uuid[])` : sql``}
      order by q.asked_at, q.id
      limit 200`,
  );
}

export async function requestsOnDay(
  database: Database,
  wanted: { readonly campaignId: string; readonly officeId: string; readonly since: Instant },
): Promise<number> {
  const [found] = await rows<{ count: number }>(
    database,
    sql`select count(*)::int as count from opening_request
      where campaign_id = ${wanted.campaignId}::uuid and office_id = ${wanted.officeId}::uuid
        and asked_at >= to_timestamp(${wanted.since / 1000}::float8)`,
  );
  return found!.count;
}

/** Settles a want of time; one that is settled already stays as it was. */
export async function settleRequest(
  transaction: Database,
  id: string,
  by: { readonly who: string; readonly at: Instant },
): Promise<void> {
  await transaction
    .update(openingRequest)
    .set({ settledAt: by.at, settledBy: by.who })
    .where(and(eq(openingRequest.id, id), isNull(openingRequest.settledAt)));
}

export async function openingRequestById(
  database: Database,
  id: string,
): Promise<{ officeId: string } | undefined> {
  const [found] = await database
    .select({ officeId: openingRequest.officeId })
    .from(openingRequest)
    .where(eq(openingRequest.id, id));
  return found;
}

/** Counts that the capacity forecast needs, besides free time. */
export async function othersInvited(
  database: Database,
  wanted: {
    readonly campaignId: string | undefined;
    readonly serviceId: string;
    readonly officeIds: readonly string[];
    readonly now: Instant;
  },
): Promise<{ pending: number; booked: number; expired: number }> {
  const now = sql`to_timestamp(${wanted.now / 1000}::float8)`;
  const [found] = await rows<{ pending: number; booked: number; expired: number }>(
    database,
    sql`with other as (
        select i.state, i.expires_at, i.campaign_id, i.office_id, exists (
          select from appointment a where a.person_id = i.person_id and a.service_id = i.service_id
            and a.created_at >= coalesce(i.sent_at, ${now}) and a.state <> 'expired') as answered
        from invitation i
        where i.service_id = ${wanted.serviceId}::uuid and i.state in ('queued', 'sent')
      )
      select
        count(*) filter (where not answered and (state = 'queued' or expires_at > ${now})
          and campaign_id is distinct from ${wanted.campaignId ?? null}::uuid
          and office_id = any(${`{${wanted.officeIds.join(',')}}`}::uuid[]))::int as pending,
        count(*) filter (where state = 'sent' and answered)::int as booked,
        count(*) filter (where state = 'sent' and not answered and expires_at <= ${now})::int as expired
      from other`,
  );
  return found!;
}
