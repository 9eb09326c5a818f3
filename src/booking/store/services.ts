import { and, asc, eq, sql } from 'drizzle-orm';
import type { Instant } from '../../platform/clock.ts';
import { type Database, perDatabase, rows } from '../../platform/database.ts';
import { wasteTable } from '../rules/seating.ts';
import { occupiedMinutes } from '../rules/starts.ts';
import type {
  GridAnchor,
  Service,
  ServiceAudience,
  ServiceMode,
  ServiceSettings,
} from '../service.ts';
import { service } from '../table.ts';

export function toService(row: typeof service.$inferSelect): ServiceSettings {
  const { limitCount, limitDays, ...own } = row;
  return {
    ...own,
    limit:
      limitCount !== null && limitDays !== null
        ? { appointments: limitCount, days: limitDays }
        : undefined,
    mode: row.mode as ServiceMode,
    audience: row.audience as ServiceAudience,
    gridAnchor: row.gridAnchor as GridAnchor,
    videoAddress: row.videoAddress ?? undefined,
    lep: row.lep ?? undefined,
    resourceKind: row.resourceKind ?? undefined,
  };
}

/** Services on offer, in the order an office lists them. */
export async function listServices(database: Database): Promise<Service[]> {
  const found = await database
    .select()
    .from(service)
    .where(eq(service.active, true))
    .orderBy(asc(service.position), asc(service.code));
  return found.map(toService);
}

const byId = perDatabase((database) =>
  database
    .select()
    .from(service)
    .where(and(eq(service.id, sql.placeholder('id')), eq(service.active, true)))
    .prepare('service_by_id'),
);

export async function serviceById(database: Database, id: string): Promise<Service | undefined> {
  const [found] = await byId(database).execute({ id });
  return found && toService(found);
}

/** Days ahead that the service with the farthest horizon can be booked; 0 without services. */
export async function longestHorizon(database: Database): Promise<number> {
  const [found] = await rows<{ days: number | null }>(
    database,
    sql`select max(horizon_days)::int as days from service where active`,
  );
  return found?.days ?? 0;
}

/** How long what is known of the services' lengths may be used, in milliseconds. */
const KEPT_MS = 60_000;

const wasteKept = perDatabase(() => ({ until: 0, waste: [] as readonly number[] }));

/**
 * What free stretches lose, given the lengths of all services on offer; see `rules/seating.ts`. Read
 * again after a minute: it orders candidates, nothing depends on it.
 */
export async function wasteOfServices(
  database: Database,
  now: Instant,
): Promise<readonly number[]> {
  const kept = wasteKept(database);
  if (now >= kept.until || kept.until - now > KEPT_MS) {
    const services = await listServices(database);
    kept.waste = wasteTable(services.map(occupiedMinutes));
    kept.until = now + KEPT_MS;
  }
  return kept.waste;
}

export async function spokenLanguages(database: Database): Promise<string[]> {
  const found = await rows<{ language: string }>(
    database,
    sql`select distinct unnest(languages) as language from operator
      where active and bookable order by 1`,
  );
  return found.map(({ language }) => language);
}

/** Every service, also those out of use, in the order an office lists them. */
export async function listSettings(database: Database): Promise<ServiceSettings[]> {
  const found = await database
    .select()
    .from(service)
    .orderBy(asc(service.position), asc(service.code));
  return found.map(toService);
}

/** A service, also one out of use. */
export async function settingsById(
  database: Database,
  id: string,
): Promise<ServiceSettings | undefined> {
  const [found] = await database.select().from(service).where(eq(service.id, id));
  return found && toService(found);
}

/** @throws the fault of `service_code_unique` when the code is taken */
export async function insertService(
  transaction: Database,
  settings: ServiceSettings,
): Promise<void> {
  await transaction.insert(service).values(toRow(settings));
}

/** Writes the settings over version `from`; false when somebody else changed them meanwhile. */
export async function updateService(
  transaction: Database,
  settings: ServiceSettings,
  from: number,
): Promise<boolean> {
  const { id, ...change } = toRow(settings);
  const changed = await transaction
    .update(service)
    .set(change)
    .where(and(eq(service.id, id), eq(service.version, from)))
    .returning({ id: service.id });
  return changed.length > 0;
}

function toRow({ limit, ...settings }: ServiceSettings): typeof service.$inferInsert {
  return {
    ...settings,
    limitCount: limit?.appointments ?? null,
    limitDays: limit?.days ?? null,
    whatToBring: { it: [...settings.whatToBring.it], en: [...settings.whatToBring.en] },
    otherDurations: [...settings.otherDurations],
    videoAddress: settings.videoAddress ?? null,
    lep: settings.lep ?? null,
    resourceKind: settings.resourceKind ?? null,
  };
}

/** Who can do what: operators who receive, and their offices, by skill. */
export async function receivingBySkill(
  database: Database,
): Promise<ReadonlyMap<string, { readonly operators: number; readonly offices: number }>> {
  const found = await rows<{ skill: string; operators: number; offices: number }>(
    database,
    sql`select skill, count(*)::int as operators, count(distinct office_id)::int as offices
      from operator cross join unnest(skills) as skill where active and bookable group by skill`,
  );
  return new Map(found.map(({ skill, ...counts }) => [skill, counts]));
}
