import { TERMINATIONS, UNEMPLOYMENT_2019 } from '../planning/first-standards.ts';
import { noShowShare } from '../planning/rules/backlog.ts';
import { seasonalIndices } from '../planning/rules/seasonality.ts';
import { seeded } from '../platform/random.ts';

/**
 * People taken in charge in Sicily under GOL in 2025: 223,476 (INAPP Focus GOL, 31.12.2025; the
 * unit of count changed that year).
 */
const TAKEN_IN_CHARGE_2025 = 223_476;

/** How the ends of employment in Sicily spread over the quarters, a mean one being 1. */
const SEASON = seasonalIndices(TERMINATIONS, 4);

/** Ours: the share of them whose first interview is booked through the calendar. */
const BY_APPOINTMENT = 0.36;

/** Ours: the waits that are told, in days, whatever the flows say: four months in Palermo, days in Messina. */
const TOLD: Readonly<Record<string, number>> = { 'pa-palermo': 118, 'me-messina': 6 };

/** Ours: how long an office that has too few slots has been falling behind. */
const WEEKS_OF_BACKLOG = 13;

/** Ours: leave, vacancies and custom make some offices busier than people and posts alone tell. */
const BUSIEST = 1.55;
const QUIETEST = 0.75;

export interface Bacino {
  readonly code: string;
  /** Mark of the province. */
  readonly province: string;
  readonly population: number;
  /** First interviews the office can hold in a week. */
  readonly slots: number;
}

export interface Demand extends Bacino {
  /** First interviews asked for in a week. */
  readonly asked: number;
  /** Days to the first free appointment for a first interview. */
  readonly waitDays: number;
  /** Share of the past slots that were booked. */
  readonly load: number;
}

/**
 * Spreads the regional flow over the bacini by their working stock of unemployed (planning: U_k =
 * population × unemployment; the share of working age is taken as equal), and sets each office's
 * wait: some days while it keeps up, and the backlog of thirteen weeks where it does not.
 */
export function demandOf(bacini: readonly Bacino[]): Demand[] {
  const stock = ({ province, population }: Bacino) => population * UNEMPLOYMENT_2019[province]!;
  const all = bacini.reduce((sum, bacino) => sum + stock(bacino), 0);
  const weekly = (TAKEN_IN_CHARGE_2025 / 52) * BY_APPOINTMENT;
  // Always the same variation: it is a trait of the offices, not of one run.
  const variation = seeded(64);
  return bacini.map((bacino) => {
    const busyness = QUIETEST + (BUSIEST - QUIETEST) * variation.uniform();
    const asked = (weekly * stock(bacino)) / all;
    const pressure = (busyness * asked) / (bacino.slots * (1 - noShowShare(14)));
    const keepingUp = 2 + 12 * Math.min(1, pressure) ** 6;
    const fallingBehind = 7 * WEEKS_OF_BACKLOG * Math.max(0, pressure - 1);
    const waitDays = TOLD[bacino.code] ?? Math.round(Math.min(90, keepingUp + fallingBehind));
    return { ...bacino, asked, waitDays, load: Math.min(0.96, Math.max(0.35, pressure)) };
  });
}

/** How much busier than the year's average a month is; 1 is January. */
export function seasonOf(month: number): number {
  return SEASON[Math.floor((month - 1) / 3)]!;
}
