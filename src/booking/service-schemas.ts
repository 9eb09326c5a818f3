import { z } from '@hono/zod-openapi';
import type { NewService } from './actions/add-service.ts';
import type { ServiceChange } from './actions/change-service.ts';
import { bilingual, count, serviceSchema, text, toServiceWire } from './schemas.ts';
import type { ServiceSettings } from './service.ts';

const word = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[\p{L}\p{N}._-]+$/u);

/** What can be set of a service, each with what it means. */
const settings = {
  name: z.strictObject({ it: text(200).min(1), en: text(200).min(1) }),
  description: bilingual(2000),
  what_to_bring: z.strictObject({
    it: z.array(text(300).min(1)).max(20),
    en: z.array(text(300).min(1)).max(20),
  }),
  duration_minutes: z.int().min(1).max(480),
  other_durations: z
    .array(z.int().min(1).max(480))
    .max(10)
    .openapi({ description: 'Other lengths that may be asked for instead, in minutes.' }),
  buffer_minutes: count(120).openapi({ description: 'Kept free after each appointment.' }),
  buffer_before_minutes: count(120).openapi({
    description: 'Kept free before each appointment.',
  }),
  grid_minutes: z.int().min(1).max(480).openapi({
    description:
      'Starts lie so many minutes apart, whatever the length: 3, 4, 5, 6, 10, 12, 15, 20, 30 or 60 with `clock`, 1 to 480 with `stretch`.',
  }),
  grid_anchor: z.enum(['clock', 'stretch']).openapi({
    description:
      'What the grid is counted from: midnight on the wall, or where each free stretch begins.',
  }),
  compact_starts: z.boolean().openapi({
    description:
      'Whether the public is proposed, of each half day, only the starts that break it up least, and the first of the day; any other free start can still be booked.',
  }),
  min_notice_minutes: count(576_000).openapi({
    description: 'How long before its start the public can still book; shorter than the horizon.',
  }),
  horizon_days: z
    .int()
    .min(1)
    .max(400)
    .openapi({ description: 'How many days ahead it can be booked.' }),
  mode: z.enum(['desk', 'phone', 'video', 'outreach']),
  video_address: z
    .url({ protocol: /^https$/ })
    .max(300)
    .regex(/^https:\/\/[^\s]+$/)
    .openapi({
      description:
        'Where video appointments meet. `{room}` becomes a room of each appointment’s own that nobody can guess.',
      example: 'https://meet.example.org/{room}',
    }),
  skill: word(40).openapi({ description: 'Skill that an operator must have to do it.' }),
  min_category: word(40).openapi({ description: 'Lowest category of staff that may do it.' }),
  lep: z
    .string()
    .max(10)
    .regex(/^[A-Z][0-9]?$/)
    .openapi({ description: 'Letter of the Lep (DM 4/2018).' }),
  audience: z.enum(['anyone', 'own_cpi', 'invited', 'staff']).openapi({
    description:
      'Who may book: anybody, who lives in the bacino of the Cpi, who was invited, or the staff only.',
  }),
  tax_code_required: z.boolean(),
  operators: z
    .int()
    .min(1)
    .max(4)
    .openapi({ description: 'How many operators receive the person together.' }),
  own_operator: z
    .boolean()
    .openapi({ description: 'Only with the operator who follows the person already.' }),
  resource_kind: word(40).openapi({
    description: 'Kind of desk or room that it takes besides the operator.',
  }),
  hold_minutes: z
    .int()
    .min(1)
    .max(120)
    .openapi({ description: 'How long a start is kept while the form is filled in.' }),
  release_delay_minutes: count(10_080).openapi({
    description: 'How long time that was cancelled stays closed to the public.',
  }),
  limit: z
    .strictObject({
      appointments: z.int().min(1).max(100),
      days: z.int().min(1).max(400),
    })
    .openapi({
      description:
        'At most so many appointments of one person within any so many days; cancelled ones do not count, and the staff may book beyond it.',
    }),
  waiting_list: z.boolean().openapi({
    description: 'Whether freed time is offered first to those who wait for it.',
  }),
  position: count(10_000).openapi({ description: 'Place among the services, lowest first.' }),
  active: z.boolean().openapi({
    description: 'Whether it can be booked; out of use, it keeps the appointments it has.',
  }),
};

export const newServiceSchema = z
  .strictObject({
    code: z
      .string()
      .min(1)
      .max(60)
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      .openapi({ description: 'Names it for good, in addresses too.', example: 'primo-colloquio' }),
    ...settings,
    description: settings.description.default({ it: '', en: '' }),
    what_to_bring: settings.what_to_bring.default({ it: [], en: [] }),
    other_durations: settings.other_durations.default([]),
    buffer_minutes: settings.buffer_minutes.default(0),
    buffer_before_minutes: settings.buffer_before_minutes.default(0),
    grid_minutes: settings.grid_minutes.default(15),
    grid_anchor: settings.grid_anchor.default('clock'),
    compact_starts: settings.compact_starts.default(false),
    min_notice_minutes: settings.min_notice_minutes.default(0),
    horizon_days: settings.horizon_days.default(90),
    mode: settings.mode.default('desk'),
    video_address: settings.video_address.optional(),
    lep: settings.lep.optional(),
    audience: settings.audience.default('anyone'),
    tax_code_required: settings.tax_code_required.default(false),
    operators: settings.operators.default(1),
    own_operator: settings.own_operator.default(false),
    resource_kind: settings.resource_kind.optional(),
    hold_minutes: settings.hold_minutes.default(10),
    release_delay_minutes: settings.release_delay_minutes.default(0),
    limit: settings.limit.optional(),
    waiting_list: settings.waiting_list.default(false),
    position: settings.position.default(0),
    active: settings.active.default(true),
  })
  .openapi('NewService');

export const serviceChangeSchema = z
  .strictObject({
    ...settings,
    video_address: settings.video_address.nullable(),
    lep: settings.lep.nullable(),
    resource_kind: settings.resource_kind.nullable(),
    limit: settings.limit.nullable(),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0)
  .openapi('ServiceChange');

export const serviceSettingsSchema = z
  .strictObject({
    ...serviceSchema.shape,
    grid_minutes: settings.grid_minutes,
    grid_anchor: settings.grid_anchor,
    compact_starts: settings.compact_starts,
    video_address: settings.video_address.optional(),
    skill: settings.skill,
    min_category: settings.min_category,
    resource_kind: settings.resource_kind.optional(),
    hold_minutes: settings.hold_minutes,
    release_delay_minutes: settings.release_delay_minutes,
    limit: settings.limit.optional(),
    position: settings.position,
    active: settings.active,
  })
  .openapi('ServiceSettings');

export function toSettingsWire(settings: ServiceSettings): z.infer<typeof serviceSettingsSchema> {
  return {
    ...toServiceWire(settings),
    grid_minutes: settings.gridMinutes,
    grid_anchor: settings.gridAnchor,
    compact_starts: settings.compactStarts,
    ...(settings.videoAddress && { video_address: settings.videoAddress }),
    skill: settings.skill,
    min_category: settings.minCategory,
    ...(settings.resourceKind && { resource_kind: settings.resourceKind }),
    hold_minutes: settings.holdMinutes,
    release_delay_minutes: settings.releaseDelayMinutes,
    ...(settings.limit && { limit: settings.limit }),
    position: settings.position,
    active: settings.active,
  };
}

/** The names of settings here, by their names on the wire. */
const NAMES = {
  name: 'name',
  description: 'description',
  what_to_bring: 'whatToBring',
  duration_minutes: 'durationMinutes',
  other_durations: 'otherDurations',
  buffer_minutes: 'bufferMinutes',
  buffer_before_minutes: 'bufferBeforeMinutes',
  grid_minutes: 'gridMinutes',
  grid_anchor: 'gridAnchor',
  compact_starts: 'compactStarts',
  min_notice_minutes: 'minNoticeMinutes',
  horizon_days: 'horizonDays',
  mode: 'mode',
  video_address: 'videoAddress',
  skill: 'skill',
  min_category: 'minCategory',
  lep: 'lep',
  audience: 'audience',
  tax_code_required: 'taxCodeRequired',
  operators: 'operators',
  own_operator: 'ownOperator',
  resource_kind: 'resourceKind',
  hold_minutes: 'holdMinutes',
  release_delay_minutes: 'releaseDelayMinutes',
  limit: 'limit',
  waiting_list: 'waitingList',
  position: 'position',
  active: 'active',
} as const satisfies Record<keyof typeof settings, keyof NewService>;

/** Settings as they came; `null` takes one away. */
export function toServiceChange(change: z.infer<typeof serviceChangeSchema>): ServiceChange {
  return Object.fromEntries(
    Object.entries(change).map(([name, value]) => [
      NAMES[name as keyof typeof NAMES],
      value ?? undefined,
    ]),
  );
}

export function toNewService({ code, ...rest }: z.infer<typeof newServiceSchema>): NewService {
  return {
    videoAddress: undefined,
    lep: undefined,
    resourceKind: undefined,
    limit: undefined,
    ...toServiceChange(rest),
    code,
  } as NewService;
}

export const settingsListSchema = z
  .strictObject({ items: z.array(serviceSettingsSchema).max(1000) })
  .openapi('ServiceSettingsList');
