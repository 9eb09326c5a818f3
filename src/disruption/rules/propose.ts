import { occupiedMinutes, occupiedTime, startsWithin } from '../../booking/rules/starts.ts';
import type { Service } from '../../booking/service.ts';
import { subtract } from '../../network/rules/openings.ts';
import { type Instant, type Interval, MINUTE } from '../../platform/clock.ts';
import { assign } from './assignment.ts';

/** Somebody whose time is taken away. */
export interface Unseated {
  readonly id: string;
  readonly start: Instant;
  readonly operatorId: string;
  readonly officeId: string;
  /** With the appointment's own length. */
  readonly service: Pick<
    Service,
    | 'durationMinutes'
    | 'bufferMinutes'
    | 'bufferBeforeMinutes'
    | 'gridMinutes'
    | 'gridAnchor'
    | 'minNoticeMinutes'
    | 'horizonDays'
    | 'skill'
    | 'operators'
    | 'resourceKind'
    | 'audience'
  >;
  /** Must be spoken, ISO 639-1. */
  readonly language: string | undefined;
  /** The operator was promised: nobody else will do. */
  readonly promised: boolean;
}

/** An operator who may receive instead, and when they are free. */
export interface Bench {
  readonly operatorId: string;
  readonly officeId: string;
  readonly skills: readonly string[];
  readonly languages: readonly string[];
  readonly free: readonly Interval[];
  /** Kilometres from the office that is disrupted; 0 for itself. */
  readonly km: number;
}

export interface Seat {
  readonly officeId: string;
  readonly operatorId: string;
  readonly start: Instant;
}

/** Minutes that a changed operator weighs when hours are compared. Ours. */
const OTHER_OPERATOR_MINUTES = 15;
/** Minutes that a kilometre of way weighs when hours are compared. Ours: an hour's shift for 20 km. */
const MINUTES_PER_KM = 3;

/**
 * Another time for each, as far as there is any; people stand in the order of their right (the
 * earliest booking first). Three rounds, each with what the one before left:
 *
 * 1. the same hour with another operator of the office, so that nobody has to come at another time;
 * 2. another hour there, as near to the old one as can be, their own operator rather than another;
 * 3. another office, the way weighed against the hours.
 *
 * Rounds seat as many as can be and move them as little as can be, among those who begin at the same
 * hour in the first, among those who need the same length of time in the others (see
 * `rules/assignment.ts`). Who needs several operators at once, or a room, is left to people.
 * @param window where other hours are looked for
 */
export function propose(
  people: readonly Unseated[],
  benches: readonly Bench[],
  window: Interval,
): Map<string, Seat> {
  const free = new Map(benches.map((bench) => [bench.operatorId, bench.free]));
  const given = new Map<string, Seat>();
  const simple = people.filter(
    ({ service }) => service.operators === 1 && service.resourceKind === undefined,
  );
  const left = () => simple.filter(({ id }) => !given.has(id));
  const seat = (group: readonly Unseated[], seats: readonly Seat[], cost: Cost) => {
    const costs = group.map((person) => seats.map((one) => cost(person, one)));
    for (const [index, chosen] of assign(costs).entries()) {
      const person = group[index]!;
      const one = chosen === undefined ? undefined : seats[chosen]!;
      if (!one) continue;
      given.set(person.id, one);
      const { operatorId } = one;
      free.set(
        operatorId,
        subtract(free.get(operatorId)!, [occupiedTime(person.service, one.start)]),
      );
    }
  };
  const byId = new Map(benches.map((bench) => [bench.operatorId, bench]));
  const holds = (operatorId: string, during: Interval) =>
    free.get(operatorId)!.some(({ start, end }) => start <= during.start && during.end <= end);

  for (const group of grouped(left(), ({ start }) => start)) {
    const { start } = group[0]!;
    const seats = benches.map(({ operatorId, officeId }) => ({ operatorId, officeId, start }));
    seat(group, seats, (person, one) => {
      const bench = byId.get(one.operatorId)!;
      const able = bench.km === 0 && mayReceive(bench, person);
      return able && holds(one.operatorId, occupiedTime(person.service, start))
        ? bench.skills.length
        : Number.POSITIVE_INFINITY;
    });
  }
  for (const elsewhere of [false, true]) {
    for (const group of hundreds(grouped(left(), ({ service }) => -shapeOf(service)))) {
      const { service } = group[0]!;
      const seats = benches
        .filter(({ km }) => km > 0 === elsewhere)
        .flatMap(({ operatorId, officeId }) =>
          apart(startsWithin(service, free.get(operatorId)!, window), occupiedMinutes(service)).map(
            (start) => ({ operatorId, officeId, start }),
          ),
        );
      seat(group, seats, (person, one) => {
        const bench = byId.get(one.operatorId)!;
        if (!mayReceive(bench, person) || (elsewhere && person.service.audience !== 'anyone'))
          return Number.POSITIVE_INFINITY;
        const shift = Math.abs(one.start - person.start) / MINUTE;
        const other = one.operatorId === person.operatorId ? 0 : OTHER_OPERATOR_MINUTES;
        return shift + other + bench.km * MINUTES_PER_KM;
      });
    }
  }
  return given;
}

type Cost = (person: Unseated, seat: Seat) => number;

function mayReceive(bench: Bench, { service, language, promised, operatorId }: Unseated): boolean {
  return (
    bench.skills.includes(service.skill) &&
    (language === undefined || bench.languages.includes(language)) &&
    (!promised || bench.operatorId === operatorId)
  );
}

/** A number that tells lengths, buffers and grids apart, the longest largest. */
function shapeOf(service: Unseated['service']): number {
  const { bufferBeforeMinutes, gridMinutes } = service;
  return (occupiedMinutes(service) * 1000 + bufferBeforeMinutes) * 1000 + gridMinutes;
}

/** Groups of a hundred at most: finding the best for all of a larger one takes too long. */
function hundreds<T>(groups: readonly T[][]): T[][] {
  return groups.flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / 100) }, (_, part) =>
      group.slice(part * 100, part * 100 + 100),
    ),
  );
}

/** Starts that leave each other room, the first of each stretch first. */
function apart(starts: readonly Instant[], minutes: number): Instant[] {
  const chosen: Instant[] = [];
  for (const start of starts) {
    const last = chosen.at(-1);
    if (last === undefined || start >= last + minutes * MINUTE) chosen.push(start);
  }
  return chosen;
}

/** Those who share a key, groups in the order of the key, members in the order they stood in. */
function grouped<T>(list: readonly T[], keyOf: (item: T) => number): T[][] {
  const groups = new Map<number, T[]>();
  for (const item of list) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups].sort(([a], [b]) => a - b).map(([, members]) => members);
}
