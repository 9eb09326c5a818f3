import { merge, subtract } from '../../network/rules/openings.ts';
import { DAY, type Instant, type Interval } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { compactStarts } from '../rules/compact.ts';
import { fits, type OpenStart, openStarts } from '../rules/starts.ts';
import type { Service } from '../service.ts';
import {
  type Among,
  type EarliestStart,
  earliestStarts,
  freeStretches,
  takenRooms,
} from '../store/search.ts';

/** Whether a start of the service depends on more than one operator being free. */
function needsSeveral(service: Service): boolean {
  return service.operators > 1 || service.resourceKind !== undefined;
}

/**
 * Every start of a service at an office inside `window`: enough operators free together and, where
 * it takes one, a desk or a room.
 */
export async function startsAt(
  database: Database,
  service: Service,
  officeId: string,
  window: Interval,
  among: Among = {},
): Promise<OpenStart[]> {
  if (window.start >= window.end) return [];
  const free = await freeStretches(database, service, officeId, window, among);
  const all = openStarts(service, free.values(), window);
  const starts =
    service.compactStarts && among.compactBy
      ? compactStarts(service, free.values(), all, among.compactBy)
      : all;
  const { resourceKind } = service;
  if (resourceKind === undefined || starts.length === 0) return starts;
  const reach = { start: window.start - DAY, end: window.end + DAY };
  const taken = await takenRooms(database, resourceKind, officeId, reach, among);
  const rooms = [...taken.values()].map((busy) => subtract([reach], merge(busy)));
  return starts.filter(({ start }) => rooms.some((free) => fits(service, free, start)));
}

/** Days read at once when a start needs several operators or a room. */
const STEP = 14 * DAY;

/**
 * The first real start of each office inside `window`, offices without one left out: one statement
 * where a single operator is enough; else office by office, two weeks at a time.
 */
export async function firstStarts(
  database: Database,
  service: Service,
  officeIds: readonly string[],
  window: Interval,
  among: Among = {},
): Promise<EarliestStart[]> {
  if (window.start >= window.end || officeIds.length === 0) return [];
  const alone = { ...service, operators: 1, resourceKind: undefined };
  const earliest = await earliestStarts(database, alone, officeIds, window, among);
  if (!needsSeveral(service)) return earliest;
  const found = await Promise.all(
    earliest.map(async ({ officeId, start }) => ({
      officeId,
      start: await firstTogether(database, service, officeId, { start, end: window.end }, among),
    })),
  );
  return found
    .filter((one): one is EarliestStart => one.start !== undefined)
    .sort((a, b) => a.start - b.start);
}

async function firstTogether(
  database: Database,
  service: Service,
  officeId: string,
  window: Interval,
  among: Among,
): Promise<Instant | undefined> {
  for (let from = window.start; from < window.end; from += STEP) {
    const part = { start: from, end: Math.min(from + STEP, window.end) };
    const [first] = await startsAt(database, service, officeId, part, among);
    if (first) return first.start;
  }
  return undefined;
}
