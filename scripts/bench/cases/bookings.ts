import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { bookAppointment } from '../../../src/booking/actions/book-appointment.ts';
import { ANONYMOUS } from '../../../src/platform/actor.ts';
import type { Call } from '../../../src/platform/call.ts';
import { rows } from '../../../src/platform/database.ts';
import { newId } from '../../../src/platform/ids.ts';
import { connectPostgres } from '../../../src/platform/postgres.ts';
import { type Figure, median, perSecond } from '../measure.ts';
import { SERVICE_ID } from '../network.ts';
import type { World } from '../world.ts';

const ROUNDS = 3;
const A_ROUND = 1500;
const AT_ONCE = 16;

interface FreeStart {
  readonly office_id: string;
  readonly operator_id: string;
  readonly day: string;
  /** Epoch milliseconds. */
  readonly start: number;
}

/**
 * Bookings a second through the action, authorisation to answer, against a bare transaction that
 * writes the same rows and nothing else: both on sixteen connections, turn and turn about, on times
 * that are free. The bare statement writes them in one round trip, which no rule could be faster than.
 */
export async function bookings({ services, databaseUrl }: World): Promise<Figure[]> {
  const connection = connectPostgres(databaseUrl, AT_ONCE);
  const bare = postgres(databaseUrl, { max: AT_ONCE, onnotice: () => {} });
  const call: Call = {
    ...services,
    database: connection.database,
    actor: ANONYMOUS,
    locale: 'it',
    correlationId: 'bench',
  };
  const ways = { action: [] as number[], transaction: [] as number[], statement: [] as number[] };
  try {
    const free = await freeStarts(call, A_ROUND * 3 * (ROUNDS + 1));
    for (let round = 0; round <= ROUNDS; round++) {
      const measured = {
        action: await perSecond(free.splice(0, A_ROUND), AT_ONCE, (start) => book(call, start)),
        transaction: await perSecond(free.splice(0, A_ROUND), AT_ONCE, (start) =>
          writeInTransaction(bare, start),
        ),
        statement: await perSecond(free.splice(0, A_ROUND), AT_ONCE, (start) =>
          writeInStatement(bare, start),
        ),
      };
      // The first round warms connections, plans and caches.
      if (round > 0) {
        ways.action.push(measured.action);
        ways.transaction.push(measured.transaction);
        ways.statement.push(measured.statement);
      }
    }
  } finally {
    await bare.end();
    await connection.close();
  }
  const [action, transaction, statement] = [ways.action, ways.transaction, ways.statement].map(
    median,
  ) as [number, number, number];
  return [
    { name: 'bookings', value: action, unit: '1/s' },
    { name: 'bookings_reference', value: transaction, unit: '1/s' },
    { name: 'bookings_ratio', value: action / transaction, unit: 'x' },
    { name: 'bookings_one_statement', value: statement, unit: '1/s' },
    { name: 'bookings_one_statement_ratio', value: action / statement, unit: 'x' },
  ];
}

/** Half hours that an operator has free, in an order that mixes offices and days. */
async function freeStarts(call: Call, count: number): Promise<FreeStart[]> {
  const found = await rows<FreeStart>(
    call.database,
    sql`select f.office_id, f.operator_id, f.day::text as day,
        (extract(epoch from start) * 1000)::float8 as start
      from free_time f, unnest(f.free) as stretch,
        generate_series(lower(stretch), upper(stretch) - interval '30 minutes', interval '30 minutes') as start
      where start between now() + interval '1 day' and now() + interval '80 days'
      order by md5(f.operator_id::text || start::text) limit ${count}`,
  );
  if (found.length < count) throw new Error(`only ${found.length} free starts, ${count} wanted`);
  return found;
}

let people = 0;

function book(call: Call, { office_id, start }: FreeStart) {
  people += 1;
  return bookAppointment(call, {
    serviceId: SERVICE_ID,
    officeId: office_id,
    start,
    person: {
      givenName: 'Rosa',
      familyName: 'Prova',
      email: `rosa${people}@example.org`,
      phone: undefined,
      taxCode: undefined,
      domicile: undefined,
    },
  });
}

/** What a booking leaves behind: person, appointment, occupied time, free time, two messages, audit. */
function rowsOf({ start }: FreeStart) {
  people += 1;
  const id = newId();
  const during = `[${new Date(start).toISOString()},${new Date(start + 1_800_000).toISOString()})`;
  const facts = {
    code: 'X',
    service: 'Colloquio',
    office: 'Cpi di Palermo',
    address: null,
    phone: null,
    startsAt: start,
    endsAt: start + 1_800_000,
    whatToBring: ['Documento'],
    sequence: 0,
  };
  return {
    id,
    person: newId(),
    identity: `bench:${id}`,
    code: `Y${people.toString(16).toUpperCase().padStart(9, '0')}`,
    email: `rosa${people}@example.org`,
    start: new Date(start),
    end: new Date(start + 1_800_000),
    during,
    notices: [newId(), newId()] as const,
    audit: newId(),
    facts,
    detail: { service: 'colloquio', office: 'cpi-1', starts_at: new Date(start).toISOString() },
  };
}

async function writeInTransaction(bare: postgres.Sql, free: FreeStart): Promise<void> {
  const r = rowsOf(free);
  await bare.begin(async (tx) => {
    await tx`update free_time set free = free - tstzmultirange(${r.during}::tstzrange)
      where operator_id = ${free.operator_id} and day = ${free.day}`;
    await tx`insert into person (id, identity_key, given_name, family_name, email, created_at)
      values (${r.person}, ${r.identity}, 'Rosa', 'Prova', ${r.email}, now())`;
    await tx`insert into appointment (id, code, service_id, office_id, operator_id, person_id, contact_email,
        starts_at, ends_at, state, created_at, updated_at)
      values (${r.id}, ${r.code}, ${SERVICE_ID}, ${free.office_id}, ${free.operator_id}, ${r.person}, ${r.email},
        ${r.start}, ${r.end}, 'confirmed', now(), now())`;
    await tx`insert into occupied (appointment_id, resource_id, during)
      values (${r.id}, ${free.operator_id}, ${r.during}::tstzrange) on conflict do nothing`;
    await tx`insert into outbox (id, kind, recipient, payload, subject_id, due_at, stale_at, created_at)
      select notice, 'appointment-confirmed', ${r.email}, ${tx.json(r.facts)}, ${r.id}::uuid, now(), ${r.start}, now()
      from unnest(${[...r.notices]}::uuid[]) as notice`;
    await tx`insert into audit_event (id, at, actor_kind, action, subject_kind, subject_id, correlation_id, detail)
      values (${r.audit}, now(), 'anonymous', 'book-appointment', 'appointment', ${r.id}, 'bench', ${tx.json(r.detail)})`;
  });
}

async function writeInStatement(bare: postgres.Sql, free: FreeStart): Promise<void> {
  const r = rowsOf(free);
  await bare`with claimed as (
      update free_time set free = free - tstzmultirange(${r.during}::tstzrange)
      where operator_id = ${free.operator_id} and day = ${free.day}
    ), who as (
      insert into person (id, identity_key, given_name, family_name, email, created_at)
      values (${r.person}, ${r.identity}, 'Rosa', 'Prova', ${r.email}, now())
    ), booked as (
      insert into appointment (id, code, service_id, office_id, operator_id, person_id, contact_email,
        starts_at, ends_at, state, created_at, updated_at)
      values (${r.id}, ${r.code}, ${SERVICE_ID}, ${free.office_id}, ${free.operator_id}, ${r.person}, ${r.email},
        ${r.start}, ${r.end}, 'confirmed', now(), now())
    ), taken as (
      insert into occupied (appointment_id, resource_id, during)
      values (${r.id}, ${free.operator_id}, ${r.during}::tstzrange) on conflict do nothing
    ), told as (
      insert into outbox (id, kind, recipient, payload, subject_id, due_at, stale_at, created_at)
      select notice, 'appointment-confirmed', ${r.email}, ${bare.json(r.facts)}, ${r.id}::uuid, now(), ${r.start}, now()
      from unnest(${[...r.notices]}::uuid[]) as notice
    )
    insert into audit_event (id, at, actor_kind, action, subject_kind, subject_id, correlation_id, detail)
    values (${r.audit}, now(), 'anonymous', 'book-appointment', 'appointment', ${r.id}, 'bench', ${bare.json(r.detail)})`;
}
