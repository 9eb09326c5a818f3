import { z } from '@hono/zod-openapi';
import { CLOSURE_KINDS } from '../network/rules/absence.ts';
import { toRfc3339 } from '../platform/clock.ts';
import { instant, localOrInstant, uuid } from '../reference/fields.ts';
import { CHOICES } from './actions/apply-disruption.ts';
import type { Intent, Preview } from './actions/preview-disruption.ts';
import type { Seat } from './rules/propose.ts';
import type { Disruption } from './store/disruptions.ts';
import type { Hit } from './store/hits.ts';
import { DISRUPTION_KINDS, DISRUPTION_STATES } from './table.ts';

const words = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]*$/u);
const name = z
  .string()
  .max(300)
  .regex(/^[^\0]*$/u);
const count = z.int().min(0).max(1_000_000);
const kind = z.enum(['closure', 'cancellation']).openapi({
  description:
    '`closure` shuts the time; `cancellation` calls off what was made and leaves it open.',
});

const absence = z.enum(CLOSURE_KINDS).openapi({
  description: 'Why somebody is away: for the staff of the office, never told to people.',
});

const scope = {
  kind,
  office_id: uuid,
  operator_id: uuid.optional().openapi({ description: 'Of this operator alone.' }),
  starts_at: localOrInstant,
  ends_at: localOrInstant,
};

export const previewRequestSchema = z.strictObject(scope).openapi('ClosurePreviewRequest');

const token = z
  .string()
  .min(40)
  .max(50)
  .regex(/^[A-Za-z0-9+/=]+$/)
  .openapi({ description: 'Changes with anything that the preview shows.' });

export const closureRequestSchema = z
  .strictObject({
    ...scope,
    reason: words(200).openapi({ description: 'Told to the people it concerns.' }),
    absence: absence.optional(),
    preview: token,
    choices: z
      .array(z.strictObject({ appointment_id: uuid, choice: z.enum(CHOICES) }))
      .max(2000)
      .optional()
      .openapi({ description: 'Where something else is wanted than the proposal.' }),
  })
  .openapi('ClosureRequest');

const seatSchema = z
  .strictObject({ office_id: uuid, operator_id: uuid, starts_at: instant })
  .openapi('ProposedTime');

export const previewSchema = z
  .strictObject({
    preview: token,
    appointments: count,
    holds: count,
    sessions: count,
    same_time: count,
    other_time: count,
    without_time: count,
    items: z
      .array(
        z
          .strictObject({
            appointment_id: uuid,
            service: name,
            operator: name,
            starts_at: instant,
            fate: z.enum(['reseat', 'displace', 'revoke']),
            proposal: seatSchema.optional(),
          })
          .openapi('AppointmentHit'),
      )
      .max(5000),
  })
  .openapi('ClosurePreview');

export const closureSchema = z
  .strictObject({
    id: uuid,
    kind: z.enum(DISRUPTION_KINDS),
    office_id: uuid,
    operator_id: uuid.optional(),
    starts_at: instant,
    ends_at: instant.optional(),
    reason: name,
    absence: absence.optional(),
    state: z.enum(DISRUPTION_STATES),
    created_at: instant,
    appointments: count,
    settled: count,
    reseated: count,
    displaced: count,
    revoked: count,
  })
  .openapi('Closure');

export const closuresSchema = z
  .strictObject({ items: z.array(closureSchema).max(50) })
  .openapi('Closures');

export const closuresQuerySchema = z.strictObject({ office_id: uuid });

export const displacedSchema = z
  .strictObject({
    items: z
      .array(
        z
          .strictObject({
            appointment_id: uuid,
            service: name,
            starts_at: instant,
            reachable: z.boolean(),
          })
          .openapi('DisplacedAppointment'),
      )
      .max(500),
  })
  .openapi('DisplacedAppointments');

export function toIntent(body: z.infer<typeof previewRequestSchema>): Intent {
  return {
    kind: body.kind,
    officeId: body.office_id,
    operatorId: body.operator_id,
    during: { start: Date.parse(body.starts_at), end: Date.parse(body.ends_at) },
  };
}

const toSeatWire = (seat: Seat) => ({
  office_id: seat.officeId,
  operator_id: seat.operatorId,
  starts_at: toRfc3339(seat.start),
});

/** How many keep their hour, get another, or get none. */
export function countsOf({ items, office }: Pick<Preview, 'items' | 'office'>) {
  const same = items.filter(
    ({ hit, seat }) => seat?.start === hit.start && seat.officeId === office.id,
  ).length;
  const seated = items.filter(({ seat }) => seat !== undefined).length;
  return { same, other: seated - same, without: items.length - seated };
}

export function toPreviewWire(preview: Preview): z.infer<typeof previewSchema> {
  const { items, holds, sessions } = preview;
  const counts = countsOf(preview);
  return {
    preview: preview.token,
    appointments: items.length,
    holds: holds.length,
    sessions: sessions.length,
    same_time: counts.same,
    other_time: counts.other,
    without_time: counts.without,
    items: items.map(({ hit, fate, seat }) => ({
      appointment_id: hit.id,
      service: hit.service.name.it,
      operator: hit.operatorName,
      starts_at: toRfc3339(hit.start),
      fate,
      ...(seat && { proposal: toSeatWire(seat) }),
    })),
  };
}

export function toClosureWire(one: Disruption): z.infer<typeof closureSchema> {
  const { outcomes } = one;
  return {
    id: one.id,
    kind: one.kind,
    office_id: one.officeId,
    ...(one.operatorId !== null && { operator_id: one.operatorId }),
    starts_at: toRfc3339(one.start),
    ...(one.end !== null && { ends_at: toRfc3339(one.end) }),
    reason: one.reason,
    ...(one.absence !== null && { absence: one.absence }),
    state: one.state,
    created_at: toRfc3339(one.createdAt),
    appointments: one.total,
    settled: settledOf(one),
    reseated: outcomes.reseat ?? 0,
    displaced: outcomes.displace ?? 0,
    revoked: outcomes.revoke ?? 0,
  };
}

/** How many have been seen to. */
export function settledOf({ outcomes }: Disruption): number {
  return Object.values(outcomes).reduce((sum, n) => sum + n, 0);
}

export function toDisplacedWire(hit: Hit) {
  return {
    appointment_id: hit.id,
    service: hit.service.name.it,
    starts_at: toRfc3339(hit.start),
    reachable: hit.reachable,
  };
}
