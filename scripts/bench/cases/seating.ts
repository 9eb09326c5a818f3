import { compactStarts } from '../../../src/booking/rules/compact.ts';
import {
  reseat,
  type Seat,
  type Seated,
  type SeatOperator,
} from '../../../src/booking/rules/reseat.ts';
import { addedWaste, wasteTable } from '../../../src/booking/rules/seating.ts';
import { subtract } from '../../../src/network/rules/openings.ts';
import { type Instant, type Interval, MINUTE } from '../../../src/platform/clock.ts';
import { type Random, seeded } from '../../../src/platform/random.ts';
import type { Figure } from '../measure.ts';

const LENGTHS = [30, 45, 60];
const QUARTER = 15;
/** A morning of three operators with different skills; a skill is the length of its service. */
const MORNING = { start: 0, end: 240 * MINUTE };
const SKILLS = [
  ['30', '45', '60'],
  ['30', '45'],
  ['30', '60'],
];
const WASTE = wasteTable(LENGTHS);
const DAYS = 400;
/** What is asked for, against the minutes there are. */
const DEMAND = 1.15;

interface Request {
  readonly minutes: number;
  readonly start: Instant;
}

type Policy = (day: Day, request: Request) => boolean;

interface Day {
  readonly seated: Seated[];
}

function operatorsOf({ seated }: Day): SeatOperator[] {
  return SKILLS.map((skills, n) => ({
    id: String(n),
    skills,
    languages: ['it'],
    free: subtract(
      [MORNING],
      seated
        .filter(({ operatorId }) => operatorId === String(n))
        .map(({ during }) => during)
        .sort((a, b) => a.start - b.start),
    ),
  }));
}

const seatOf = ({ minutes }: Request, start: Instant): Seat => ({
  during: { start, end: start + minutes * MINUTE },
  skill: String(minutes),
  language: undefined,
});

const holds = (stretch: Interval, { start, end }: Interval) =>
  stretch.start <= start && end <= stretch.end;

/** Starts of the morning, those nearest to the one wished for first. */
function nearest(wished: Instant): Instant[] {
  return Array.from({ length: 240 / QUARTER }, (_, n) => n * QUARTER * MINUTE).sort(
    (a, b) => Math.abs(a - wished) - Math.abs(b - wished) || a - b,
  );
}

function take(day: Day, seat: Seat, operatorId: string): void {
  day.seated.push({ ...seat, id: String(day.seated.length), operatorId, movable: true });
}

/** First come, first slot: the nearest start that is free, with the first operator who has it. */
const firstSlot: Policy = (day, request) => {
  const operators = operatorsOf(day);
  for (const start of nearest(request.start)) {
    const seat = seatOf(request, start);
    const found = operators.find(
      ({ skills, free }) => skills.includes(seat.skill) && free.some((s) => holds(s, seat.during)),
    );
    if (found) {
      take(day, seat, found.id);
      return true;
    }
  }
  return false;
};

/** The nearest start too, but with the operator whose day loses least. */
const leastWaste: Policy = (day, request) => {
  const operators = operatorsOf(day);
  for (const start of nearest(request.start)) {
    const seat = seatOf(request, start);
    const [best] = operators
      .filter(({ skills }) => skills.includes(seat.skill))
      .flatMap(({ id, skills, free }) =>
        free
          .filter((stretch) => holds(stretch, seat.during))
          .map((stretch) => ({ id, lost: lost(stretch, seat.during), skills: skills.length })),
      )
      .sort((a, b) => a.lost - b.lost || a.skills - b.skills || a.id.localeCompare(b.id));
    if (best) {
      take(day, seat, best.id);
      return true;
    }
  }
  return false;
};

function lost(stretch: Interval, { start, end }: Interval): number {
  const minutes = (milliseconds: number) => milliseconds / MINUTE;
  return addedWaste(
    WASTE,
    minutes(start - stretch.start),
    minutes(end - start),
    minutes(stretch.end - end),
  );
}

/** The same, and others are re-seated before somebody is refused. */
const reseating = orReseat(leastWaste);

/**
 * The nearest start among those that break the morning up least, as services propose them that are
 * set so; then with the operator whose day loses least, and others re-seated.
 */
const compact = orReseat((day, request) => {
  const able = operatorsOf(day).filter(({ skills }) => skills.includes(String(request.minutes)));
  const service = { durationMinutes: request.minutes, bufferMinutes: 0, bufferBeforeMinutes: 0 };
  const open = nearest(request.start)
    .filter((start) =>
      able.some(({ free }) => free.some((s) => holds(s, seatOf(request, start).during))),
    )
    .sort((a, b) => a - b)
    .map((start) => ({ start, operators: 1 }));
  const shown = compactStarts(
    service,
    able.map(({ free }) => free),
    open,
    WASTE,
  );
  const [chosen] = shown.sort(
    (a, b) => Math.abs(a.start - request.start) - Math.abs(b.start - request.start),
  );
  return chosen !== undefined && leastWaste(day, { ...request, start: chosen.start });
});

/**
 * What more there is to win, and the service does not do: of the starts within an hour of the one
 * wished for, the person takes the one by which the day loses least; then others are re-seated.
 */
const proposed = orReseat((day, request) => {
  const operators = operatorsOf(day);
  const [best] = nearest(request.start)
    .flatMap((start) => {
      const seat = seatOf(request, start);
      const away = Math.abs(start - request.start);
      return operators
        .filter(({ skills }) => skills.includes(seat.skill))
        .flatMap(({ id, skills, free }) =>
          free
            .filter((stretch) => holds(stretch, seat.during))
            .map((stretch) => ({
              id,
              seat,
              away: away <= 60 * MINUTE ? 0 : away,
              lost: lost(stretch, seat.during),
              skills: skills.length,
            })),
        );
    })
    .sort((a, b) => a.away - b.away || a.lost - b.lost || a.skills - b.skills);
  if (!best) return false;
  take(day, best.seat, best.id);
  return true;
});

function orReseat(first: Policy): Policy {
  return (day, request) => first(day, request) || seatByMoving(day, request);
}

function seatByMoving(day: Day, request: Request): boolean {
  for (const start of nearest(request.start)) {
    const seat = seatOf(request, start);
    const found = reseat(seat, operatorsOf(day), day.seated);
    if (!found) continue;
    const moved = new Map(found.moves.map(({ id, to }) => [id, to]));
    day.seated.splice(
      0,
      day.seated.length,
      ...day.seated.map((one) => ({ ...one, operatorId: moved.get(one.id) ?? one.operatorId })),
    );
    take(day, seat, found.operatorId);
    return true;
  }
  return false;
}

function stream(random: Random): Request[] {
  const requests: Request[] = [];
  for (let minutes = 0; minutes < DEMAND * SKILLS.length * 240; ) {
    const length = random.pick(LENGTHS);
    requests.push({ minutes: length, start: random.integer(0, 15) * QUARTER * MINUTE });
    minutes += length;
  }
  return requests;
}

/**
 * The most minutes that any seating of all requests could fill, starts left to the office: exact, by
 * dynamic programming over the quarters left to each operator.
 */
function optimum(requests: readonly Request[]): number {
  const size = 240 / QUARTER + 1;
  let best = new Map<number, number>([[(size ** 3 - 1) as number, 0]]);
  for (const { minutes } of requests) {
    const next = new Map(best);
    for (const [state, filled] of best) {
      for (const [n, skills] of SKILLS.entries()) {
        if (!skills.includes(String(minutes))) continue;
        const left = Math.floor(state / size ** n) % size;
        const units = minutes / QUARTER;
        if (left < units) continue;
        const to = state - units * size ** n;
        next.set(to, Math.max(next.get(to) ?? 0, filled + minutes));
      }
    }
    best = next;
  }
  return Math.max(...best.values());
}

/**
 * The minutes filled when whoever comes first is served first, and everybody seated before them may
 * be given another operator and another hour: no calendar that keeps the order of arrival does
 * better without refusing somebody it could have seated. The office keeps every hour that it promised,
 * so this is out of reach; what it falls short of the optimum is the price of not knowing who comes
 * next.
 */
function inOrderOfArrival(requests: readonly Request[]): number {
  const size = 240 / QUARTER + 1;
  // Every way in which the quarters of the operators may be left by those seated so far.
  let states = new Set([size ** 3 - 1]);
  let filled = 0;
  for (const { minutes } of requests) {
    const next = new Set<number>();
    for (const state of states) {
      for (const [n, skills] of SKILLS.entries()) {
        const units = minutes / QUARTER;
        if (!skills.includes(String(minutes)) || Math.floor(state / size ** n) % size < units)
          continue;
        next.add(state - units * size ** n);
      }
    }
    if (next.size === 0) continue;
    states = next;
    filled += minutes;
  }
  return filled;
}

/** Share of the best possible seating that each policy reaches, on the same simulated mornings. */
export function seating(): Figure[] {
  const policies = { first_slot: firstSlot, least_waste: leastWaste, reseating, compact, proposed };
  const reached = {
    first_slot: 0,
    least_waste: 0,
    reseating: 0,
    compact: 0,
    proposed: 0,
    order_bound: 0,
  };
  let possible = 0;
  for (let seed = 0; seed < DAYS; seed++) {
    const requests = stream(seeded(seed));
    possible += optimum(requests);
    reached.order_bound += inOrderOfArrival(requests);
    for (const [name, policy] of Object.entries(policies)) {
      const day: Day = { seated: [] };
      for (const request of requests) {
        if (policy(day, request)) reached[name as keyof typeof reached] += request.minutes;
      }
    }
  }
  return Object.entries(reached).map(([name, minutes]) => ({
    name: `seating_${name}`,
    value: (100 * minutes) / possible,
    unit: '% of the optimum',
  }));
}
