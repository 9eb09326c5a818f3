import { sql } from 'drizzle-orm';
import type { AppointmentState } from '../../booking/table.ts';
import type { Instant, IsoDate } from '../../platform/clock.ts';
import { type Database, rows } from '../../platform/database.ts';
import type { Locale } from '../../platform/locale.ts';
import type { Channel, Format } from '../rules/kinds.ts';
import type { ConvocationState, InvitationState } from '../table.ts';

/** A person of a campaign, with all that decides what comes next. */
export interface Invited {
  readonly id: string;
  readonly campaignId: string;
  readonly personId: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly locale: Locale;
  readonly officeId: string;
  readonly officeName: string;
  readonly position: number;
  readonly format: Format;
  readonly state: InvitationState;
  readonly refusal: string | null;
  readonly recipient: string | null;
  readonly postalAddress: string | null;
  readonly termFrom: IsoDate | null;
  readonly sendAt: Instant | null;
  readonly sentAt: Instant | null;
  readonly expiresAt: Instant | null;
  readonly remindedAt: Instant | null;
  readonly openedAt: Instant | null;
  readonly printedAt: Instant | null;
  readonly archived: boolean;
  /** The latest appointment of the service since the campaign was made, unless it was cancelled. */
  readonly appointment:
    | { readonly id: string; readonly state: AppointmentState; readonly startsAt: Instant }
    | undefined;
  readonly convocation:
    | {
        readonly id: string;
        readonly state: ConvocationState;
        readonly channel: Channel;
      }
    | undefined;
  /** Searches for a time that found none and wait for the office. */
  readonly asksForTime: boolean;
}

interface Row extends Omit<Invited, 'appointment' | 'convocation'> {
  readonly appointmentId: string | null;
  readonly appointmentState: AppointmentState;
  readonly startsAt: Instant;
  readonly convocationId: string | null;
  readonly convocationState: ConvocationState;
  readonly convocationChannel: Channel;
}

const epoch = (column: string) => sql.raw(`(extract(epoch from ${column}) * 1000)::float8`);

const SELECT = sql`select i.id, i.campaign_id as "campaignId", i.person_id as "personId",
    p.given_name as "givenName", p.family_name as "familyName", p.locale,
    i.office_id as "officeId", o.name as "officeName", i.position, i.format, i.state, i.refusal,
    i.recipient, i.postal_address as "postalAddress", i.term_from::text as "termFrom",
    ${epoch('i.send_at')} as "sendAt", ${epoch('i.sent_at')} as "sentAt",
    ${epoch('i.expires_at')} as "expiresAt", ${epoch('i.reminded_at')} as "remindedAt",
    ${epoch('i.opened_at')} as "openedAt", ${epoch('i.printed_at')} as "printedAt",
    exists (select from archived_person z where z.person_id = i.person_id) as archived,
    a.id as "appointmentId", a.state as "appointmentState", ${epoch('a.starts_at')} as "startsAt",
    v.id as "convocationId", v.state as "convocationState", v.channel as "convocationChannel",
    exists (select from opening_request q where q.invitation_id = i.id and q.settled_at is null) as "asksForTime"
  from invitation i
  join campaign c on c.id = i.campaign_id
  join person p on p.id = i.person_id
  join office o on o.id = i.office_id
  left join lateral (
    select a.id, a.state, a.starts_at from appointment a
    where a.person_id = i.person_id and a.service_id = i.service_id
      and a.state not in ('cancelled', 'expired')
      and (a.created_at >= c.created_at or a.state in ('held', 'confirmed', 'displaced'))
    order by a.created_at desc, a.id desc limit 1
  ) a on true
  left join lateral (
    select v.id, v.state, v.channel from convocation v
    where v.person_id = i.person_id and v.service_id = i.service_id and v.created_at >= c.created_at
    order by v.created_at desc limit 1
  ) v on true`;

function toInvited(row: Row): Invited {
  const {
    appointmentId,
    appointmentState,
    startsAt,
    convocationId,
    convocationState,
    convocationChannel,
    ...kept
  } = row;
  return {
    ...kept,
    appointment:
      appointmentId === null ? undefined : { id: appointmentId, state: appointmentState, startsAt },
    convocation:
      convocationId === null
        ? undefined
        : { id: convocationId, state: convocationState, channel: convocationChannel },
  };
}

/** The people of some campaigns, in the order of their lists; of the offices named only. */
export async function invitedOf(
  database: Database,
  campaignIds: readonly string[],
  officeIds?: readonly string[],
): Promise<Invited[]> {
  const found = await rows<Row>(
    database,
    sql`${SELECT} where i.campaign_id = any(${`{${campaignIds.join(',')}}`}::uuid[])
        ${officeIds ? sql`and i.office_id = any(${`{${officeIds.join(',')}}`}::uuid[])` : sql``}
      order by i.campaign_id, i.position, i.id`,
  );
  return found.map(toInvited);
}

export async function invitedByDigest(
  database: Database,
  digest: string,
): Promise<Invited | undefined> {
  const [found] = await rows<Row>(database, sql`${SELECT} where i.code_digest = ${digest}`);
  return found && toInvited(found);
}

export async function invitedById(database: Database, id: string): Promise<Invited | undefined> {
  const [found] = await rows<Row>(database, sql`${SELECT} where i.id = ${id}::uuid`);
  return found && toInvited(found);
}

/** Whom to look for among the people an office knows. */
export interface PeopleFilter {
  readonly officeIds: readonly string[];
  readonly serviceId: string;
  /** ISTAT code; everybody of the bacini when absent. */
  readonly comune?: string | undefined;
  /** `never`: never seen for the service; `absent`: missed the last appointment of it. */
  readonly history: 'any' | 'never' | 'absent';
  readonly limit: number;
}

export interface FoundPerson {
  readonly id: string;
  readonly officeId: string;
  readonly email: string | null;
  readonly phone: string | null;
  /** As an earlier list gave them. */
  readonly pec: string | null;
  readonly postalAddress: string | null;
}

/**
 * People who live in the bacino of one of the offices, are not archived and have no appointment of the
 * service ahead; the ones known longest first.
 */
export async function findPeople(
  database: Database,
  filter: PeopleFilter,
  now: Instant,
): Promise<FoundPerson[]> {
  const history = {
    any: sql``,
    never: sql`and not exists (select from appointment a where a.person_id = p.id
      and a.service_id = ${filter.serviceId}::uuid and a.state in ('seen', 'late'))`,
    absent: sql`and (select a.state from appointment a where a.person_id = p.id
      and a.service_id = ${filter.serviceId}::uuid and a.state not in ('cancelled', 'expired', 'revoked')
      order by a.starts_at desc limit 1) = 'absent'`,
  }[filter.history];
  return rows<FoundPerson>(
    database,
    sql`select p.id, b.office_id as "officeId", p.email, p.phone,
        (select i.recipient from invitation i where i.person_id = p.id and i.format = 'pec'
          and i.recipient is not null order by i.id desc limit 1) as pec,
        (select i.postal_address from invitation i where i.person_id = p.id
          and i.postal_address is not null order by i.id desc limit 1) as "postalAddress"
      from person p
      join bacino_comune b on b.comune = p.domicile
      where b.office_id = any(${`{${filter.officeIds.join(',')}}`}::uuid[])
        and (${filter.comune ?? null}::text is null or p.domicile = ${filter.comune ?? null})
        and not exists (select from archived_person z where z.person_id = p.id)
        and not exists (select from appointment a where a.person_id = p.id
          and a.service_id = ${filter.serviceId}::uuid and a.state in ('held', 'confirmed', 'displaced')
          and a.ends_at > to_timestamp(${now / 1000}::float8))
        ${history}
      order by p.created_at, p.id
      limit ${filter.limit}`,
  );
}

/** What decides whether people may be invited to a service, each by their id. */
export interface Standing {
  readonly personId: string;
  readonly archived: boolean;
  readonly competentOfficeId: string | null;
  readonly hasOpenAppointment: boolean;
  readonly sent: readonly { readonly format: Format; readonly at: Instant }[];
}

export async function standingOf(
  database: Database,
  serviceId: string,
  personIds: readonly string[],
  now: Instant,
): Promise<Map<string, Standing>> {
  const found = await rows<Standing>(
    database,
    sql`select p.id as "personId",
        exists (select from archived_person z where z.person_id = p.id) as archived,
        (select b.office_id from bacino_comune b where b.comune = p.domicile) as "competentOfficeId",
        exists (select from appointment a where a.person_id = p.id and a.service_id = ${serviceId}::uuid
          and a.state in ('held', 'confirmed', 'displaced')
          and a.ends_at > to_timestamp(${now / 1000}::float8)) as "hasOpenAppointment",
        coalesce((select jsonb_agg(jsonb_build_object('format', i.format, 'at', ${epoch('i.sent_at')}))
          from invitation i where i.person_id = p.id and i.service_id = ${serviceId}::uuid
            and i.sent_at is not null), '[]'::jsonb) as sent
      from person p where p.id = any(${`{${personIds.join(',')}}`}::uuid[])`,
  );
  return new Map(found.map((one) => [one.personId, one]));
}
