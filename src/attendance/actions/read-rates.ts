import { DateTime } from 'luxon';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { ZONE } from '../../platform/clock.ts';
import { type Estimate, wilson } from '../../reference/statistics/proportions.ts';
import { type Counted, countByLead, countOutcomes, type LeadCount } from '../store/rates.ts';

/** Whole months back that rates are told of, the present one besides. */
const MONTHS_BACK = 12;

/** Days from booking to appointment that rates are told by: the start of each group after the first. */
export const LEAD_BOUNDS = [1, 3, 7, 14, 21, 30, 45] as const;

/** A share of people who did not come, excused or not, with its 95% interval (Wilson 1927). */
export interface Rate {
  readonly n: number;
  readonly notCome: number;
  /** Undefined where nothing was recorded. */
  readonly share: Estimate | undefined;
}

export interface AttendanceRates {
  /** By office, service and month. */
  readonly rows: readonly (Counted & Rate)[];
  /** One for each group of days, in order; also those without appointments. */
  readonly byLead: readonly Rate[];
  readonly all: Rate;
}

/**
 * Who came and who did not, in the last year: of an operator's own offices, of all for planners and
 * administrators. What the office cancelled is not in it. @throws {Problem} 401, 403
 */
export async function readRates(call: Call): Promise<AttendanceRates> {
  const { actor } = call;
  authorise(actor, 'operator', 'planner', 'administrator');
  const officeIds = actor.kind === 'operator' ? actor.officeIds : undefined;
  const now = call.clock.now();
  const start = DateTime.fromMillis(now, { zone: ZONE })
    .startOf('month')
    .minus({ months: MONTHS_BACK })
    .toMillis();
  const window = { start, end: now };
  const counted = await countOutcomes(call.database, window, officeIds);
  const leads = await countByLead(call.database, window, officeIds, LEAD_BOUNDS);
  const rows = counted.map((one) => {
    const notCome = one.absent + one.excused;
    return { ...one, ...rateOf(one.seen + one.late + notCome, notCome) };
  });
  return {
    rows,
    byLead: [0, ...LEAD_BOUNDS].map((_, bucket) => leadRate(leads, bucket)),
    all: rateOf(
      rows.reduce((sum, { n }) => sum + n, 0),
      rows.reduce((sum, { notCome }) => sum + notCome, 0),
    ),
  };
}

function rateOf(n: number, notCome: number): Rate {
  return { n, notCome, share: n === 0 ? undefined : wilson(notCome, n) };
}

function leadRate(leads: readonly LeadCount[], bucket: number): Rate {
  const found = leads.find((one) => one.bucket === bucket);
  return rateOf(found?.n ?? 0, found?.notCome ?? 0);
}
