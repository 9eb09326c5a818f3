import { sql } from 'drizzle-orm';
import { DAY, type Instant } from '../../platform/clock.ts';
import { type Database, rows } from '../../platform/database.ts';
import type { KeepingReason } from '../rules/keeping.ts';

const at = (instant: Instant) => sql`to_timestamp(${instant / 1000}::float8)`;
const list = (ids: readonly string[]) => sql`${`{${ids.join(',')}}`}::uuid[]`;

/** Days for which an absence after a convocation may still lead to a measure. Ours. */
const ABSENCE_OPEN_DAYS = 180;

/**
 * Appointments of people that ended before `before`, up to `limit` after the one named, in the order
 * of their ids; locked, passing over those that somebody is changing. Those that a procedure rests on
 * are left out: a measure, a justification not decided, an action of a patto, an invitation or a
 * convocation of somebody whom the office still knows.
 */
export async function lockOldAppointments(
  transaction: Database,
  before: Instant,
  after: string,
  limit: number,
): Promise<string[]> {
  const found = await rows<{ id: string }>(
    transaction,
    sql`select a.id from appointment a
      join person p on p.id = a.person_id and p.erased_at is null
      where a.id > ${after}::uuid and a.ends_at < ${at(before)}
        and not exists (select from absence_measure m where m.appointment_id = a.id)
        and not exists (select from justification j
          where j.appointment_id = a.id and j.state in ('sent', 'asked'))
        and not exists (select from pact_action t where t.appointment_id = a.id)
        and not exists (select from invitation i where i.appointment_id = a.id)
        and not exists (select from convocation v where v.appointment_id = a.id)
      order by a.id limit ${limit}
      for update of a skip locked`,
  );
  return found.map(({ id }) => id);
}

/** People met before `before`, up to `limit` after the one named; locked, those in use passed over. */
export async function lockOldPersons(
  transaction: Database,
  before: Instant,
  after: string,
  limit: number,
): Promise<string[]> {
  const found = await rows<{ id: string }>(
    transaction,
    sql`select p.id from person p
      where p.id > ${after}::uuid and p.erased_at is null and p.created_at < ${at(before)}
      order by p.id limit ${limit}
      for update of p skip locked`,
  );
  return found.map(({ id }) => id);
}

/** Why people must stay known, each reason once; who is not among them need not. */
export async function reasonsToKeep(
  database: Database,
  personIds: readonly string[],
  { before, now }: { readonly before: Instant; readonly now: Instant },
): Promise<{ personId: string; reason: KeepingReason }[]> {
  const ids = list(personIds);
  const old = at(before);
  return rows(
    database,
    sql`select distinct k.person_id as "personId", k.reason from (
        select person_id, case when state in ('held', 'confirmed', 'displaced') and ends_at > ${at(now)}
            then 'open' else 'recent' end as reason
          from appointment where person_id = any(${ids}) and ends_at >= ${old}
        union all
        select person_id, case when state = 'waiting' then 'open' else 'recent' end
          from waiting_entry where person_id = any(${ids}) and (state = 'waiting' or updated_at >= ${old})
        union all
        select r.person_id, case when g.ends_at > ${at(now)} and r.state in ('registered', 'offered', 'waiting')
            then 'open' else 'recent' end
          from session_registration r join group_session g on g.id = r.session_id
          where r.person_id = any(${ids}) and g.ends_at >= ${old}
        union all
        select i.person_id, case when i.state in ('listed', 'queued')
            or (i.state = 'sent' and i.expires_at > ${at(now)}) then 'open' else 'recent' end
          from invitation i join campaign c on c.id = i.campaign_id
          where i.person_id = any(${ids})
            and (i.state in ('listed', 'queued')
              or coalesce(i.expires_at, i.send_at, c.created_at) >= ${old})
        union all
        select person_id, case when state <> 'closed' then 'open' else 'recent' end
          from convocation where person_id = any(${ids})
            and (state <> 'closed' or coalesce(closed_at, created_at) >= ${old})
        union all
        select v.person_id, 'open' from convocation v
          join appointment a on a.id = v.appointment_id and a.state = 'absent'
          where v.person_id = any(${ids}) and a.starts_at >= ${at(now - ABSENCE_OPEN_DAYS * DAY)}
        union all
        select a.person_id, case when j.state in ('sent', 'asked') then 'open' else 'recent' end
          from justification j join appointment a on a.id = j.appointment_id
          where a.person_id = any(${ids})
            and (j.state in ('sent', 'asked') or coalesce(j.decided_at, j.sent_at) >= ${old})
        union all
        select v.person_id, 'open' from postponement q join convocation v on v.id = q.convocation_id
          where v.person_id = any(${ids}) and q.state = 'asked'
        union all
        select person_id, 'final' from absence_measure where person_id = any(${ids})
        union all
        select person_id, 'final' from person_data where person_id = any(${ids})
        union all
        select person_id, 'final' from profile where person_id = any(${ids})
        union all
        select person_id, 'final' from percorso_decision where person_id = any(${ids})
        union all
        select person_id, case when state = 'complete' then 'final' else 'recent' end
          from interview where person_id = any(${ids}) and (state = 'complete' or saved_at >= ${old})
        union all
        select person_id, case when ended_on is null then 'open' else 'final' end
          from did where person_id = any(${ids})
        union all
        select person_id, case when state = 'signed' then 'final' else 'open' end
          from pact where person_id = any(${ids})
        union all
        select person_id, 'recent' from erasure_request
          where person_id = any(${ids}) and asked_at >= ${old}
      ) k`,
  );
}
