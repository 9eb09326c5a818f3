import { DAY, type Instant, type Interval, MINUTE } from '../../platform/clock.ts';
import type { Service } from '../service.ts';
import { occupiedTime, startsWithin } from './starts.ts';

/** Minutes that may pass between one appointment of a visit and the next. Ours. */
export const LONGEST_WAIT_MINUTES = 15;

type Length = Parameters<typeof startsWithin>[0];

/** One appointment of a visit: what it is, and when each operator who can do it is free. */
export interface VisitPart {
  readonly service: Length & Pick<Service, 'durationMinutes'>;
  readonly free: ReadonlyMap<string, readonly Interval[]>;
}

/** A visit that fits: when each of its appointments begins, in order. */
export type VisitStarts = readonly Instant[];

/**
 * Every way to come once for several appointments, one after the other: of several services, or of a
 * family. Each begins when the one before has ended, at most {@link LONGEST_WAIT_MINUTES} later, with
 * the same operator or another. One visit for each first start inside `window`, with the least
 * waiting that the calendar allows.
 */
export function visitStarts(parts: readonly VisitPart[], window: Interval): VisitStarts[] {
  const [first] = parts;
  if (!first) return [];
  const firsts = new Set(
    [...first.free.values()].flatMap((free) => startsWithin(first.service, free, window)),
  );
  let search = searchFrom(parts, 0);
  return [...firsts]
    .sort((a, b) => a - b)
    .map((start) => {
      if (start >= search.until) search = searchFrom(parts, start);
      return follow(search, 0, { start, end: start + 1 }, new Map());
    })
    .filter((found) => found !== undefined);
}

/** What is looked through for the first starts of a day, and what was learnt of it. */
interface Search {
  readonly parts: readonly VisitPart[];
  /** Operators whose free time is the same are as good as one another. */
  readonly kinds: ReadonlyMap<string, number>;
  readonly until: Instant;
  /** Situations from which the rest was found not to fit: none is looked at twice. */
  readonly dead: Set<string>;
  /** Whether the rest would fit from a moment on, were nobody taken by the parts before. */
  readonly hopes: Map<string, boolean>;
}

/** Situations looked at in a day before its other starts are given up. Ours: no visit needs as many. */
const MOST_SITUATIONS = 2_000;

/** The longest that a visit can last after it began, and the longest buffer before it. */
const SPAN = 2 * DAY;

function searchFrom(all: readonly VisitPart[], from: Instant): Search {
  const until = from + DAY;
  const parts = all.map(({ service, free }) => ({
    service,
    free: new Map(
      [...free].map(([operatorId, stretches]) => [
        operatorId,
        stretches.filter(({ start, end }) => end > from - DAY && start < until + SPAN),
      ]),
    ),
  }));
  const known = new Map<string, number>();
  const kinds = new Map<string, number>();
  for (const id of new Set(parts.flatMap(({ free }) => [...free.keys()]))) {
    const key = JSON.stringify(parts.map(({ free }) => free.get(id) ?? []));
    kinds.set(id, known.get(key) ?? known.size);
    known.set(key, kinds.get(id)!);
  }
  return { parts, kinds, until, dead: new Set(), hopes: new Map() };
}

/** A bound that costs little: where it fails, no seating of operators can help. */
function isHopeful(search: Search, index: number, window: Interval): boolean {
  const part = search.parts[index];
  if (!part) return true;
  const key = `${index} ${window.start}`;
  const known = search.hopes.get(key);
  if (known !== undefined) return known;
  const starts = new Set(
    [...part.free.values()].flatMap((free) => startsWithin(part.service, free, window)),
  );
  const found = [...starts].some((start) =>
    isHopeful(search, index + 1, nextWindow(part.service, start)),
  );
  search.hopes.set(key, found);
  return found;
}

/** Where the part after one from `start` may begin. */
function nextWindow({ durationMinutes }: VisitPart['service'], start: Instant): Interval {
  const end = start + durationMinutes * MINUTE;
  return { start: end, end: end + LONGEST_WAIT_MINUTES * MINUTE + 1 };
}

/** Until when operators are taken by the parts before, buffers included. */
type Taken = ReadonlyMap<string, Instant>;

/** Seats the parts from `index` on, the next beginning inside `window`; undefined when none fits. */
function follow(
  search: Search,
  index: number,
  window: Interval,
  taken: Taken,
): VisitStarts | undefined {
  const part = search.parts[index];
  if (!part) return [];
  if (!isHopeful(search, index, window)) return undefined;
  const situation = situationOf(search, index, window, taken);
  if (search.dead.has(situation) || search.dead.size > MOST_SITUATIONS) return undefined;
  const { service } = part;
  const choices = [...part.free]
    .flatMap(([operatorId, free]) => {
      const from = taken.get(operatorId) ?? 0;
      const left = free.map(({ start, end }) => ({ start: Math.max(start, from), end }));
      return startsWithin(service, left, window).map((start) => ({ operatorId, start }));
    })
    .sort((a, b) => a.start - b.start);
  for (const { operatorId, start } of choices) {
    const more = new Map(taken).set(operatorId, occupiedTime(service, start).end);
    const rest = follow(search, index + 1, nextWindow(service, start), more);
    if (rest) return [start, ...rest];
  }
  search.dead.add(situation);
  return undefined;
}

/**
 * What decides whether the parts from `index` on fit: where the next may begin, and how many of each
 * kind of operator are taken, until when, as far as it matters to any of those parts.
 */
function situationOf(
  { parts, kinds }: Search,
  index: number,
  window: Interval,
  taken: Taken,
): string {
  const rest = parts.slice(index).map(({ service }) => service);
  const before = rest.map(({ bufferBeforeMinutes }) => bufferBeforeMinutes);
  const first = window.start - Math.max(...before) * MINUTE;
  const follows = rest.slice(0, -1).map((one) => one.durationMinutes + LONGEST_WAIT_MINUTES);
  const last = window.end + follows.reduce((sum, minutes) => sum + minutes, 0) * MINUTE;
  const busy = [...taken]
    .filter(([, until]) => until > first)
    .map(([operatorId, until]) => `${kinds.get(operatorId)}@${Math.min(until, last)}`);
  return [index, window.start, ...busy.sort()].join(' ');
}
