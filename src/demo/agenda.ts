import { DateTime } from 'luxon';
import type { AppointmentState } from '../booking/table.ts';
import { openDays, type Schedule } from '../network/rules/openings.ts';
import { noShowShare } from '../planning/rules/backlog.ts';
import { DAY, type Instant, MINUTE, wall, ZONE } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import { type Demand, seasonOf } from './demand.ts';

export interface Booking {
  readonly operatorId: string;
  readonly service: string;
  readonly start: Instant;
  readonly end: Instant;
  readonly state: AppointmentState;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export interface AgendaOperator {
  readonly id: string;
  readonly skills: readonly string[];
  readonly schedule: Schedule;
}

/** What an operator’s day is cut into: a service, its length and how often it is the one. */
interface Mix {
  readonly cell: number;
  readonly services: readonly (readonly [code: string, minutes: number, weight: number])[];
  /** Ours: share of the past cells that were booked, where the office’s load does not say. */
  readonly load?: number;
  /** Ours: this agenda’s wait as a share of the wait for a first interview. */
  readonly wait: number;
}

const FIRST_INTERVIEW = 60;
const GUIDANCE = 60;
const JOB_SEARCH = 45;
const TARGETED = 60;
const DID = 30;
const INFORMATION = 20;

/** Weeks of history; days ahead that may be booked at all. */
const WEEKS_BACK = 6;
const FURTHEST = 148;

function mixOf(skills: readonly string[]): Mix | undefined {
  const has = (skill: string) => skills.includes(skill);
  if (has('patto')) {
    const other: Mix['services'][number] = has('orientamento')
      ? ['orientamento', GUIDANCE, 0.25]
      : ['ricerca-lavoro', JOB_SEARCH, 0.25];
    return { cell: 60, wait: 1, services: [['primo-colloquio', FIRST_INTERVIEW, 0.75], other] };
  }
  if (has('collocamento-mirato')) {
    const search: Mix['services'] = has('ricerca-lavoro')
      ? [['ricerca-lavoro', JOB_SEARCH, 0.4]]
      : [];
    return {
      cell: 60,
      wait: 0.3,
      load: 0.55,
      services: [['collocamento-mirato', TARGETED, 0.6], ...search],
    };
  }
  if (has('orientamento')) {
    return {
      cell: 60,
      wait: 0.3,
      load: 0.55,
      services: [
        ['orientamento', GUIDANCE, 0.55],
        ['ricerca-lavoro', JOB_SEARCH, 0.45],
      ],
    };
  }
  if (has('did')) return { cell: 30, wait: 0.05, load: 0.3, services: [['did', DID, 1]] };
  if (has('accoglienza'))
    return { cell: 20, wait: 0, load: 0.15, services: [['informazioni', INFORMATION, 1]] };
  return undefined;
}

/**
 * The appointments of one operator: six weeks that were, with how they ended, and what is booked
 * from now on: every cell until the office’s wait is over, then ever fewer.
 */
export function agendaOf(
  operator: AgendaOperator,
  demand: Demand,
  now: Instant,
  random: Random,
): Booking[] {
  const mix = mixOf(operator.skills);
  if (!mix) return [];
  const fullFor = demand.waitDays * mix.wait;
  const thinning = 3 + 0.25 * fullFor;
  const today = DateTime.fromMillis(now, { zone: ZONE }).startOf('day');
  const from = today.minus({ weeks: WEEKS_BACK }).toISODate()!;
  const ahead = Math.min(FURTHEST, Math.ceil(fullFor + 2.5 * thinning));
  const to = today.plus({ days: ahead }).toISODate()!;
  const load = Math.min(0.97, (mix.load ?? demand.load) * (0.9 + 0.2 * random.uniform()));
  const busy = mix.cell === 30 ? Math.min(0.97, load * seasonOf(wall(now).month)) : load;

  const bookings: Booking[] = [];
  for (const { open } of openDays(operator.schedule, from, to)) {
    for (const { start, end } of open) {
      for (let cell = start; cell + mix.cell * MINUTE <= end; cell += mix.cell * MINUTE) {
        const daysAhead = (cell - now) / DAY;
        const chance =
          cell < now
            ? busy
            : daysAhead < fullFor
              ? 1
              : 0.8 * Math.exp(-(daysAhead - fullFor) / thinning);
        if (random.uniform() >= chance) continue;
        const [service, minutes] = pickService(mix, random);
        const finish = cell + minutes * MINUTE;
        bookings.push({
          operatorId: operator.id,
          service,
          start: cell,
          end: finish,
          ...lifeOf(cell, finish, fullFor, now, random),
        });
      }
    }
  }
  return bookings;
}

function pickService({ services }: Mix, random: Random): readonly [string, number] {
  const all = services.reduce((sum, [, , weight]) => sum + weight, 0);
  let left = random.uniform() * all;
  for (const [code, minutes, weight] of services) {
    left -= weight;
    if (left < 0) return [code, minutes];
  }
  const [code, minutes] = services[0]!;
  return [code, minutes];
}

/** When it was booked and how it ended; who waits longer comes less (Green & Savin 2008). */
function lifeOf(
  start: Instant,
  end: Instant,
  waitDays: number,
  now: Instant,
  random: Random,
): Pick<Booking, 'state' | 'createdAt' | 'updatedAt'> {
  if (end > now) {
    // First come, first served: what is furthest ahead was booked last.
    const ago = Math.max(0.1, waitDays - (start - now) / DAY) * (0.8 + 0.4 * random.uniform());
    const createdAt = Math.round(now - ago * DAY);
    return { state: 'confirmed', createdAt, updatedAt: createdAt };
  }
  const lead = Math.max(1, waitDays) * (0.6 + 0.5 * random.uniform());
  const createdAt = Math.round(start - lead * DAY);
  const chance = random.uniform();
  const absent = noShowShare(waitDays);
  if (chance < 0.06) {
    const updatedAt = Math.round(start - lead * DAY * random.uniform());
    return { state: 'cancelled', createdAt, updatedAt };
  }
  if (chance < 0.065) return { state: 'revoked', createdAt, updatedAt: start - DAY };
  if (chance < 0.065 + absent) {
    const excused = random.uniform() < 0.2;
    return {
      state: excused ? 'excused' : 'absent',
      createdAt,
      updatedAt: excused ? Math.min(now, end + DAY) : end,
    };
  }
  return { state: 'seen', createdAt, updatedAt: end };
}
