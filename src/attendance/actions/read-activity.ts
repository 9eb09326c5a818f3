import { authorise, authoriseOffice } from '../../identity/authorise.ts';
import { openDays } from '../../network/rules/openings.ts';
import { type OfficeSummary, officeById, receivingOperators } from '../../network/store.ts';
import type { Call } from '../../platform/call.ts';
import { DAY, type IsoDate, MINUTE, midnight, wall } from '../../platform/clock.ts';
import { type Bilingual, invalid, notFound } from '../../platform/problem.ts';
import { type Estimate, wilson } from '../../reference/statistics/proportions.ts';
import type { Grouping } from '../rules/grouping.ts';
import {
  type Appointments,
  countAppointments,
  countVisits,
  receiversOf,
  servicesByKey,
  type Visits,
} from '../store/activity.ts';

/** Days that one look may span. Ours. */
const MOST_DAYS = 366;

export interface ActivityRow {
  /** A service's id, or the first day of the stretch. */
  readonly key: string;
  /** Of a service. */
  readonly serviceName: Bilingual | undefined;
  readonly appointments: Appointments;
  readonly visits: Visits;
  /** Of those expected whose outcome was recorded, who did not come, excused or not. */
  readonly noShow: Estimate | undefined;
  /** Share of the open time that appointments took; of a service there is none. */
  readonly occupancy: number | undefined;
}

export interface Activity {
  readonly office: OfficeSummary;
  readonly rows: readonly ActivityRow[];
  readonly total: ActivityRow;
}

/**
 * What an office did between two days, both included: for the whole office, never by named operator.
 * Open time is that of today's hours and closures. A median of the total is taken over all, not over
 * the rows. @throws {Problem} 401, 403 another office; 404; 422 the days
 */
export async function readActivity(
  call: Call,
  wanted: {
    readonly officeId: string;
    readonly from: IsoDate;
    readonly to: IsoDate;
    readonly by: Grouping;
  },
): Promise<Activity> {
  const { actor, database } = call;
  const { officeId, from, to, by } = wanted;
  authorise(actor, 'operator', 'planner', 'administrator', 'system');
  if (actor.kind !== 'planner') authoriseOffice(actor, officeId);
  const window = { start: midnight(from), end: midnight(to, 1) };
  if (window.end <= window.start || window.end > midnight(from, MOST_DAYS)) {
    const words = {
      it: `L’ultimo giorno viene dopo il primo, al massimo ${MOST_DAYS} giorni.`,
      en: `The last day comes after the first, ${MOST_DAYS} days at most.`,
    };
    throw invalid({ errors: [{ pointer: '/to_day', detail: words[call.locale] }] });
  }
  const office = await officeById(database, officeId);
  if (!office) throw notFound();
  const [appointments, visits, [all], [allVisits], services, open] = [
    await countAppointments(database, officeId, window, by),
    await countVisits(database, officeId, window, by),
    await countAppointments(database, officeId, window),
    await countVisits(database, officeId, window),
    by === 'service' ? await servicesByKey(database) : new Map<string, Bilingual>(),
    await openMinutes(call, officeId, wanted),
  ];
  const keys = [...new Set([...appointments, ...visits].map(({ key }) => key))].sort();
  const rows = keys.map((key) =>
    toRow(
      key,
      services.get(key),
      appointments.find((one) => one.key === key),
      visits.find((one) => one.key === key),
      by === 'service' ? undefined : open.get(key),
    ),
  );
  const minutes = [...open.values()].reduce((sum, one) => sum + one, 0);
  return { office, rows, total: toRow('total', undefined, all, allVisits, minutes) };
}

function toRow(
  key: string,
  serviceName: Bilingual | undefined,
  appointments: Appointments = { ...NOTHING_BOOKED, key },
  visits: Visits = { ...NOBODY_CAME, key },
  open: number | undefined,
): ActivityRow {
  const { served, absent, excused, minutes } = appointments;
  const recorded = served + absent + excused;
  return {
    key,
    serviceName,
    appointments,
    visits,
    noShow: recorded === 0 ? undefined : wilson(absent + excused, recorded),
    occupancy: open === undefined || open === 0 ? undefined : minutes / open,
  };
}

const NOTHING_BOOKED = {
  booked: 0,
  served: 0,
  late: 0,
  absent: 0,
  excused: 0,
  unrecorded: 0,
  cancelled: 0,
  byOffice: 0,
  leadDays: null,
  minutes: 0,
};
const NOBODY_CAME = {
  visits: 0,
  withoutBooking: 0,
  gone: 0,
  waitMedian: null,
  waitNinth: null,
  delayMedian: null,
  operators: 0,
};

/** Minutes that the operators of an office receive, by stretch. */
async function openMinutes(
  call: Call,
  officeId: string,
  { from, to, by }: { readonly from: IsoDate; readonly to: IsoDate; readonly by: Grouping },
): Promise<Map<string, number>> {
  const unit = by === 'service' ? 'day' : by;
  const window = { start: midnight(from) - DAY, end: midnight(to) + 2 * DAY };
  const operatorIds = await receiversOf(call.database, officeId);
  const minutes = new Map<string, number>();
  if (operatorIds.length === 0) return minutes;
  for (const schedule of await receivingOperators(call.database, window, operatorIds)) {
    if (schedule.officeId !== officeId) continue;
    for (const { day, open } of openDays(schedule, from, to)) {
      const key = wall(midnight(day)).startOf(unit).toISODate()!;
      const sum = open.reduce((total, { start, end }) => total + (end - start) / MINUTE, 0);
      minutes.set(key, (minutes.get(key) ?? 0) + sum);
    }
  }
  return minutes;
}
