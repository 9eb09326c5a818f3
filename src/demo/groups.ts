import { sql } from 'drizzle-orm';
import { bookingCode } from '../booking/rules/code.ts';
import type { Call } from '../platform/call.ts';
import { dayOf, type IsoDate, toRfc3339, wall } from '../platform/clock.ts';
import { rows } from '../platform/database.ts';
import { type Random, seeded } from '../platform/random.ts';
import { createSessions } from '../workshops/actions/create-sessions.ts';
import { DEMO_OFFICE } from './logins.ts';

/** Said of every session: it is invented, like those who come. */
const DEMO = {
  it: 'Incontro dimostrativo: nessun ufficio lo tiene davvero.',
  en: 'A demonstration session: no office really holds it.',
};

const SESSIONS = [
  {
    title: { it: 'Come si scrive un curriculum', en: 'How to write a CV' },
    about: {
      it: 'Due ore di pratica, ognuno sul suo.',
      en: 'Two hours of practice, each on theirs.',
    },
    bring: { it: ['Il tuo curriculum, se lo hai'], en: ['Your CV, if you have one'] },
    room: 'Sala riunioni, piano terra',
    inDays: 7,
    seats: 12,
    registered: 7,
    times: 3,
  },
  {
    title: { it: 'Che cos’è il patto di servizio', en: 'What the service pact is' },
    about: {
      it: 'Un incontro informativo: diritti, impegni e tempi.',
      en: 'An information meeting: rights, duties and times.',
    },
    bring: { it: [], en: [] },
    room: 'Sala conferenze, primo piano',
    inDays: 9,
    seats: 6,
    registered: 8,
    times: 1,
  },
] as const;

/** Some sessions of the demonstration's office with people on their lists, and people who wait. */
export async function writeGroups(
  call: Call,
  services: ReadonlyMap<string, string>,
  seed: number,
): Promise<void> {
  const random = seeded(seed);
  const [office] = await rows<{ id: string; leader: string | null }>(
    call.database,
    sql`select id, (select o.id from operator o where o.office_id = office.id and o.active
        and not o.bookable order by staff_number limit 1) as leader
      from office where code = ${DEMO_OFFICE}`,
  );
  if (!office) return;
  const now = call.clock.now();
  for (const [index, one] of SESSIONS.entries()) {
    const startsAt = wall(now)
      .plus({ days: one.inDays })
      .startOf('week')
      .plus({ days: 1 + 2 * index, hours: 15 });
    const begins = startsAt.toMillis() > now ? startsAt : startsAt.plus({ weeks: 1 });
    const [made] = await createSessions(call, {
      officeId: office.id,
      details: {
        title: one.title,
        description: {
          it: `${one.about.it} ${DEMO.it}`,
          en: `${one.about.en} ${DEMO.en}`,
        },
        whatToBring: one.bring,
        room: one.room,
        startsAt: begins.toMillis(),
        endsAt: begins.plus({ hours: 2 }).toMillis(),
        registrationOpensAt: wall(now).startOf('day').minus({ days: 7 }).toMillis(),
        registrationClosesAt: begins.minus({ hours: 2 }).toMillis(),
        seats: one.seats,
        leaderIds: office.leader === null ? [] : [office.leader],
      },
      published: true,
      ...(one.times > 1 && { series: { weeks: 2, times: one.times } }),
    });
    if (made) await fillSession(call, made.id, one, index, random);
  }
  await putInLine(call, office.id, services.get('primo-colloquio')!, random);
}

const codes = (count: number, random: Random) =>
  Array.from({ length: count }, () =>
    bookingCode(Uint8Array.from({ length: 10 }, () => random.integer(0, 31))),
  );

/** Seats for the first who came, the queue for the others. */
async function fillSession(
  call: Call,
  sessionId: string,
  session: { readonly seats: number; readonly registered: number },
  offset: number,
  random: Random,
): Promise<void> {
  const list = codes(session.registered, random).map((code, index) => ({
    id: call.ids(),
    code,
    place: index + 1,
  }));
  const now = toRfc3339(call.clock.now());
  await rows(
    call.database,
    sql`with given as (
        select * from json_to_recordset(${JSON.stringify(list)}::json) as g(id uuid, code text, place int)
      ), people as (
        select id, email, locale, row_number() over (order by email) as place
        from (select * from person where demo and email like 'persona%' order by email offset ${offset * 50} limit ${list.length}) p
      ), registered as (
        insert into session_registration (id, session_id, person_id, code, contact_email, locale, state,
          queued_at, created_at, updated_at)
        select given.id, ${sessionId}::uuid, people.id, given.code, people.email, people.locale,
          case when given.place <= ${session.seats} then 'registered' else 'waiting' end,
          ${now}::timestamptz - make_interval(hours => 48 - given.place::int),
          ${now}::timestamptz, ${now}::timestamptz
        from given join people using (place)
        returning id
      )
      select count(*) from registered`,
  );
  await rows(
    call.database,
    sql`update session_seat s set registration_id = r.id
      from json_to_recordset(${JSON.stringify(list)}::json) as r(id uuid, place int)
      where s.session_id = ${sessionId}::uuid and s.number = r.place and r.place <= ${session.seats}`,
  );
}

/** How many wait for a first interview at the demonstration's office. */
const WAITING = 5;

/** People who gave their Did and have no first interview yet; the first has a deadline near. */
async function putInLine(
  call: Call,
  officeId: string,
  serviceId: string,
  random: Random,
): Promise<void> {
  const now = call.clock.now();
  const list = codes(WAITING, random).map((code, index) => ({
    id: call.ids(),
    code,
    place: index + 1,
    deadline: index === 3 ? inDays(now, 8) : null,
  }));
  await rows(
    call.database,
    sql`with given as (
        select * from json_to_recordset(${JSON.stringify(list)}::json)
          as g(id uuid, code text, place int, deadline date)
      ), people as (
        select p.id, p.email, p.locale, row_number() over (order by p.email) as place
        from person p
        where p.demo and p.email like 'persona%' and exists (select from appointment a where a.person_id = p.id
            and a.office_id = ${officeId}::uuid and a.state = 'seen')
          and not exists (select from appointment a where a.person_id = p.id
            and a.service_id = ${serviceId}::uuid and a.state in ('held', 'confirmed'))
        order by p.email limit ${WAITING}
      )
      insert into waiting_entry (id, code, person_id, service_id, contact_email, locale, office_ids,
        from_day, to_day, weekdays, parts, deadline, deadline_kind, joined_at, state, updated_at)
      select given.id, given.code, people.id, ${serviceId}::uuid, people.email, people.locale,
        array[${officeId}::uuid], ${dayOf(now)}::date, ${inDays(now, 60)}::date,
        '{1,2,3,4,5}', '{morning,afternoon}', given.deadline,
        case when given.deadline is not null then 'first-contact' end,
        ${toRfc3339(now)}::timestamptz - make_interval(days => 6 - given.place), 'waiting',
        ${toRfc3339(now)}::timestamptz
      from given join people using (place)`,
  );
}

function inDays(now: number, days: number): IsoDate {
  return wall(now).plus({ days }).toISODate() as IsoDate;
}
