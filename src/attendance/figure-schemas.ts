import { z } from '@hono/zod-openapi';
import { toRfc3339 } from '../platform/clock.ts';
import { instant, isoDate, uuid } from '../reference/fields.ts';
import type { Activity, ActivityRow } from './actions/read-activity.ts';
import type { AttendanceRates } from './actions/read-rates.ts';
import { GROUPINGS } from './rules/grouping.ts';
import type { KeptModel } from './store/models.ts';

const count = z.int().min(0).max(10_000_000);
const share = z.number().min(0).max(1);
const name = z
  .string()
  .max(300)
  .regex(/^[^\0]*$/u);
const estimateSchema = z
  .strictObject({ value: share, low: share, high: share })
  .openapi('ShareEstimate', { description: 'With its 95% interval (Wilson 1927).' });

/** Rows that one answer holds. */
const PAGE = 500;

const digits = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[0-9]+$/);

export const ratesQuerySchema = z.strictObject({
  office_id: uuid.optional(),
  cursor: digits(6).optional(),
  limit: z
    .string()
    .max(3)
    .regex(/^([1-9]|[1-9][0-9]|[1-4][0-9]{2}|500)$/)
    .optional()
    .openapi({ description: 'At most 500.' }),
});

export const ratesSchema = z
  .strictObject({
    n: count,
    not_come: count,
    share: estimateSchema.optional(),
    items: z
      .array(
        z
          .strictObject({
            office_id: uuid,
            service_id: uuid,
            month: z
              .string()
              .min(7)
              .max(7)
              .regex(/^[0-9]{4}-[0-9]{2}$/),
            seen: count,
            late: count,
            absent: count,
            excused: count,
            unrecorded: count,
            share: estimateSchema.optional(),
          })
          .openapi('AttendanceRate'),
      )
      .max(PAGE),
    next_cursor: digits(6).optional(),
  })
  .openapi('AttendanceRates');

export function toRatesWire(
  { rows, all }: AttendanceRates,
  officeId: string | undefined,
  { from, limit = PAGE }: { readonly from: number; readonly limit: number | undefined },
): z.infer<typeof ratesSchema> {
  const wanted = officeId === undefined ? rows : rows.filter((one) => one.officeId === officeId);
  const items = wanted.slice(from, from + limit).map((one) => ({
    office_id: one.officeId,
    service_id: one.serviceId,
    month: one.month,
    seen: one.seen,
    late: one.late,
    absent: one.absent,
    excused: one.excused,
    unrecorded: one.unrecorded,
    ...(one.share && { share: one.share }),
  }));
  return {
    n: all.n,
    not_come: all.notCome,
    ...(all.share && { share: all.share }),
    items,
    ...(wanted.length > from + limit && { next_cursor: String(from + limit) }),
  };
}

const coefficient = z.number().min(-1000).max(1000);
const termCode = z
  .string()
  .max(120)
  .regex(/^[^\p{Cc}]*$/u);

export const modelSchema = z
  .strictObject({
    id: uuid,
    fitted_at: instant,
    from: instant,
    to: instant,
    n: count,
    not_come: count,
    intercept: coefficient,
    terms: z
      .array(
        z
          .strictObject({ code: termCode, coefficient, standard_error: z.number().min(0).max(1e6) })
          .openapi('AttendanceModelTerm'),
      )
      .max(200),
    left_out: z.array(termCode).max(200),
    check: z
      .strictObject({
        n: count,
        auc: share.optional(),
        brier: share,
        brier_of_share: share,
        deciles: z
          .array(
            z
              .strictObject({ n: count, predicted: share, observed: share })
              .openapi('AttendanceModelDecile'),
          )
          .max(10),
      })
      .openapi('AttendanceModelCheck', {
        description: 'How a fit on the older four fifths foresaw the newest fifth.',
      }),
  })
  .openapi('AttendanceModel');

export const modelsSchema = z
  .strictObject({ items: z.array(modelSchema).max(30) })
  .openapi('AttendanceModels');

export function toModelWire({ id, fittedAt, card }: KeptModel): z.infer<typeof modelSchema> {
  const { check } = card;
  return {
    id,
    fitted_at: toRfc3339(fittedAt),
    from: toRfc3339(card.window.start),
    to: toRfc3339(card.window.end),
    n: card.n,
    not_come: card.notCome,
    intercept: card.intercept.coefficient,
    terms: card.terms.map((term) => ({
      code: term.code,
      coefficient: term.coefficient,
      standard_error: term.standardError,
    })),
    left_out: [...card.leftOut],
    check: {
      n: check.n,
      ...(check.auc !== null && { auc: check.auc }),
      brier: check.brier,
      brier_of_share: check.brierOfShare,
      deciles: check.deciles.map(({ n, predicted, observed }) => ({ n, predicted, observed })),
    },
  };
}

export const activityQuerySchema = z.strictObject({
  from_day: isoDate,
  to_day: isoDate.openapi({ description: 'Included; at most 366 days in all.' }),
  by: z.enum(GROUPINGS).default('service'),
});

const minutes = z.number().min(-100_000).max(10_000_000);
const activityShape = {
  booked: count,
  served: count,
  late: count,
  absent: count,
  excused: count,
  unrecorded: count,
  cancelled: count,
  by_office: count.openapi({ description: 'Cancelled or displaced by the office.' }),
  no_show: estimateSchema.optional(),
  lead_days: z.number().min(-1).max(10_000).optional().openapi({
    description: 'Median days from booking to appointment.',
  }),
  occupancy: z.number().min(0).max(1000).optional().openapi({
    description: 'Booked time over the time open by today’s hours; none for a service.',
  }),
  visits: count,
  without_booking: count,
  gone: count.openapi({ description: 'Went away, or did not come when called.' }),
  wait_median_minutes: minutes.optional(),
  wait_ninth_decile_minutes: minutes.optional(),
  delay_median_minutes: minutes
    .optional()
    .openapi({ description: 'From the booked hour, or the arrival after it, to being received.' }),
  operators: count.openapi({ description: 'How many received somebody; who is not told.' }),
};

export const activitySchema = z
  .strictObject({
    office_id: uuid,
    total: z.strictObject(activityShape).openapi('OfficeActivityFigures'),
    items: z
      .array(
        z
          .strictObject({
            service_id: uuid.optional(),
            service: name.optional(),
            from_day: isoDate.optional().openapi({ description: 'First day of the stretch.' }),
            ...activityShape,
          })
          .openapi('OfficeActivityRow'),
      )
      .max(400),
  })
  .openapi('OfficeActivity');

export function toActivityWire({ office, rows, total }: Activity): z.infer<typeof activitySchema> {
  return {
    office_id: office.id,
    total: toFigures(total),
    items: rows.map((row) => ({
      ...(row.serviceName
        ? { service_id: row.key, service: row.serviceName.it }
        : { from_day: row.key }),
      ...toFigures(row),
    })),
  };
}

function toFigures({ appointments: a, visits: v, noShow, occupancy }: ActivityRow) {
  return {
    booked: a.booked,
    served: a.served,
    late: a.late,
    absent: a.absent,
    excused: a.excused,
    unrecorded: a.unrecorded,
    cancelled: a.cancelled,
    by_office: a.byOffice,
    ...(noShow && { no_show: noShow }),
    ...(a.leadDays !== null && { lead_days: a.leadDays }),
    ...(occupancy !== undefined && { occupancy }),
    visits: v.visits,
    without_booking: v.withoutBooking,
    gone: v.gone,
    ...(v.waitMedian !== null && { wait_median_minutes: v.waitMedian }),
    ...(v.waitNinth !== null && { wait_ninth_decile_minutes: v.waitNinth }),
    ...(v.delayMedian !== null && { delay_median_minutes: v.delayMedian }),
    operators: v.operators,
  };
}
