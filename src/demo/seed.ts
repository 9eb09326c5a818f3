import { readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { rebuildFreeTime } from '../booking/actions/rebuild-free-time.ts';
import { bookingCode } from '../booking/rules/code.ts';
import { audit } from '../identity/audit.ts';
import { authorise } from '../identity/authorise.ts';
import { identityKey } from '../identity/person.ts';
import { importNetwork } from '../network/actions/import-network.ts';
import { FILE_NAMES } from '../network/rules/import-files.ts';
import type { NetworkFiles } from '../network/rules/parse-network.ts';
import { receivingOperators } from '../network/store.ts';
import { patronFeast } from '../network/table.ts';
import { loadFirstStandards } from '../planning/actions/load-first-standards.ts';
import type { Call } from '../platform/call.ts';
import { DAY, toRfc3339 } from '../platform/clock.ts';
import { type Database, rows } from '../platform/database.ts';
import { type Random, seeded } from '../platform/random.ts';
import { agendaOf, type Booking } from './agenda.ts';
import { writeAbsences } from './attendance.ts';
import { writeDemoCampaign } from './campaign.ts';
import { closeADay } from './closure.ts';
import { writeConnections } from './connections.ts';
import { type Demand, demandOf } from './demand.ts';
import { DEMO_FEASTS } from './feasts.ts';
import { writeGroups } from './groups.ts';
import { DEMO_JOBSEEKER, DEMO_NEXT_IN_LINE, DEMO_OFFICE } from './logins.ts';
import { writeNotices } from './notices.ts';
import { type DemoPerson, person } from './people.ts';
import { writeQueue } from './queue.ts';
import { DEMO_SERVICES, writeServices } from './services.ts';
import {
  type AppointmentRow,
  checkingKeysOnce,
  writeAppointments,
  writeOccupied,
  writePeople,
} from './store.ts';

/** Days that free time is derived for: the longest horizon of a service. */
const HORIZON_DAYS = Math.max(...DEMO_SERVICES.map(({ horizonDays }) => horizonDays));

export interface SeedOptions {
  readonly seed: number;
  /** Told what is being done and the share done of the whole, 0 to 1. */
  readonly onProgress?: (what: string, share: number) => void;
}

export interface Seeded {
  readonly offices: number;
  readonly operators: number;
  readonly people: number;
  readonly appointments: number;
}

/**
 * Fills an empty database with the demonstration: the network of Sicily, services, invented people
 * and their appointments before and after `now`. All of it or nothing; a database that has offices
 * is left alone (returns undefined), but for free time that an earlier start did not finish.
 */
export async function seedDemo(call: Call, options: SeedOptions): Promise<Seeded | undefined> {
  authorise(call.actor, 'system');
  const tell = options.onProgress ?? (() => {});
  const [state] = await rows<{ offices: number; free: boolean; demo: boolean }>(
    call.database,
    sql`select (select count(*)::int from office) as offices,
      exists(select from free_time) as free,
      exists(select from office where demo) as demo`,
  );
  const fresh = state!.offices === 0;
  const written = fresh
    ? await call.database.transaction((transaction) =>
        writeDemo({ ...call, database: transaction as Database }, options.seed, tell),
      )
    : undefined;
  if (fresh || (state!.demo && !state!.free)) {
    tell('free time', 0.6);
    await rebuildFreeTime(call, {
      days: HORIZON_DAYS,
      onProgress: (share) => tell('free time', 0.6 + 0.4 * share),
    });
    if (fresh) await closeADay(call);
  }
  return written;
}

async function writeDemo(
  call: Call,
  seed: number,
  tell: (what: string, share: number) => void,
): Promise<Seeded> {
  const random = seeded(seed);
  const now = call.clock.now();
  tell('network', 0);
  const outcome = await importNetwork(call, readNetwork(), { demo: true });
  if (outcome.kind === 'refused')
    throw new Error(`the demo network is refused: ${JSON.stringify(outcome.faults.slice(0, 5))}`);
  await call.database.insert(patronFeast).values([...DEMO_FEASTS]);
  const services = await writeServices(call.database, call);
  await loadFirstStandards(call);

  tell('appointments', 0.08);
  const offices = await loadOffices(call);
  const window = { start: now - 60 * DAY, end: now + (HORIZON_DAYS + 2) * DAY };
  const schedules = new Map(
    (await receivingOperators(call.database, window)).map((one) => [one.operatorId, one]),
  );
  const people: (DemoPerson & { identity_key: string })[] = [];
  const appointments: AppointmentRow[] = [];
  for (const office of offices) {
    const bookings = office.operators.flatMap(({ id, skills }) => {
      const schedule = schedules.get(id);
      return schedule ? agendaOf({ id, skills, schedule }, office.demand, now, random) : [];
    });
    const clients = peopleFor(bookings, office, call, people.length, random);
    people.push(...clients.map((one) => ({ ...one, identity_key: `demo:${one.id}` })));
    const rowOf = appointmentRows(call, office.id, services, clients, random);
    appointments.push(...bookings.map(rowOf));
  }
  people.push(...(await nameTheKnown(call, offices, services, appointments)));

  await checkingKeysOnce(call.database, async () => {
    await writePeople(call.database, people, toRfc3339(now - 60 * DAY), (written) =>
      tell('people', 0.12 + (0.08 * written) / people.length),
    );
    await writeAppointments(call.database, appointments, (written) =>
      tell('appointments', 0.2 + (0.3 * written) / appointments.length),
    );
    const ahead = appointments.filter(({ state }) => state === 'confirmed');
    await writeOccupied(call.database, ahead, (written) =>
      tell('agendas', 0.5 + (0.1 * written) / ahead.length),
    );
  });
  await writeDemoCampaign(call, services);
  await writeGroups(call, services, seed);
  await writeNotices(call);
  await writeAbsences(call);
  await writeQueue(call, services);
  await writeConnections(call);
  const counts = {
    offices: offices.length,
    operators: outcome.counts.operators,
    people: people.length,
    appointments: appointments.length,
  };
  await audit(call.database, call, {
    action: 'seed-demo',
    subjectKind: 'demo',
    subjectId: String(seed),
    detail: counts,
  });
  return counts;
}

function readNetwork(): NetworkFiles {
  return Object.fromEntries(
    FILE_NAMES.map((name) => [
      name,
      readFileSync(new URL(`./network/${name}.csv`, import.meta.url), 'utf8'),
    ]),
  );
}

interface SeedOffice {
  readonly id: string;
  readonly code: string;
  readonly operators: readonly { readonly id: string; readonly skills: readonly string[] }[];
  readonly bacino: readonly { readonly istatCode: string; readonly population: number }[];
  readonly demand: Demand;
}

/** The offices by code, with who receives there (by staff number) and the comuni they serve. */
async function loadOffices(call: Call): Promise<SeedOffice[]> {
  const found = await rows<Omit<SeedOffice, 'demand'>>(
    call.database,
    sql`select id, code,
        (select coalesce(json_agg(json_build_object('id', id, 'skills', skills) order by staff_number), '[]')
          from operator where office_id = office.id and bookable) as operators,
        (select coalesce(json_agg(json_build_object('istatCode', istat_code, 'population', population)
            order by istat_code), '[]')
          from bacino_comune join comune on comune.istat_code = bacino_comune.comune
          where office_id = office.id) as bacino
      from office order by code`,
  );
  const slots = await firstInterviewSlots(call);
  const demands = demandOf(
    found.map(({ id, code, bacino }) => ({
      code,
      province: code.slice(0, 2).toUpperCase(),
      population: bacino.reduce((sum, { population }) => sum + population, 0),
      slots: slots.get(id) ?? 0,
    })),
  );
  return found.map((office, index) => ({ ...office, demand: demands[index]! }));
}

/** First interviews each office can hold in a week: hours kept by those who hold them, three in four. */
async function firstInterviewSlots(call: Call): Promise<Map<string, number>> {
  const found = await rows<{ office_id: string; slots: number }>(
    call.database,
    sql`select operator.office_id,
        0.75 * sum(extract(epoch from ends - starts) / 3600)::float8 as slots
      from operator join opening on opening.operator_id = operator.id
      where bookable and 'patto' = any(operator.skills) group by 1`,
  );
  return new Map(found.map(({ office_id, slots }) => [office_id, slots]));
}

/** As many people as the busiest service needs: nobody comes twice for the same one. */
function peopleFor(
  bookings: readonly Booking[],
  office: SeedOffice,
  call: Call,
  already: number,
  random: Random,
): DemoPerson[] {
  const counts = new Map<string, number>();
  for (const { service } of bookings) counts.set(service, (counts.get(service) ?? 0) + 1);
  const needed = Math.max(0, ...counts.values());
  return Array.from({ length: needed }, (_, index) =>
    person(call.ids(), already + index, office.bacino, random),
  );
}

function appointmentRows(
  call: Call,
  officeId: string,
  services: ReadonlyMap<string, string>,
  clients: readonly DemoPerson[],
  random: Random,
): (booking: Booking) => AppointmentRow {
  const next = new Map<string, number>();
  return (booking) => {
    const { service } = booking;
    const turn = next.get(service) ?? random.integer(0, clients.length - 1);
    next.set(service, turn + 1);
    return {
      id: call.ids(),
      code: bookingCode(Uint8Array.from({ length: 10 }, () => random.integer(0, 31))),
      service_id: services.get(service)!,
      office_id: officeId,
      operator_id: booking.operatorId,
      person_id: clients[turn % clients.length]!.id,
      starts_at: toRfc3339(booking.start),
      ends_at: toRfc3339(booking.end),
      state: booking.state,
      created_at: toRfc3339(booking.createdAt),
      updated_at: toRfc3339(booking.updatedAt),
    };
  };
}

/** Gives the people of the demo logins their place: a Did behind the jobseeker, an agenda ahead. */
async function nameTheKnown(
  call: Call,
  offices: readonly SeedOffice[],
  services: ReadonlyMap<string, string>,
  appointments: AppointmentRow[],
): Promise<(DemoPerson & { identity_key: string })[]> {
  const office = offices.find(({ code }) => code === DEMO_OFFICE)!;
  const operator = office.operators.find(({ skills }) => skills.includes('patto'))!;
  const indexOf = (test: (row: AppointmentRow) => boolean) =>
    appointments
      .map((row, index) => ({ row, index }))
      .filter(({ row }) => test(row))
      .sort((a, b) => a.row.starts_at.localeCompare(b.row.starts_at))
      .map(({ index }) => index);
  const ahead = indexOf(
    (row) =>
      row.operator_id === operator.id &&
      row.state === 'confirmed' &&
      row.service_id === services.get('primo-colloquio'),
  );
  const given = indexOf(
    (row) =>
      row.office_id === office.id && row.state === 'seen' && row.service_id === services.get('did'),
  ).at(-1);

  const places = [given, ...ahead.slice(0, DEMO_NEXT_IN_LINE.length)];
  const known = [DEMO_JOBSEEKER, ...DEMO_NEXT_IN_LINE];
  return Promise.all(
    known.map(async (one, index) => {
      const id = call.ids();
      const place = places[index];
      if (place !== undefined) appointments[place] = { ...appointments[place]!, person_id: id };
      return {
        id,
        given_name: one.givenName,
        family_name: one.familyName,
        email: one.email,
        domicile: one.domicile,
        locale: 'it' as const,
        identity_key: await identityKey(call.secrets, one),
      };
    }),
  );
}
