import { sql } from 'drizzle-orm';
import type { Instant } from '../../platform/clock.ts';
import { type Database, perDatabase, statement } from '../../platform/database.ts';
import { type Shared, sharing } from '../../platform/sharing.ts';
import { type Wanted, type WantedValues, wantedValues } from './claims.ts';
import { freeFor } from './limits.ts';

/** What may still be done for a claim that found nobody. */
export interface Outlook {
  /** Enough operators, and a room, have the time free: another claim has them locked. */
  readonly free: boolean;
  /** Something lapsed that nobody gave back yet. */
  readonly lapsed: boolean;
  /** At each moment of it somebody of the office is free: others might be re-seated. */
  readonly coverable: boolean;
}

const outlookStatement = statement<Outlook, WantedValues & { readonly now: number }>((value) => {
  const during = sql`tstzrange(to_timestamp(${value('taken_from')}::float8), to_timestamp(${value('taken_until')}::float8))`;
  const ofTheDay = sql`f.office_id = ${value('office_id')}::uuid
    and f.day = (to_timestamp(${value('start')}::float8) at time zone 'Europe/Rome')::date
    and f.longest_minutes > 0`;
  return sql`select
    (select count(*) >= ${value('operators')}::int from free_time f
      where ${ofTheDay} and f.free @> ${during}
        and (${freeFor(sql`${value('skill')}::text`, sql`${value('seen')}::float8`)}) @> ${during}
        and (${value('only_operator')}::uuid is null or f.operator_id = ${value('only_operator')}::uuid)
        and (select o.active and o.skills @> array[${value('skill')}::text]
            and (${value('language')}::text is null or o.languages @> array[${value('language')}::text])
          from operator o where o.id = f.operator_id))
    and (${value('resource_kind')}::text is null or exists (
      select from resource r
      where r.office_id = ${value('office_id')}::uuid and r.kind = ${value('resource_kind')}::text and r.active
        and not exists (select from occupied x where x.resource_id = r.id and x.active and x.during && ${during})
    )) as free,
    -- The first alone is looked at: asked whether one exists before an instant that it does not
    -- know, PostgreSQL expects a third of all rows and reads them.
    (select coalesce(min(releases_at) <= to_timestamp(${value('now')}::float8), false)
      from occupied where releases_at is not null and active) as lapsed,
    coalesce((select range_agg(s) @> ${during} from free_time f, unnest(f.free) as s where ${ofTheDay}), false) as coverable`;
});

const shared = perDatabase(() => sharing<Outlook>());

/** Looks without locking anything. Those who want the same at one moment share the look. */
export async function outlook(database: Database, wanted: Wanted, now: Instant): Promise<Outlook> {
  const { waste: _, ...values } = wantedValues(wanted);
  const { answer }: Shared<Outlook> = await shared(database)(JSON.stringify(values), async () => {
    const [found] = await outlookStatement(database, { ...values, now: now / 1000 });
    return found!;
  });
  return answer;
}
