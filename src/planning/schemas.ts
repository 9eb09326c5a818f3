import { z } from '@hono/zod-openapi';
import { toRfc3339 } from '../platform/clock.ts';
import { instant, isoDate, uuid } from '../reference/fields.ts';
import { SORT_KEYS } from './actions/list-office-plans.ts';
import type { OfficeDetail } from './actions/read-office-plan.ts';
import type { OfficePlan } from './rules/office-plan.ts';
import { roundPosts } from './rules/wisn.ts';
import type { OfficeOutlook, ScenarioLevers, ScenarioResults } from './scenario.ts';
import type { SavedScenario } from './store.ts';

const line = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\p{Cc}]*$/u);
const count = (max: number) => z.int().min(0).max(max);
const posts = z.number().min(-1_000_000).max(1_000_000);
const code = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[A-Za-z0-9_-]+$/);
const officeCode = z
  .string()
  .min(2)
  .max(60)
  .regex(/^[a-z0-9-]{2,60}$/)
  .openapi({ example: 'pa-palermo' });
const days = z.number().min(0).max(100_000);
const kind = z.enum(['sourced', 'computed', 'declared']);

const levelSchema = z
  .strictObject({
    level: z.int().min(1).max(100),
    need: posts,
    have: posts,
    shortage: posts,
    ratio: z.number().min(0).max(1_000_000).optional(),
  })
  .openapi('LevelBalance');

const waitSchema = z
  .strictObject({
    service_code: code(60).optional(),
    third_next_available_at: instant.optional(),
    days: count(10_000)
      .optional()
      .openapi({ description: 'Absent when the calendar has no three free starts.' }),
  })
  .openapi('OfficeWait');

const planFields = {
  office_id: uuid,
  office_code: officeCode,
  office_name: line(200),
  province: z
    .string()
    .min(2)
    .max(2)
    .regex(/^[A-Z]{2}$/),
  bacino: z.strictObject({
    population: count(100_000_000),
    comuni: count(10_000),
    job_seekers: count(100_000_000),
  }),
  staff: z.strictObject({
    total: count(1_000_000),
    by_category: z
      .array(
        z.strictObject({
          category: code(60),
          level: z.int().min(1).max(100),
          count: count(1_000_000),
        }),
      )
      .max(100),
  }),
  users_per_year: count(100_000_000),
  users_per_operator: z.number().min(0).max(100_000_000).optional(),
  need: z.strictObject({
    posts: posts.openapi({ description: 'Full-time posts the workload asks for (WISN).' }),
    whole_posts: count(1_000_000),
    difference: posts.openapi({ description: 'Staff minus posts needed.' }),
    ratio: z.number().min(0).max(1_000_000).optional(),
    qualified_shortage: posts.openapi({
      description: 'Posts that no surplus of lower categories can make good.',
    }),
    levels: z.array(levelSchema).max(100),
  }),
  wait: waitSchema,
  provenance: z.strictObject({ seat: kind, bacino: kind, staff: kind }),
};

export const officePlanSchema = z.strictObject(planFields).openapi('OfficePlan');
export const officePlansSchema = z
  .strictObject({
    items: z.array(officePlanSchema).max(200),
    next_cursor: line(80).optional(),
  })
  .openapi('OfficePlans');

export function toPlanWire(
  plan: OfficePlan,
  serviceCode: string | undefined,
): z.infer<typeof officePlanSchema> {
  const { office, workload, wait } = plan;
  return {
    office_id: office.id,
    office_code: office.code,
    office_name: office.name,
    province: office.province,
    bacino: {
      population: plan.population,
      comuni: office.comuni.length,
      job_seekers: Math.round(plan.stock),
    },
    staff: { total: plan.staff, by_category: [...office.organico] },
    users_per_year: Math.round(plan.users),
    ...(plan.usersPerOperator !== null && { users_per_operator: rounded(plan.usersPerOperator) }),
    need: {
      posts: rounded(workload.total),
      whole_posts: roundPosts(workload.total),
      difference: rounded(workload.difference),
      ...(workload.ratio !== null && { ratio: rounded(workload.ratio) }),
      qualified_shortage: rounded(workload.balance.shortage),
      levels: workload.balance.levels.map((each) => ({
        level: each.level,
        need: rounded(each.need),
        have: each.have,
        shortage: rounded(each.shortage),
        ...(each.ratio !== null && { ratio: rounded(each.ratio) }),
      })),
    },
    wait: {
      ...(serviceCode && { service_code: serviceCode }),
      ...(wait.at !== null && { third_next_available_at: toRfc3339(wait.at) }),
      ...(wait.days !== null && { days: wait.days }),
    },
    provenance: {
      seat: office.provenance.seat.kind,
      bacino: office.provenance.bacino.kind,
      staff: office.provenance.staff.kind,
    },
  };
}

/** Four decimals: more would pretend. */
const rounded = (value: number) => Math.round(value * 10_000) / 10_000;

export const officePlanDetailSchema = z
  .strictObject({
    ...planFields,
    demand: z
      .array(
        z.strictObject({
          activity: code(60),
          name: line(200),
          volume: z.number().min(0).max(1_000_000_000),
          minutes: z.number().min(0).max(100_000),
          min_level: z.int().min(1).max(100),
          posts,
          nature: z.enum(['sourced', 'computed', 'demo']),
          source: line(1000),
        }),
      )
      .max(200),
    computation: z.strictObject({
      available_days: z.number().min(0).max(366),
      available_hours: z.number().min(0).max(9000),
      basic_posts: posts,
      category_allowance_factor: z.number().min(1).max(1000),
      individual_allowance_factor: z.number().min(0).max(1_000_000),
    }),
    seasons: z.array(z.number().min(0).max(100)).max(12),
    waits: z.array(waitSchema).max(200),
  })
  .openapi('OfficePlanDetail');

export function toDetailWire(detail: OfficeDetail): z.infer<typeof officePlanDetailSchema> {
  const { plan, standards } = detail;
  const { workload } = plan;
  const demand = new Map(plan.demand.map((each) => [each.activity, each]));
  return {
    ...toPlanWire(plan, detail.service?.code),
    demand: workload.activities.flatMap((activity) => {
      const asked = demand.get(activity.code);
      if (!asked) return [];
      const standard = standards.activities.find((each) => each.code === activity.code);
      return {
        activity: activity.code,
        name: standard?.nameIt ?? activity.code,
        volume: rounded(activity.volume),
        minutes: activity.minutes,
        min_level: activity.minLevel,
        posts: rounded(activity.posts),
        nature: asked.nature,
        source: asked.source,
      };
    }),
    computation: {
      available_days: rounded(workload.availableDays),
      available_hours: rounded(workload.availableHours),
      basic_posts: rounded(workload.basic),
      category_allowance_factor: rounded(workload.categoryFactor),
      individual_allowance_factor: rounded(workload.individualFactor),
    },
    seasons: (detail.seasons ?? []).map(rounded),
    waits: detail.waits.map(({ service, wait }) => ({
      service_code: service.code,
      ...(wait.at !== null && { third_next_available_at: toRfc3339(wait.at) }),
      ...(wait.days !== null && { days: wait.days }),
    })),
  };
}

const sortValues = SORT_KEYS.flatMap((key) => [key, `-${key}`]);
const province = z
  .string()
  .min(2)
  .max(2)
  .regex(/^[A-Z]{2}$/);
const serviceCode = code(60).openapi({ description: 'Service whose wait is measured.' });

export const planFilterSchema = z.strictObject({
  province: province.optional(),
  service: serviceCode.optional(),
  sort: z
    .enum(sortValues as [string, ...string[]])
    .optional()
    .openapi({ description: 'One key, with a minus in front for descending.' }),
  lang: z.enum(['it', 'en']).optional(),
});
export const planQuerySchema = planFilterSchema.extend({
  cursor: officeCode.optional().openapi({ description: 'next_cursor of the page before.' }),
  limit: z
    .string()
    .min(1)
    .max(3)
    .regex(/^[1-9][0-9]?$|^1[0-9]{2}$|^200$/)
    .optional()
    .openapi({ description: 'Items a page, 1–200; 50 if absent.' }),
});
export const pagingSchema = z.strictObject({
  cursor: uuid.optional(),
  limit: z
    .string()
    .min(1)
    .max(3)
    .regex(/^[1-9][0-9]?$|^100$/)
    .optional()
    .openapi({ description: 'Items a page, 1–100; 20 if absent.' }),
  lang: z.enum(['it', 'en']).optional(),
});

export const leversSchema = z
  .strictObject({
    staff: z
      .array(
        z.strictObject({
          office_code: officeCode,
          category: code(60),
          count: z.int().min(-1000).max(1000),
        }),
      )
      .min(1)
      .max(50),
  })
  .openapi('ScenarioLevers');
export const newScenarioSchema = z
  .strictObject({
    name: line(120)
      .min(1)
      .refine((name) => name.trim().length > 0),
    levers: leversSchema,
  })
  .openapi('NewScenario');

export function toLevers(wire: z.infer<typeof leversSchema>): ScenarioLevers {
  return {
    staff: wire.staff.map((lever) => ({
      officeCode: lever.office_code,
      category: lever.category,
      count: lever.count,
    })),
  };
}

const outlookSchema = z
  .strictObject({
    staff: count(1_000_000),
    need: posts,
    gap: posts,
    qualified_shortage: posts,
    wait_days_now: days.optional(),
    wait_days_at_end: days
      .optional()
      .openapi({ description: 'Absent when unknown or without end.' }),
    weeks_to_target: count(1000)
      .optional()
      .openapi({ description: 'Absent when not within the weeks followed.' }),
  })
  .openapi('OfficeOutlook');

export const resultsSchema = z
  .strictObject({
    computed_on: isoDate,
    service_code: code(60).optional(),
    weeks: count(1000),
    target_days: count(1000),
    inequality_before: z.number().min(0).max(1),
    inequality_after: z.number().min(0).max(1),
    offices: z
      .array(
        z.strictObject({
          office_code: officeCode,
          office_name: line(200),
          before: outlookSchema,
          after: outlookSchema,
        }),
      )
      .max(50),
  })
  .openapi('ScenarioResults');

export function toResultsWire(results: ScenarioResults): z.infer<typeof resultsSchema> {
  return {
    computed_on: results.computedOn,
    ...(results.serviceCode !== null && { service_code: results.serviceCode }),
    weeks: results.weeks,
    target_days: results.targetDays,
    inequality_before: rounded(results.inequality.before),
    inequality_after: rounded(results.inequality.after),
    offices: results.offices.map((office) => ({
      office_code: office.officeCode,
      office_name: office.officeName,
      before: toOutlookWire(office.before),
      after: toOutlookWire(office.after),
    })),
  };
}

function toOutlookWire(outlook: OfficeOutlook): z.infer<typeof outlookSchema> {
  const first = outlook.waitDays[0];
  const last = outlook.waitDays.at(-1);
  return {
    staff: outlook.staff,
    need: rounded(outlook.need),
    gap: rounded(outlook.gap),
    qualified_shortage: rounded(outlook.qualifiedShortage),
    ...(typeof first === 'number' && { wait_days_now: rounded(first) }),
    ...(typeof last === 'number' && { wait_days_at_end: rounded(last) }),
    ...(outlook.weeksToTarget !== null && { weeks_to_target: outlook.weeksToTarget }),
  };
}

export const scenarioSchema = z
  .strictObject({
    id: uuid,
    name: line(120),
    created_at: instant,
    levers: leversSchema,
    results: resultsSchema,
  })
  .openapi('Scenario');
export const scenariosSchema = z
  .strictObject({ items: z.array(scenarioSchema).max(100), next_cursor: uuid.optional() })
  .openapi('Scenarios');

export function toScenarioWire(saved: SavedScenario): z.infer<typeof scenarioSchema> {
  return {
    id: saved.id,
    name: saved.name,
    created_at: toRfc3339(saved.createdAt),
    levers: {
      staff: saved.levers.staff.map((lever) => ({
        office_code: lever.officeCode,
        category: lever.category,
        count: lever.count,
      })),
    },
    results: toResultsWire(saved.results),
  };
}
