/** Bacino against organico: what each office's people, demand and calendar come to. */
import type { OfficeProvenance } from '../../network/table.ts';
import type { Instant, IsoDate } from '../../platform/clock.ts';
import type { Point } from '../../reference/distance.ts';
import { allotFlow, workingStock } from './bacino.ts';
import { type Figure, type FigureNature, MEASURES } from './figures.ts';
import { gini, percentileRatio } from './inequality.ts';
import { seasonalIndices } from './seasonality.ts';
import { asPosts, type CategoryCount } from './what-if.ts';
import { type OfficeWorkload, officeWorkload, type Standards } from './workload.ts';

export interface BacinoComune {
  readonly name: string;
  readonly province: string;
  readonly population: number;
  readonly point: Point | null;
  /** Whether a source assigns it to the office, a rule of ours, or the administration itself. */
  readonly kind: 'sourced' | 'computed' | 'declared';
}

export interface PlannedOffice {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly seat: string;
  readonly province: string;
  readonly provinceName: string;
  readonly region: string;
  readonly point: Point;
  readonly provenance: Pick<OfficeProvenance, 'seat' | 'bacino' | 'staff'>;
  readonly comuni: readonly BacinoComune[];
  readonly organico: readonly CategoryCount[];
}

/** Third next available appointment of one service; `days` null when the calendar has none. */
export interface Wait {
  readonly days: number | null;
  readonly at: Instant | null;
}

interface Demand {
  readonly activity: string;
  readonly volume: number;
  readonly nature: FigureNature;
  readonly source: string;
}

export interface OfficePlan {
  readonly office: PlannedOffice;
  readonly population: number;
  /** People of working age without work, as far as the rates tell. */
  readonly stock: number;
  readonly staff: number;
  readonly demand: readonly Demand[];
  /** People taken in charge in a year. */
  readonly users: number;
  readonly usersPerOperator: number | null;
  readonly workload: OfficeWorkload;
  readonly wait: Wait;
}

/** Activity whose volume counts people taken in charge. */
export const USERS_ACTIVITY = 'first-interview';

/** The newest figure of each measure for whom `matches`. */
function newest(figures: readonly Figure[], matches: (figure: Figure) => boolean) {
  const found = new Map<string, Figure>();
  for (const figure of figures) {
    if (!matches(figure)) continue;
    const known = found.get(figure.measure);
    if (!known || known.periodStart < figure.periodStart) found.set(figure.measure, figure);
  }
  return found;
}

/** People without work of each office's bacino. A province without a rate has the mean of the others. */
function stocksOf(offices: readonly PlannedOffice[], figures: readonly Figure[]): number[] {
  const rates = newestByProvince(
    figures.filter(({ measure }) => measure === MEASURES.unemploymentRate),
  );
  const mean =
    rates.size === 0 ? 1 : [...rates.values()].reduce((sum, rate) => sum + rate, 0) / rates.size;
  const shares = new Map<string, number>();
  for (const region of new Set(offices.map((office) => office.region))) {
    const known = newest(figures, (figure) => figure.region === region);
    shares.set(region, known.get(MEASURES.workingAgeShare)?.value ?? 1);
  }
  return offices.map(({ region, comuni }) =>
    workingStock(
      comuni.map(({ population, province }) => ({
        population,
        workingAgeShare: shares.get(region) ?? 1,
        unemploymentRate: rates.get(province) ?? mean,
      })),
    ),
  );
}

function newestByProvince(rates: readonly Figure[]): Map<string, number> {
  const sorted = rates.toSorted((a, b) => a.periodStart.localeCompare(b.periodStart));
  return new Map(sorted.flatMap(({ province, value }) => (province ? [[province, value]] : [])));
}

/**
 * Yearly demand of each office: its own figure where there is one, else its share of the region's
 * flow by the people without work in its bacino.
 */
function demands(
  offices: readonly PlannedOffice[],
  stocks: readonly number[],
  figures: readonly Figure[],
  activities: readonly string[],
): Demand[][] {
  const wanted = new Set(activities);
  const lists = offices.map((): Demand[] => []);
  for (const region of new Set(offices.map((office) => office.region))) {
    const members = offices.flatMap((office, i) => (office.region === region ? [i] : []));
    const shares = allotFlow(
      1,
      members.map((i) => stocks[i]!),
    );
    const flows = newest(figures, (figure) => figure.region === region);
    for (const [position, i] of members.entries()) {
      const own = newest(figures, (figure) => figure.officeId === offices[i]!.id);
      for (const activity of wanted) {
        const figure = own.get(activity);
        const flow = flows.get(activity);
        if (figure)
          lists[i]!.push({
            activity,
            volume: figure.value,
            nature: figure.nature,
            source: figure.source,
          });
        else if (flow)
          lists[i]!.push({
            activity,
            volume: flow.value * shares[position]!,
            nature: flow.nature === 'demo' ? 'demo' : 'computed',
            source: flow.source,
          });
      }
    }
  }
  return lists;
}

export function officePlans(
  offices: readonly PlannedOffice[],
  standards: Standards,
  figures: readonly Figure[],
  waits: ReadonlyMap<string, Wait>,
): OfficePlan[] {
  const stocks = stocksOf(offices, figures);
  const codes = standards.activities.map(({ code }) => code);
  const lists = demands(offices, stocks, figures, codes);
  return offices.map((office, i) => {
    const demand = lists[i]!;
    const volumes = new Map(demand.map(({ activity, volume }) => [activity, volume]));
    const staff = office.organico.reduce((sum, { count }) => sum + count, 0);
    const users = volumes.get(USERS_ACTIVITY) ?? 0;
    return {
      office,
      population: office.comuni.reduce((sum, comune) => sum + comune.population, 0),
      stock: stocks[i]!,
      staff,
      demand,
      users,
      usersPerOperator: staff > 0 ? users / staff : null,
      workload: officeWorkload(standards, volumes, asPosts(office.organico)),
      wait: waits.get(office.id) ?? { days: null, at: null },
    };
  });
}

export interface NetworkFacts {
  readonly offices: number;
  readonly population: number;
  readonly users: number;
  readonly staff: number;
  readonly byCategory: readonly CategoryCount[];
  readonly need: number;
  /** Sum of what each office lacks; a surplus elsewhere does not help who waits here. */
  readonly shortage: number;
  /** Gini of operators over the users they have, 0 equal. */
  readonly inequality: number;
  /** Users per operator: 90th over 10th percentile of the offices. */
  readonly spread: number | null;
  /** The office whose wait is longest, the calendar's end counting as the longest of all. */
  readonly longestWait: OfficePlan | null;
}

export function networkFacts(plans: readonly OfficePlan[]): NetworkFacts {
  const sum = (of: (plan: OfficePlan) => number) =>
    plans.reduce((total, plan) => total + of(plan), 0);
  const counts = new Map<string, CategoryCount>();
  for (const each of plans.flatMap(({ office }) => office.organico)) {
    const count = (counts.get(each.category)?.count ?? 0) + each.count;
    counts.set(each.category, { ...each, count });
  }
  const waiting = plans.toSorted((a, b) => waitForSorting(b) - waitForSorting(a));
  return {
    offices: plans.length,
    population: sum((plan) => plan.population),
    users: sum((plan) => plan.users),
    staff: sum((plan) => plan.staff),
    byCategory: [...counts.values()].sort((a, b) => a.level - b.level),
    need: sum((plan) => plan.workload.total),
    shortage: sum((plan) => plan.workload.balance.shortage),
    inequality: gini(
      plans.map((plan) => plan.staff),
      plans.map((plan) => plan.users),
    ),
    spread: percentileRatio(plans.flatMap((plan) => plan.usersPerOperator ?? [])),
    longestWait: waiting[0] ?? null,
  };
}

/** No free start in the calendar is longer than any that is there. */
export function waitForSorting(plan: OfficePlan): number {
  return plan.wait.days ?? Number.POSITIVE_INFINITY;
}

/** Quarterly indices of a region's inflow, first quarter first; null without two years of figures. */
export function inflowSeasons(
  figures: readonly Figure[],
  region: string,
): readonly number[] | null {
  const series = figures
    .filter((figure) => figure.measure === MEASURES.terminations && figure.region === region)
    .sort((a, b) => a.periodStart.localeCompare(b.periodStart));
  if (series.length < 8) return null;
  return seasonalIndices(
    series.map(({ value }) => value),
    4,
    quarterOf(series[0]!.periodStart),
  );
}

function quarterOf(date: IsoDate): number {
  return Math.floor((Number(date.slice(5, 7)) - 1) / 3);
}
